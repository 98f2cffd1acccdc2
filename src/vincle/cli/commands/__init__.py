"""One module a command; `vincle.cli.catalogue` lists them."""
