"""The line that is proposed for rows nobody understands.

Candidates are tried on the rows themselves (proposals.py); one that would teach what is wrong is never proposed
(never_proposed.py).
"""
