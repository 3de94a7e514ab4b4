"""Sessions side by side: their results, and the keys in which they differ.

May import: so8t_engine (numerals, plain_text, sentences, session), so8t_gui.forms, so8t_gui.plot, so8t_gui.result,
so8t_gui.sessions, and what these may.
"""
