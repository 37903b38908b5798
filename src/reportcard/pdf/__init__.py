"""What becomes of a laid-out PDF: its editions, and the inspection of any PDF. The only room that
imports pikepdf.
"""
