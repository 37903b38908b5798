"""What people send in other files, as content: Word manuscripts, tables of scores."""
