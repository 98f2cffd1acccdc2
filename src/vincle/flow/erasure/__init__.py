"""What an erasure leaves to be done outside the database's tables, and whether it is done, to the byte."""
