"""What stands on the wire: bodies, envelopes and events in Segment's words, read into rows of the log."""
