"""Tracking: websites, apps and servers speak to Vincle in Segment's words, and what they say enters the log."""
