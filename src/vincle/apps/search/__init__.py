"""One search over everything: people, what was said, pages, and whatever other rooms register."""
