"""Content and results to HTML, one document a section."""
