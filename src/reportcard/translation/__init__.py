"""What a translator needs: what is missing or stale, files to work in, and the way back into the
content.
"""
