"""Country report cards: from content files to print-ready PDF, in every language of an edition."""

__version__ = "0.1.0"
