"""The ports of the use cases in memory: for what is opened to be looked at and not kept, and for tests."""
