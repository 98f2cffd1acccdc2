"""What templates may ask for: money, numbers, moments, permissions."""
