"""One room per capability, all furnished alike (see CONTRIBUTING.md)."""
