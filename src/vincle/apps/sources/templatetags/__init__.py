"""Words and looks that the room's pages need."""
