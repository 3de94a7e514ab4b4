"""What the engine says to people: a code and arguments, said in the reader's language by one catalogue of templates.

A sentence travels as `{"code": "data.no_file", "args": {"path": "x"}, "text": "There is no file x."}`: whoever shows it
says the code in the user's language, whoever greps reads the English. The catalogue is resources/so8t_resources/
sentences/: `data.no_file` is the table `[no_file]` of `data.toml`, with a template a language (`en`, `ja`). Where it
says what to type, another beside it names the window's button for that (`en_window`, `ja_window`); a command stands
between backticks, and typed.py makes it work as it stands. In a window these are quotation marks.

Templates are Python format strings over the arguments, with a few formats of their own (`_Formatter`). Arguments are
plain JSON values, sentences, or lists of either: numbers stay numbers, so that each language writes them its own way.
What they hold is foreign: names, paths, other people's errors, also read from files. `say` passes all of it through
`plain_text.plain`, so a sentence is always safe to show, and one line where its template is (`verbatim` may have more).
Imports nothing heavy: the window imports this module.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.plain_text import LONE, plain
from so8t_engine.typed import AS_THEY_ARE, Typed, quoted

ENGLISH, JAPANESE = LANGUAGES = ("en", "ja")
COMMA = {ENGLISH: ", ", JAPANESE: "、"}
NONE = {ENGLISH: "none", JAPANESE: "なし"}
UNDER_ONE = {ENGLISH: "under 1%", JAPANESE: "1% 未満"}
QUOTED = {ENGLISH: "'{}'", JAPANESE: "「{}」"}
OR = {ENGLISH: " or ", JAPANESE: "、または"}
MARKED = {ENGLISH: re.compile("`([^`]*)`"), JAPANESE: re.compile(" ?`([^`]*)` ?")}  # its brackets need no space
LONGEST_LINE = 200
LONGEST_TEXT = 20_000  # characters of all that one sentence says
MOST_ITEMS = 500  # of a list that is said
DEEPEST = 12  # sentences in sentences; ours are at most six deep
LONGEST_AREA = 40
COUNT = "count|"
WINDOW = "_window"  # templates that name a button in place of a command
BETWEEN = {ENGLISH: " ", JAPANESE: ""}  # two sentences that follow each other
STOP = {ENGLISH: ".", JAPANESE: "。"}  # where the first of them ends in an error of the system's, say
SIZES = {
    ENGLISH: ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")),
    JAPANESE: ((1e8, "億"), (1e4, "万")),
}  # the words of numbers, largest first
OPEN_ENDS = (")", "）", "」", "'", '"', "`")  # behind which a sentence may still lack it


@dataclass(frozen=True)
class Sentence:
    """`code` is "AREA.NAME" in the catalogue; `str()` says it in English."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self)


def sentence(code: str, /, **args: Any) -> Sentence:
    """`sentence("data.no_file", path=path)`. A test holds every such call against the catalogue."""
    return Sentence(code, {name: _settled(value) for name, value in args.items()})


def verbatim(text: str) -> Sentence:
    """Words that are in no catalogue: what a library, the system or an older SO8T said."""
    return Sentence("plain.verbatim", {"text": text})


def in_turn(*parts: Sentence) -> Sentence:
    """Several sentences, one after the other."""
    return parts[0] if len(parts) == 1 else Sentence("plain.in_turn", {"parts": list(parts)})


def below(*parts: Sentence) -> Sentence:
    """Several sentences, each on a line of its own."""
    return parts[0] if len(parts) == 1 else Sentence("plain.below", {"parts": list(parts)})


def listed(head: Sentence, lines: Sequence[Sentence]) -> Sentence:
    """A sentence with a list below it, a line each."""
    return Sentence("plain.listed", {"head": head, "lines": list(lines)})


def of_error(error: BaseException) -> Sentence:
    """What an exception says: the sentence it was raised with, else its own words."""
    what = error.args[0] if error.args else None
    return what if isinstance(what, Sentence) else verbatim(str(error) or type(error).__name__)


def say(sentence: Sentence, language: str = ENGLISH, *, window: bool = False, typed: Typed = AS_THEY_ARE) -> str:
    """In that language; in English where it has no template, by its code and arguments where nobody knows it.

    `window`: to somebody who has its buttons. `typed`: to somebody who may type its commands.

    Never raises, whatever the arguments are: they may have been read from a file that anyone wrote.
    """
    if sentence.args:
        text = _said(sentence, language, window, typed)
    else:
        text = _without_arguments(sentence.code, language, window, typed)
    return text if len(text) <= LONGEST_TEXT else plain(text, most=LONGEST_TEXT, lines=True)


