"""Tasks: what is to be done, about somebody or about nobody, by whom and until when; seen by everybody here."""
