"""What programs send by themselves: their requests read within bounds, and let into the log in one commit."""
