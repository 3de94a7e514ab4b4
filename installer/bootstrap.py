"""Starts SO8T on a fresh machine: `python3 installer/bootstrap.py run|test [-- arguments]`.

This file alone must be understood by any Python, so that an old one can say which it needs; the rest is in start.py.
"""

import sys

NEEDED = (3, 11)


def too_old(version, command):  # type: ignore[no-untyped-def]  # annotations would not parse on the oldest
    if tuple(version[:2]) >= NEEDED:
        return None
    have = ".".join(str(part) for part in version[:3])
    return "SO8T needs Python %d.%d or newer, this is %s: start it as `python3.11 %s`, or install one from %s." % (  # noqa: UP031
        NEEDED[0], NEEDED[1], have, command, "https://www.python.org/downloads/",
    )  # fmt: skip


if __name__ == "__main__":
    sentence = too_old(sys.version_info, " ".join(sys.argv))  # type: ignore[no-untyped-call]
    if sentence:
        sys.stderr.write(sentence + "\n")
        sys.exit(3)
    import start

    sys.exit(start.main(sys.argv[1:]))
