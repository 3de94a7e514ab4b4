"""A new session as a form: what it starts from, each key of its configuration, what the engine's check finds.

A *draft* is a session before it exists: a source (preset or file) and the user's changes. A *field* is one key by the
engine's JSON schema, a *section* the fields of one part, a *finding* one result of the check. The engine alone knows
the configuration: nothing of it is copied here.

May import: so8t_engine.sentences, so8t_gui.view, so8t_gui.i18n, so8t_gui.widgets.
"""
