"""Reads of the room, each bounded."""
