"""How long people are kept, and what happened with them: who has not been seen for long, and has no reason to stay, is
erased for good; interactions of a kind leave when they are old."""
