"""What changed between two files or releases: by meaning, by look, by line of the content."""
