"""Files as rows: bytes unpacked and decoded, and what a table, a workbook, JSON, YAML or a quiz holds.

A reader gives rows from any row on, and a bad row never stops those behind it (row_readers.py); local_files.py finds
files and tells them apart. Imports adapters for the names of columns, and texts.
"""
