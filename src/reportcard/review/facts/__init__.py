"""The fact sheet of a card: every claim that somebody can check, and what was found of each."""
