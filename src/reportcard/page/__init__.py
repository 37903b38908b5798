"""A card to laid-out pages: composed as HTML, set in the styles, proofed, and fitted where a page
lacks little.
"""
