"""From the body of a request into the log: read, shaped by the mapping, entered in one commit."""
