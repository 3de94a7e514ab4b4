"""What happens to an unfinished session when the window starts: found on the disk, then offered or resumed.

Terms: *unfinished session*, the newest that could go on; *rule*, what the user set for it (ask, auto, off); *offer*,
one click resumes it; *countdown*, the seconds before it is resumed without a click. May import `sessions.rows`,
`engine`, `desktop`, `view` and `i18n`.
"""
