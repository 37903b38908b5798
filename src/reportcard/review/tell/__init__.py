"""What a comparison found, for people and programs, and what reviewers answer."""
