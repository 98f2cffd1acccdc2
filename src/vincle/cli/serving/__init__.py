"""`vincle serve`: a supervisor and the processes it keeps alive."""
