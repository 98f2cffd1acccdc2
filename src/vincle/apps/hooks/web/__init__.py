"""Pages of the room, and the door that programs knock at."""
