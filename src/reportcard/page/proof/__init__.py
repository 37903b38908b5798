"""The rules on laid-out pages: what a typesetter finds before a printer does."""
