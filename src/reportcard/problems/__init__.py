"""What is wrong, as values: a problem at a place, the rules, what libraries log, and the formats
that problems are written in.
"""
