"""Addresses of the room: parts of a person's page, and the settings where a lead says which fields there are."""
