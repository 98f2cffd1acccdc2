"""`python -m vincle` is the same as the `vincle` command."""

from vincle.cli.main import main

main()
