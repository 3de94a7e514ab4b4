"""Which records are kept beside those kept before, in flat memory.

Near duplicates, evaluated questions, shares and caps. What is remembered of a million records lies in sorted runs on
the disk; the verdict on a record depends on those before it alone.
"""
