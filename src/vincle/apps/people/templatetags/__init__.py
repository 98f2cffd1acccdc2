"""What the room's templates may ask for."""
