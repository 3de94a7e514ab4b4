"""`python -m so8t_gui`: the window, watched over by a keeper unless it is one itself."""

from __future__ import annotations

import os
import sys

from so8t_gui import launcher


def main() -> int:
    words = sys.argv[1:]
    if launcher.KEPT not in words and "--check" not in words:
        return launcher.main(words)
    from so8t_gui import app  # the keeper needs no Qt

    code = app.main([word for word in words if word != launcher.KEPT])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # at the end of Python the order in which Qt's objects go is not defined, and may crash


if __name__ == "__main__":
    sys.exit(main())
