"""A card as it will print, in a browser, while its files are edited."""
