"""Pages of the room: addresses, views, forms, templates."""
