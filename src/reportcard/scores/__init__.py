"""Scores to totals and ranks, and their values in the words of a language."""
