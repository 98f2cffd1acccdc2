"""Addresses: the doors under /v1/ that programs knock at, and the pages that people see."""
