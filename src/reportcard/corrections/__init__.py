"""Corrections: what has one right answer in the content is replaced where it is typed, in all
languages at once.
"""
