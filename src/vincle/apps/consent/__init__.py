"""What people consented to, refused or object to, for each purpose and channel, with the proof of it."""
