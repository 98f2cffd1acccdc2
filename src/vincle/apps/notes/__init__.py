"""Notes: what colleagues write down about somebody, so that everybody who serves them knows it."""
