"""What to do with whom: options ranked by what they are expected to change, less what they cost."""
