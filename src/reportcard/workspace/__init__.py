"""The folder that everything is read from and written to: its paths, stored work, where outputs may
go.
"""
