"""Addresses of the room: a part of a person's page, and the files themselves."""
