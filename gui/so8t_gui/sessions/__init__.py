"""The list of sessions on disk: a *row* is one session as the list shows it.

`rows` makes rows of the engine's catalog, orders and filters them; `table` is the model over them, `list` the widget,
`actions` the buttons below.

May import: so8t_engine (protocol, sentences, session), so8t_gui.engine, so8t_gui.view, so8t_gui.i18n, so8t_gui.widgets.
"""
