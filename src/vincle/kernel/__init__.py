"""Ids, clock, money, words and errors: what every part leans on. Imports nothing of ours."""
