"""Bringing a file in: receive it, understand it, check it, run it, take it back."""