@functools.lru_cache(maxsize=1_000)
def _without_arguments(code: str, language: str, window: bool, typed: Typed) -> str:
    """Made once: of a million rows a hundred thousand are left out for one of a few reasons, each said by its text."""
    return _said(Sentence(code), language, window, typed)


def _said(sentence: Sentence, language: str, window: bool, typed: Typed) -> str:
    templates = _templates(sentence.code)
    template = (window and templates.get(language + WINDOW)) or templates.get(language) or templates.get(ENGLISH)
    if template is not None:
        marked = typed.template(template)
        try:
            shown = without_marks(marked, language) if window else marked
            return _Formatter(language, window, typed).vformat(shown, (), sentence.args)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            pass
    try:
        return plain(f"{sentence.code} {dict(sentence.args)}")
    except RecursionError:
        return plain(sentence.code)


def without_marks(template: str, language: str) -> str:
    """With quotation marks in place of backticks, which mark words to type on a command line, not in a window."""
    spoken = language if language in MARKED else ENGLISH
    return MARKED[spoken].sub(lambda found: QUOTED[spoken].format(found[1]), template)


def to_json(sentence: Sentence) -> dict[str, Any]:
    """As it crosses the protocol and lies in a session's files; the text is English."""
    return {"code": sentence.code, "args": _json(sentence.args), "text": say(sentence)}


def from_json(value: Any) -> Sentence:
    """The inverse of `to_json`. A plain string is taken as it is, what is neither says nothing."""
    return _sentence(value, DEEPEST)


def _sentence(value: Any, deep: int) -> Sentence:
    """`deep`: how many more levels are read; a sentence further down is taken by its English text."""
    if isinstance(value, str):
        return verbatim(value)
    if not _is_sentence(value):
        return verbatim("")
    code, args = value["code"], value["args"]
    if not _templates(code) or deep == 0:  # of a newer SO8T, or of no SO8T
        return verbatim(value["text"]) if isinstance(value.get("text"), str) else Sentence(code)
    return Sentence(code, {str(name): _revived(item, deep) for name, item in args.items()})


def named(area: str, name: str) -> Sentence:
    """The catalogue's word for one of an open list (a step, a kind of unit); `name` itself where it has none."""
    code = f"{area}.{name}"
    return Sentence(code) if _templates(code) else Sentence("plain.name", {"name": name})


def first_line(error: BaseException | str) -> str:
    """The first line that says something, without its full stop, at most 200 characters.

    Many libraries begin with a heading ("Error:") or go on with advice for programmers.
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return next((line for line in lines if not line.endswith(":")), lines[0])[:LONGEST_LINE].rstrip(".")


def bytes_text(size: float) -> str:
    """`3.2 GiB`, or `640 MiB`, `3 KiB` where that is less than one: of a tenth of a GiB one digit tells too little."""
    if 0 < size < 0.95 * (1 << 20):
        return f"{max(1, round(size / (1 << 10)))} KiB"
    return f"{size / (1 << 30):.1f} GiB" if size >= 0.95 * (1 << 30) else f"{size / (1 << 20):.0f} MiB"


def duration_text(seconds: float, language: str = ENGLISH) -> str:
    """3725 -> `1 h 02 min`, 130 -> `2 min 10 s`, 9.4 -> `9 s`."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    if language == JAPANESE:
        if hours:
            return f"{hours} 時間 {minutes:02d} 分"
        return f"{minutes} 分 {whole % 60:02d} 秒" if minutes else f"{whole} 秒"
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {whole % 60:02d} s" if minutes else f"{whole} s"


def amount_text(number: float, language: str = ENGLISH) -> str:
    """About how many, by two digits and the word that fits: 850 -> `850`, 12_345 -> `12 thousand` or `1.2万`."""
    about = float(f"{number:.2g}")
    for size, name in SIZES[language]:
        if about >= size:
            return f"{about / size:,.10g}{name}"
    return f"{about:,.10g}"


def _is_text(value: Any) -> bool:
    """Not a number, which a template formats itself."""
    return not isinstance(value, (int, float))


def _is_sentence(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("code"), str) and isinstance(value.get("args"), dict)


