"""Which people are wanted, as a small language: said in an address, kept in a view, shown as a sentence."""
