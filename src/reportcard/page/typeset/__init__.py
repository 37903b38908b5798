"""HTML to laid-out pages, and the places of everything on them.

WeasyPrint and its private parts are known here alone.
"""
