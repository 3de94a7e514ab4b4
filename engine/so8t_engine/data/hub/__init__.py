"""Datasets of the Hugging Face Hub as files that can be read.

Listed at a pinned commit, fetched into the cache from the byte on where a download broke off, checked by digest. What
the Hub may answer is a sentence each (hub_problems.py).
"""
