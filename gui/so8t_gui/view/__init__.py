"""The *view*: what the window shows of a run, as one frozen value, replaced with every event. No widgets here.

`state` is the value, `reduce` makes the next one of an event, `messages` says it in texts, `notifications` picks the
changes worth a notification. A *note* is one entry of the list of what happened, a *problem* why the run stopped.
What the engine says stays a Sentence until `messages` says it, so that a change of language changes all of it.

May import: so8t_engine (protocol, sentences), so8t_gui.engine.events, so8t_gui.i18n.
"""
