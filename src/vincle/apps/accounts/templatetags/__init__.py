"""What the entrance asks."""
