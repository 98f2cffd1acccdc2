"""What one person is worth, on their page."""
