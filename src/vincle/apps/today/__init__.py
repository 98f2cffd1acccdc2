"""The first page: what is happening, who was gained and who was lost from sight."""
