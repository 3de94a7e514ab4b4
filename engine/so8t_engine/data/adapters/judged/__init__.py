"""What a row says against its answer, and which of several answers it says is right.

A column judges by its name, its values and its place (verdicts.py); what all rows of a source hold may show that it
does not (verdict_evidence.py).
"""
