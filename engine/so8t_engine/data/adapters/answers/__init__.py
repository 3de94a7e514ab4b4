"""Where the answer stands, and what is an answer at all.

Options and the right one, gold answers beside attempts, the thought inside an answer, and what only keeps an answer's
place.
"""
