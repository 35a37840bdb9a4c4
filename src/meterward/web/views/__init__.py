"""One module for each page, or for a few that belong together. Every view says what it needs; the gate asks."""
