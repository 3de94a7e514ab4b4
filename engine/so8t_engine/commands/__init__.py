"""The commands of `so8t`, one function each, and what `so8t-engine` shares of them.

- **Command**: parsed options and a Printer in, an exit code out; it raises EngineError for whatever the user can mend.
- **Printer**: where the answer goes: JSON for programs, lines in the user's language for people.
- **Query**: an answer that needs no run (schema, check, ready, ...), as plain JSON values: queries.py, for the window.

start.py makes and finds sessions; runs.py, sessions.py, configs.py and gui.py are the commands by what they are about.
May import whatever of the engine loads no torch: `config`, `doctor`, `process`, `session`. Nothing imports it but
the two programs, cli.py and __main__.py.
"""
