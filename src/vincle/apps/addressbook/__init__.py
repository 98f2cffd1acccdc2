"""People as an address book: CardDAV (RFC 6352) for telephones and programs, to read only."""
