"""The processes of a run: one at work, one that watches it, and what they print.

- **Supervisor**: the program that was started. It loads no step, starts the worker and replaces it in trouble.
- **Worker**: the process at work. It inherits output and stdin, so that nothing is relayed.
- **Sign of life**: what the worker sends through a pipe with every bit of progress; it says how long the next may take.
- **Failure**: why a worker must be followed by another; **position**: how far the session was; the restart policy
  gives up when several workers in a row get no further.
- **Channel**: how a run speaks and is spoken to: JSON lines or a terminal, commands on stdin or none.

in_this_process.py runs a session either way; output.py and terminal_display.py print. May import `run`, `session`,
`protocol`, `errors`, `paths` and `sentences`.
"""
