"""A PDF as passages of text in the order of reading."""
