r"""Text from files, from libraries and from other people, made safe to show: on a terminal, in a window, in a menu.

Such text may hold what a reader would not see but a terminal or a layout would obey: escape sequences that move the
cursor or set a title, controls of the direction of writing that let "exe.gpj" read as "jpg.exe", line breaks that
forge a line of ours. `plain` is the one function that takes them out; what says a sentence, prints a line or shows a
name calls it. (That `<b>` stays a `<b>` is the business of the place that shows it: widgets/labels.py of the window.)
Standard library only: the window imports this module.
"""

from __future__ import annotations

import re

LONGEST = 2_000  # characters of one name, path or reason
CUT = "…"
# ECMA-48: CSI with its parameters; a string (title, link, device control) to its end; any other two-byte sequence.
SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
BREAKS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
# Unicode's controls (Cc) but for the line break, and its format characters (Cf) that are not seen: soft hyphen, marks
# and overrides of direction, invisible operators, annotations, tags. Two stay: the joiners U+200C and U+200D, which
# part or join letters and emoji and move nothing; signs of Arabic and other scripts that Unicode counts as Cf can be
# seen.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
LONE = re.compile("[\ud800-\udfff]")


def plain(text: object, *, most: int | None = LONGEST, lines: bool = False) -> str:
    """`str(text)` without anything but visible characters and spaces, at most `most` characters (None: all).

    `lines`: line breaks stay, as "\\n"; otherwise each becomes a space. A lone surrogate becomes U+FFFD.
    """
    whole = str(text)
    if most is not None and len(whole) > 8 * most:
        whole = whole[: 8 * most]  # of a gigabyte not all need be looked at
    if whole.isascii() and whole.isprintable():
        return _cut(whole, most)
    whole = BREAKS.sub("\n" if lines else " ", SEQUENCES.sub("", whole)).replace("\t", " ")
    return _cut(LONE.sub("\ufffd", UNSEEN.sub("", whole)), most)


def _cut(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else text[: most - 1] + CUT
