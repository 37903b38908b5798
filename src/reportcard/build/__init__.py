"""From files to published PDFs: what was read, the cards made of it, their editions, and the one
moment when they are put out.
"""
