"""Controls: conformity with the security standard, and the road towards it."""
