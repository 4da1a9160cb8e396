"""What is measured, how to rerun it, and the floors that only rise."""
