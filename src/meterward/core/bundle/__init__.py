"""Bundles: a ledger, or some of its records, with everything that it takes to check them without who made them."""
