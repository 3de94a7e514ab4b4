"""The five steps of a session: collect, integrate, convert, train, evaluate.

Each is a plain function `run(context, cursor)` that starts at the cursor, does unit after unit and ticks after each: a
unit is a piece of work, and a restart point behind it. What a unit does follows from its number, so that a restart
repeats nothing else. A step knows the others only by the files they leave in the session. Imports everything below
(data, model, rewards, train, export, evaluate, config, session) and the context of run; never another step.
"""
