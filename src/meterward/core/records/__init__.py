"""What happened: statements by their authors, entries in a ledger, and one declared kind for each sort of act."""
