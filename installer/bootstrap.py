"""Starts SO8T on a fresh machine: `python3 installer/bootstrap.py run|test [-- arguments]`.

On Windows: `py -3.12 installer\\bootstrap.py run`. This file alone must be understood by any Python, so that an old
one can say which it needs; the rest is in start.py.
"""

import sys

NEEDED = (3, 11)
BELOW = (3, 14)  # as `requires-python` in pyproject.toml
BEST = (3, 12)
PLACE = "https://www.python.org/downloads/"


def unfit(version, command, windows):  # type: ignore[no-untyped-def]  # annotations would not parse on the oldest
    if NEEDED <= tuple(version[:2]) < BELOW:
        return None
    numbers = (
        NEEDED[0], NEEDED[1], BELOW[0], BELOW[1] - 1, ".".join(str(part) for part in version[:3]),
        ("py -%d.%d" if windows else "python%d.%d") % BEST, command, BEST[0], BEST[1], PLACE,
    )  # fmt: skip
    sentence = "SO8T needs Python %d.%d to %d.%d, this is %s: start it as `%s %s`, or install %d.%d from %s first."
    return sentence % numbers


if __name__ == "__main__":
    sentence = unfit(sys.version_info, " ".join(sys.argv), sys.platform == "win32")  # type: ignore[no-untyped-call]
    if sentence:
        sys.stderr.write(sentence + "\n")
        sys.exit(3)
    import start

    sys.exit(start.main(sys.argv[1:]))
