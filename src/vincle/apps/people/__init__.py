"""Everybody the organisation serves: the list, the person's page and their timeline."""
