"""What is said of a source after a look at its first rows.

A note is a sentence for `data try`, the check and the report: columns that are not read, how labels and votes were
read, contexts that are missing, what a spreadsheet may have changed. source_notes.py asks the others.
"""
