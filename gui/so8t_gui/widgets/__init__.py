"""Widgets that several pages use: cards, messages, buttons, status icons, layouts, the parts of the page Run.

Terms: *card*, a titled panel; *banner*, a message with the icon of its level (ok, note, warning, error); *visible
timer*, one that stops while its widget is hidden. May import `desktop`, `view` and `i18n`; `plot`, `sessions` and
`forms` import this package, never the other way round.
"""
