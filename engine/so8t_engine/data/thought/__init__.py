"""A record in the thinking format.

Which sections a record holds evidence for, what only repeats the question or the answer, what is too long for the
model, and how much thought a source holds.
"""
