"""Writes of the room: one action, one transaction, one change, one line in the audit log."""
