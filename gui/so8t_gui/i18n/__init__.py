"""The window's language.

A *text* is what a label shows. The window's own texts are literals given to `tr`, with {placeholders}; their Japanese
lies in resources/so8t_resources/i18n/so8t_ja.ts. What the engine says comes as a *sentence* (code and arguments), which
`say` turns into a text by the engine's own catalogue at the moment it is shown: nothing keeps a text that was said.

`translate` has `tr` and `say`, `language` switches. May import: so8t_engine.sentences, so8t_resources, Qt's core.
"""
