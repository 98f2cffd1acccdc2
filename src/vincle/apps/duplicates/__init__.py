"""Who is probably here twice: a queue in which people decide, and what is learned from that."""
