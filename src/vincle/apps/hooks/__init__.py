"""Incoming webhooks: other programs send what happens as JSON of their own, and a mapping makes interactions of it."""
