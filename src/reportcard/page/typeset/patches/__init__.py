"""Every use of a private part of WeasyPrint 70: what is put right in it while it is loaded, lays
out or writes, and what is read off its boxes.

Each module says which private names it needs and why; docs/weasyprint.md is the table of them, and
tests/test_weasyprint.py fails when one becomes needless.
"""
