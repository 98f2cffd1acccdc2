"""Writes of the room: one action, one transaction, one line in the audit log."""
