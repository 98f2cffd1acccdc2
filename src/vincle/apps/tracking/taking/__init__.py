"""Into the log: requests that arrive together are committed together, before any of them is answered."""
