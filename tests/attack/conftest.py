"""The same command and ledger as for the tests of the command line."""

from tests.cli.conftest import ask, ledger, plain_terminal

__all__ = ["ask", "ledger", "plain_terminal"]
