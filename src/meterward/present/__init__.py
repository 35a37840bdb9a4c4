"""How answers look: words, marks, pages and JSON, shared by the terminal, the browser and the API."""
