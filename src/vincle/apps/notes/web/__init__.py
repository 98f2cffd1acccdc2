"""Addresses of the room: a part of a person's page, and where one is mentioned."""
