"""Lists of people: filters, saved views, fixed lists, and changing many people at once."""
