"""Addresses of the room: the list, a part of a person's page, one task, the calendar that others read."""
