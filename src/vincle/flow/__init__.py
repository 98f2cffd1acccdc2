"""How things move: the only door into the log, the mirror, projections, background work."""
