"""The window: a tray icon, the pages behind it, and one engine as its child process.

A *view* is what is shown of a run, as one value; an *event* changes it; a *page* draws it and says by signals what the
user wants. A line for every file, and which package may import which: gui/DESIGN.md. Of the engine only `protocol`,
`sentences`, `session` and `paths` are imported; everything heavier is asked of its command line.
"""
