"""Designed journeys as maps: how they are changed, kept, undone and commented."""
