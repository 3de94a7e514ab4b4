"""The window process. The tray application is not part of this version; `so8t` on the command line is."""
