"""Talks: turns as datasets hold them, in one text, or in rows of their own.

A talk becomes turns with the roles system, user, assistant and tool (talk.py); who speaks under another name is asked
for (unknown_roles.py).
"""
