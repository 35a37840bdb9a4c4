"""`python -m meterward`: the command, where no script is installed."""

from meterward.cli.main import main

if __name__ == "__main__":
    main()
