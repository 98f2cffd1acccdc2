"""Webhooks: other programs hear of what happens, as it happens."""
