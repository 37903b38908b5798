"""A place on a page, as comparisons, remarks and marks name it."""

Area = tuple[int, float, float, float, float]
"""A page (from 1), then left, top, width and height in mm from the trimmed page's top left corner.
"""
