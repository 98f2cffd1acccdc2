"""Who relates to whom: people and people, people and organisations, households."""
