"""Addresses of the room: the address book itself, and the page where passwords for it are made."""
