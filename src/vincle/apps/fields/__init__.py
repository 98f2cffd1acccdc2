"""Fields: what an organisation wants to know of the people it serves, of which type, said by colleagues."""
