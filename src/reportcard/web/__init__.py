"""The web edition: each card as one HTML page, from the same content and views as the pages that
are printed.
"""
