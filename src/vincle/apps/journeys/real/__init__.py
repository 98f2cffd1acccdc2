"""What really happens along a designed journey: worked out of the log, kept, and shown beside the design."""
