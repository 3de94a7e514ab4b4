"""A .desktop file for autostart as text, and back: quoted by freedesktop's Desktop Entry specification 1.5.

Pure. A value is escaped twice: arguments are quoted in `Exec`, and the line as a whole is a string with escapes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

GROUP = "[Desktop Entry]"
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+:,@=")
SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
SPACE = " \t\r"  # and no other: a path may end with a wide space
INSIDE_QUOTES = '"`$\\'
ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
MEANINGS = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
SWITCHED_OFF = (("Hidden", "true"), ("X-GNOME-Autostart-enabled", "false"))


def text(command: Sequence[str], name: str, comment: Mapping[str, str], icon: str) -> str:
    """`comment` by language, "" for the usual one."""
    lines = [GROUP, "Type=Application", f"Name={string(name)}"]
    lines += [
        f"Comment{f'[{language}]' if language else ''}={string(sentence)}" for language, sentence in comment.items()
    ]
    lines += [
        f"Exec={string(exec_line(command))}",
        f"TryExec={string(command[0])}",  # a desktop passes over an entry whose program is gone
        f"Icon={string(icon)}",
        "Terminal=false",
        "StartupNotify=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    return "\n".join(lines) + "\n"


def masked(name: str) -> str:
    """The user's file that switches an entry of the whole system off."""
    return f"{GROUP}\nType=Application\nName={string(name)}\nHidden=true\n"


def exec_line(command: Sequence[str]) -> str:
    """A program whose path has % or = is started by a shell: GLib looks for it as it is written, and = is forbidden."""
    through = SHELL if set("%=") & set(command[0]) else ()
    return " ".join(_quoted(word) for word in (*through, *command))


def string(value: str) -> str:
    """As a value of type string: no line breaks, no space at either end, backslashes doubled."""
    escaped = "".join(ESCAPES.get(character, character) for character in value)
    bare = escaped.strip(" ")
    before = len(escaped) - len(escaped.lstrip(" "))
    return "\\s" * before + bare + "\\s" * (len(escaped) - len(bare) - before)


def values(content: str) -> dict[str, str]:
    """The keys of the main group, unescaped. What is no `key=value` line is passed over."""
    keys: dict[str, str] = {}
    inside = False
    for line in content.split("\n"):
        line = line.strip(SPACE)
        if line.startswith("["):
            inside = line == GROUP
        elif inside and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            keys.setdefault(key.strip(SPACE), _unescaped(value.strip(SPACE)))
    return keys


def switched_off(keys: Mapping[str, str]) -> bool:
    """In the settings of the desktop itself."""
    return any(keys.get(key, "").casefold() == value for key, value in SWITCHED_OFF)


def command(keys: Mapping[str, str]) -> tuple[str, ...]:
    """The arguments of Exec, field codes left out; empty where there are none or a quote has no end."""
    argv: list[str] = []
    word, quoted, started = "", False, False
    rest = iter(keys.get("Exec", ""))
    for character in rest:
        if quoted and character == "\\":
            word += next(rest, "")
        elif character == '"':
            quoted, started = not quoted, True
        elif character == "%":
            word += "%" if next(rest, "") == "%" else ""
        elif character == " " and not quoted:
            argv += [word] if word or started else []
            word, started = "", False
        else:
            word += character
    argv += [word] if word or started else []
    if tuple(argv[: len(SHELL)]) == SHELL:
        argv = argv[len(SHELL) :]
    return () if quoted else tuple(argv)


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if word and all(character in PLAIN or character == "%" or ord(character) > 127 for character in word):
        return word
    inside = "".join(f"\\{character}" if character in INSIDE_QUOTES else character for character in word)
    return f'"{inside}"'


def _unescaped(value: str) -> str:
    text, rest = "", iter(value)
    for character in rest:
        if character == "\\":
            after = next(rest, "")
            text += MEANINGS.get(after, "\\" + after)
        else:
            text += character
    return text
