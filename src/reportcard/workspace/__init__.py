"""The folder that everything is read from and written to: its paths, what is kept of earlier work,
where outputs may go.
"""
