"""Which words report a happening, of which type, and whether as fact, plan, claim or denial."""
