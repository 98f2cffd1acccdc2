"""Files of people: each row is somebody and what is known of them; nothing that happened is in it."""
