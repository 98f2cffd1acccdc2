"""A designed journey on paper, as a picture, and on a wall."""
