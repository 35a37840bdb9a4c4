"""The command line: questions to a ledger in a terminal, in a script, and as a page."""
