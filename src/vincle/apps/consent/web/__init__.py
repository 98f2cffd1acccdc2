"""The pages of the room, and its parts of a person's page."""
