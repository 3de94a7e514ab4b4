"""Rules for one text by itself.

Its form and language, what pages, mails and chat programs leave in it, holes that nobody has filled in, whether it
refuses. Pure functions of a text; which of them run is configured (text_rules.py).
"""
