"""What can be wrong with an installation, how it is noticed, and what to do about it."""
