"""A person's rights: to have everything we keep of them, and to be erased for good."""
