"""A card as a Word document for its authors, and what comes back in it: edits of blocks."""
