"""The draft licence condition of 2012: `pack.toml` is the law as data, `cases.toml` its worked cases."""
