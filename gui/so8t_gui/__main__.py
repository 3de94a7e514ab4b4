"""`python -m so8t_gui`: the launcher, which starts the window again after a crash; with KEPT the window itself."""

from __future__ import annotations

import os
import sys

from so8t_gui import launcher, missing_console


def main() -> int:
    missing_console.open_log()
    arguments = sys.argv[1:]
    if launcher.KEPT not in arguments and "--check" not in arguments:
        return launcher.main(arguments)
    from so8t_gui import app  # the launcher needs no Qt

    code = app.main([argument for argument in arguments if argument != launcher.KEPT])
    missing_console.flush()
    os._exit(code)  # the order in which Python would destroy Qt's objects is not defined, and may crash


if __name__ == "__main__":
    sys.exit(main())
