"""Pages of designed journeys: the list, the editor, its dialogs, versions, comments."""
