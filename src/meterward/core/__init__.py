"""Pure: values in, values out. No clock, no randomness, no network, no files."""
