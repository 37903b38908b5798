"""`python -m reportcard` is the `reportcard` command."""

from reportcard.cli import main

if __name__ == "__main__":
    main()
