"""What the value page shows, made of what is kept: each part a frozen dataclass that a template reads."""
