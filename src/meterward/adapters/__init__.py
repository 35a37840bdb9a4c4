"""Where the outside comes in: the clock, files and pipes, chance, and the bytes of this very installation."""
