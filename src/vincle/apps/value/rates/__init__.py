"""Rates of currencies: brought in from files, used where amounts are in several."""