def _revived(value: Any, deep: int) -> Any:
    if _is_sentence(value):
        return _sentence(value, deep - 1)
    if isinstance(value, list):
        return [_revived(item, deep - 1) for item in value] if deep > 0 else []
    return str(value) if isinstance(value, dict) else value


def _settled(value: Any) -> Any:
    """Paths, errors and the like become text at once: a sentence may be said long after, and lies in files until then.

    Half a character (of a broken name, of JSON with half an emoji) is in no UTF-8, so it becomes U+FFFD.
    """
    if value is None or isinstance(value, (int, float, Sentence)):
        return value
    return [_settled(item) for item in value] if isinstance(value, (list, tuple)) else LONE.sub("\ufffd", str(value))


def _json(value: Any) -> Any:
    if isinstance(value, Sentence):
        return to_json(value)
    if isinstance(value, Mapping):
        return {name: _json(item) for name, item in value.items()}
    return [_json(item) for item in value] if isinstance(value, (list, tuple)) else value


class _Formatter(string.Formatter):
    """Python's formats, and of its own: for a list (with commas otherwise) `lines` (each below the other with a dash),
    `rows` (without), `bars` (beside each other), `or` (the last after "or"), `turn` (sentences one after the other),
    `quoted` (each in quotation marks; one name too), `any` (so, and the last after "or"); `gib` for bytes, `duration`
    for seconds (`hours`: for hours), `millions` for millions of something, `share` for a part of a whole (none, under
    1%, 33%), `count|file is|files are` for a number with its noun, `clause` for a sentence without its full stop,
    `whole` for text that keeps its lines, `typed` for a word of a command.
    """

    def __init__(self, language: str, window: bool = False, typed: Typed = AS_THEY_ARE) -> None:
        self._language, self._window, self._typed = language, window, typed

    def format_field(self, value: Any, format_spec: str) -> str:
        language = self._language
        if isinstance(value, list):
            items = [self.format_field(item, "") for item in value[:MOST_ITEMS]]
            match format_spec:
                case "lines":
                    return "".join(f"\n- {item}" for item in items)
                case "rows":
                    return "\n".join(items)
                case "bars":
                    return " | ".join(items)
                case "turn":
                    ended = [item + STOP[language] if _lacks_stop(item) else item for item in items[:-1]]
                    return BETWEEN[language].join([*ended, *items[-1:]])
                case "quoted" | "any":
                    marked = [QUOTED[language].format(item) for item in items]
                    return self.format_field(marked, "or" if format_spec == "any" else "")
                case "or":
                    return OR[language].join([*([COMMA[language].join(items[:-1])] if items[1:] else []), *items[-1:]])
            return COMMA[language].join(items)
        text = value
        if isinstance(value, Sentence):
            text = _said(value, language, self._window, self._typed)
        elif _is_text(value):
            text = plain(value)
        if format_spec.startswith(COUNT):
            one, many = format_spec.removeprefix(COUNT).split("|")
            return f"{value:,} {one if value == 1 else many}" if isinstance(value, (int, float)) else f"{text} {many}"
        match format_spec:
            case "typed":
                return quoted(str(value))
            case "whole":
                return plain(value, most=LONGEST_TEXT, lines=True)
            case "clause":
                return str(text).rstrip(".。")
            case "quoted":
                return QUOTED[language].format(text)
            case "share":
                return NONE[language] if value == 0 else UNDER_ONE[language] if 0 < value < 0.005 else f"{value:.0%}"
            case "gib":
                return bytes_text(value)
            case "duration":
                return duration_text(value, language)
            case "hours":
                return duration_text(3_600 * value, language)
            case "millions":
                return amount_text(1e6 * value, language)
        return super().format_field(text, format_spec)


def _lacks_stop(text: str) -> bool:
    return (text[-1:].isalnum() or text.endswith(OPEN_ENDS)) and "\n" not in text


def _templates(code: str) -> Mapping[str, str]:
    """By language; empty where the catalogue has no such code."""
    area, _, name = code.partition(".")
    return _area(area).get(name, {})


@functools.cache
def _area(area: str) -> Mapping[str, Mapping[str, str]]:
    import tomllib  # only when something is said

    import so8t_resources

    if not area.isidentifier() or len(area) > LONGEST_AREA:  # a foreign code: no name of a file
        return {}
    path = so8t_resources.path("sentences", f"{area}.toml")
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))
