"""What relationships are worth: per person, per group and in all, and why it changed."""
