"""Reads of the room: what one person said, whom one may contact, how many said what."""
