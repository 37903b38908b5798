"""What a comparison found, told to people and programs, and what reviewers answer."""
