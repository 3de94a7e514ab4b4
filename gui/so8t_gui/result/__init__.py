"""What a finished run has found, and what can be done with it: the result page that Run becomes.

`report_file` reads it, `verdict` says it, `panel` shows it; an *answer* is what a model said, its thinking in sections.

May import: so8t_engine (sentences, session), so8t_gui.engine, so8t_gui.view, so8t_gui.i18n, so8t_gui.widgets.
"""
