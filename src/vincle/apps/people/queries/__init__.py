"""Reads of the room; all are bounded."""
