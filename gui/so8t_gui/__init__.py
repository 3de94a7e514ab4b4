"""The window and its icon in the tray: shows what an engine does, and starts, pauses and resumes it as a child process.

Nothing heavy is loaded here (no torch, no pydantic, no YAML): what needs them is asked of the engine's command line. Of
`so8t_engine` the window may import `protocol`, `paths` and `session`. Each line imports only from the lines below it:

    app                                           main: one process for each user (launcher: restarts it after a crash)
    controller > lifecycle > navigation           what is joined to what; how it ends; which page is in front
    window_pages > pages, main_window             the window, made when it is first opened
    sessions, forms, plot, startup                what pages are made of; what is offered at the start
    runner, preferences                           the run of this window; the settings in use
    desktop, widgets, settings, autostart         the system around the window; widgets that anybody may use
    view                                          everything that is shown, as one value
    engine, i18n                                  the engine as a child; the language of every sentence
"""
