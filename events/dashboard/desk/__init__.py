"""What one person's page remembers: what is chosen, its address, who they are, what they keep."""
