"""HTML to laid-out pages, and what stands where on them. WeasyPrint and its private parts are known
here alone.
"""
