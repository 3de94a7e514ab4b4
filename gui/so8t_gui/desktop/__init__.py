"""The system around the window: tray, icons, theme, log, hardware, sleep and logoff, threads.

Terms: *background*, work in a thread whose result and errors come back to the window's thread; *unexpected error*, an
exception that nobody caught; *suspend*, the machine sleeps; *inhibitor*, what keeps it awake; *logoff*, the desktop's
session ends; *gauge*, one reading of the hardware. May import `view` and `i18n`, and no page.
"""
