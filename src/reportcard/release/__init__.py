"""A release: what stands against it, what changed since the last one, and the folder that goes
out.
"""
