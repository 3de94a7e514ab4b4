"""The engine as the window meets it: other processes, never an import of what they do.

`process` runs the engine of a session and hands on its *events* (`events`: the protocol's messages, and what becomes of
the process); `queries` ask the command line (`so8t ... --json`) one thing; `interpreter` is the Python both run in.

May import: so8t_engine (protocol, sentences), so8t_gui.i18n, Qt's core.
"""
