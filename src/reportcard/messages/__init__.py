"""What the program says to people: sentences with named holes, and the catalogues that say them in
other languages.
"""
