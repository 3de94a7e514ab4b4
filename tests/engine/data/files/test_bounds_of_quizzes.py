"""Quizzes, keys, options and footers of a few lines: what they are read as, and what is none."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.data.files import answer_keys, footers, gift, numbered_quizzes, quiz_lines, quiz_options
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence


def quiz(text: str, skip: int = 0, limit: int = 10_000) -> tuple[list[Any], list[str]]:
    """Rows as their number and text, bad ones as their number, where they stand and why; what is said."""
    notices: list[Sentence] = []
    found = numbered_quizzes.rows(io.BytesIO(text.encode()), limit, skip, notices.append)
    return _told(found), [said.code for said in notices]


def of_gift(text: str, skip: int = 0, limit: int = 10_000) -> list[Any]:
    return _told(gift.rows(io.BytesIO(text.encode()), limit, skip))


def _told(rows: Any) -> list[Any]:
    return [
        (one.number, one.text) if isinstance(one, RawRow) else (one.number, f"{one.unit} {one.at}", one.reason.code)
        for one in rows
    ]


def entries(*lines: str) -> list[tuple[str, list[str], list[str]]]:
    return [tuple(one) for one in answer_keys.entries(lines)]


def closed(said: str, asked: str = "Who?", others: int = 0) -> tuple[str, str, str]:
    """(the answer, what closes the text below it, what may)."""
    found = footers.parted([asked], said.split("\n"), others)
    return "\n".join(found.lines), found.footer, found.doubted


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (
        quiz,
        ("1. Who?\na) Me\nb) You\nAnswer: b\n\n2. Why?\na) So\nb) Not\nAnswer: a\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\na) Me\nb) You\nAnswer: b\n\n2. Why?\na) So\nb) Not\nAnswer: a\n", 1),
        ([(2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}')], []),
    ),
    (
        quiz,
        ("1. Who?\na) Me\nb) You\n\n2. Why?\na) So\nb) Not\n\nAnswer key\n1. b\n2. a\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\na) Me\nb) You\n\n2. Why?\na) So\nb) Not\n\n1. b  2. a\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\nAnswer: Me.\nExplanation: So it is.\n2. Why?\nAnswer: So.\n",),
        (
            [
                (1, '{"question":"Who?","answer":"Me.","explanation":"So it is."}'),
                (2, '{"question":"Why?","answer":"So."}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\nAnswer: Me.\nAnd you.\n2. Why?\nAnswer: So.\n",),
        ([(1, '{"question":"Who?","answer":"Me.\\nAnd you."}'), (2, '{"question":"Why?","answer":"So."}')], []),
    ),
    (
        quiz,
        ("1. Who?\n2. Why?\nAnswer: So.\n",),
        ([(1, '{"question":"Who?","answer":""}'), (2, '{"question":"Why?","answer":"So."}')], []),
    ),
    (
        quiz,
        ("1. Who?\na) Me\nb) You\nAnswer: c\n2. Why?\na) So\nb) Not\nAnswer: a\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"c"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\na) Me\n*b) You\n2. Why?\n*a) So\nb) Not\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\na) Me\nb) You\nAnswer: a, b\n2. Why?\na) So\nb) Not\nAnswer: So\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"A,B"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\na) Me\nb) You\nAnswer: b because you are.\n2. Why?\na) So\nb) Not\nAnswer: a\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"B","explanation":"because you are."}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (quiz, ("1. " + "y" * 60 + "\nAnswer: Me.\n2. Why?\nAnswer: So.\n", 0, 50), ([(1, "line 1", "data.too_long")], [])),
    (
        quiz,
        ("1. Who is it?\nAnswer: " + "y" * 40 + "\n2. Why?\nAnswer: So.\n", 0, 51),
        ([(1, '{"question":"Who is it?","answer":"' + "y" * 40 + '"}'), (2, '{"question":"Why?","answer":"So."}')], []),
    ),
    (
        quiz,
        ("1. Who is it?\nAnswer: " + "y" * 40 + "\n2. Why?\nAnswer: So.\n", 0, 50),
        ([(1, '{"question":"Who is it?","answer":"' + "y" * 40 + '"}'), (2, '{"question":"Why?","answer":"So."}')], []),
    ),
    (
        quiz,
        ("Read this text:\n" + "y" * 90 + "\n\n1. Who?\nAnswer: Me.\n2. Why?\nAnswer: So.\n",),
        (
            [
                (1, '{"context":"Read this text:\\n' + "y" * 90 + '","question":"Who?","answer":"Me."}'),
                (2, '{"context":"Read this text:\\n' + "y" * 90 + '","question":"Why?","answer":"So."}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("Short.\n\n1. Who?\nAnswer: Me.\n2. Why?\nAnswer: So.\n",),
        ([(1, '{"question":"Who?","answer":"Me."}'), (2, '{"question":"Why?","answer":"So."}')], []),
    ),
    (
        quiz,
        ("問1 だれ。\nア 私\nイ 君\n解答 イ\n問2 なぜ。\nア はい\nイ いいえ\n解答 ア\n",),
        (
            [
                (1, '{"question":"だれ。","ア":"私","イ":"君","answer":"イ"}'),
                (2, '{"question":"なぜ。","ア":"はい","イ":"いいえ","answer":"ア"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("Who?\na) Me\nb) You\nAnswer: b\n\nWhy?\na) So\nb) Not\nAnswer: a\n",),
        (
            [
                (1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}'),
                (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
            ],
            [],
        ),
    ),
    (
        quiz,
        ("1. Who?\nAnswer: Me.\n2. Why?\nAnswer: So.\n\nPage 3 of 3\n",),
        ([(1, '{"question":"Who?","answer":"Me."}'), (2, '{"question":"Why?","answer":"So."}')], []),
    ),
    (numbered_quizzes.kind_of, ("1. Who?\na) Me\nb) You\nAnswer: b\n2. Why?\na) So\nb) Not\nAnswer: a\n",), "choice"),
    (numbered_quizzes.kind_of, ("1. Who?\nAnswer: Me.\n2. Why?\nAnswer: So.\n",), "open"),
    (numbered_quizzes.kind_of, ("1. Who?\n2. Why?\nAnswer: So.\n",), None),
    (numbered_quizzes.kind_of, ("1. Who?\nAnswer: Me.\n2. Why?\nAnswer: So.\n3. When?\n",), "open"),
    (numbered_quizzes.kind_of, ("1. Who?\na) Me\nb) You\n2. Why?\na) So\nb) Not\n",), None),
    (numbered_quizzes.kind_of, ("1. Who?\na) Me\nb) You\n2. Why?\na) So\nb) Not\n", "1. b\n2. a\n"), "choice"),
    (numbered_quizzes.kind_of, ("1. Who?\na) Me\nb) You\n2. Why?\na) So\nb) Not\n", "1. b\n"), None),
    (numbered_quizzes.kind_of, ("So it is.\n",), None),
    (quiz_options.found, ("Who?\na) Me\nb) You",), [quiz_options.Options("Who?", {"a": "Me", "b": "You"}, "")]),
    (quiz_options.found, ("Who?\na) Me",), []),
    (quiz_options.found, ("Who? A. Me B. You",), [quiz_options.Options("Who?", {"A": "Me", "B": "You"}, "")]),
    (quiz_options.found, ("Who?\n① 私 ② 君",), [quiz_options.Options("Who?", {"①": "私", "②": "君"}, "")]),
    (quiz_options.found, ("Who?\na) Me\n*b) You",), [quiz_options.Options("Who?", {"a": "Me", "b": "You"}, "b")]),
    (quiz_options.found, ("Who?\n*a) Me\n*b) You",), [quiz_options.Options("Who?", {"a": "Me", "b": "You"}, "")]),
    (quiz_options.found, ("Who?\na)\nb) You",), []),
    (quiz_options.found, ("Who?\na) Me\nc) You",), []),
    (quiz_options.found, ("So it is.",), []),
    (quiz_options.right, ("b", {"a": "Me", "b": "You"}), ("b", "")),
    (quiz_options.right, ("B", {"a": "Me", "b": "You"}), ("b", "")),
    (quiz_options.right, ("You.", {"a": "Me", "b": "You"}), ("b", "")),
    (quiz_options.right, ("b) You", {"a": "Me", "b": "You"}), ("b", "")),
    (quiz_options.right, ("b) since it is you", {"a": "Me", "b": "You"}), ("b", "since it is you")),
    (quiz_options.right, ("a, b", {"a": "Me", "b": "You"}), ("a,b", "")),
    (quiz_options.right, ("a, c", {"a": "Me", "b": "You"}), None),
    (quiz_options.right, ("c", {"a": "Me", "b": "You"}), None),
    (quiz_options.right, ("Them", {"a": "Me", "b": "You"}), None),
    (quiz_options.right, ("2", {"①": "私", "②": "君"}), ("②", "")),
    (quiz_options.right, ("You", {"a": "You", "b": "You"}), None),
    (quiz_options.is_mark, ("(b)",), True),
    (quiz_options.is_mark, ("be",), False),
    (quiz_options.columns, ({"①": "私", "②": "君"},), {"option1": "私", "option2": "君"}),
    (quiz_options.columns, ({"a": "Me", "b": "You"},), {"A": "Me", "B": "You"}),
    (entries, ("1. b", "2. a"), [("1", ["b"], []), ("2", ["a"], [])]),
    (entries, ("1. b 2. a",), [("1", ["b"], []), ("2", ["a"], [])]),
    (entries, ("1. b", "So it is."), [("1", ["b"], ["So it is."])]),
    (entries, ("1. It is me.", "And you.", "2. So."), [("1", ["It is me.", "And you."], []), ("2", ["So."], [])]),
    (entries, ("1. b (Explanation: so it is)", "2. a"), [("1", ["b"], ["so it is"]), ("2", ["a"], [])]),
    (
        entries,
        ("1. b", "Explanations", "1. So it is.", "2. Not so."),
        [("1", ["b"], []), ("1", [], ["So it is."]), ("2", [], ["Not so."])],
    ),
    (entries, ("Answers", "1. b"), [("1", ["b"], [])]),
    (answer_keys.count, (["1. b 2. a", "3. c", "x"],), 3),
    (answer_keys.begins_without_heading, (["1. Who?", "", "1. b", "2. a"],), 1),
    (answer_keys.begins_without_heading, (["1. Who?", "", "1. b"],), 3),
    (answer_keys.begins_without_heading, (["x"],), 1),
    (quiz_lines.split, ("b (Explanation: so)",), ("b", ["so"])),
    (quiz_lines.split, ("b",), ("b", [])),
    (quiz_lines.number, ("０１",), "1"),
    (quiz_lines.number, ("一",), "1"),
    (quiz_lines.number, ("10",), "10"),
    (closed, ("It is me.\n\nPage 3 of 3",), ("It is me.", "Page 3 of 3", "")),
    (closed, ("It is me.\n\nPage 3 of 3", "Which page?"), ("It is me.\n\nPage 3 of 3", "", "")),
    (closed, ("It is me.\n\nOpening hours: 9-17",), ("It is me.", "Opening hours: 9-17", "")),
    (closed, ("It is me.\n\nOpening hours: 9-17", "When are you open?"), ("It is me.\n\nOpening hours: 9-17", "", "")),
    (closed, ("It is me.\n\nTel: 030 1234567\nMail: a@b.org",), ("It is me.", "Tel: 030 1234567\nMail: a@b.org", "")),
    (closed, ("It is me.\n---\nTel: 030 1234567",), ("It is me.", "---\nTel: 030 1234567", "")),
    (closed, ("It is me.\n---\n" + "x\n" * 5 + "x",), ("It is me.", "---\nx\nx\nx\nx\nx\nx", "")),
    (closed, ("It is me.\n---\n" + "x\n" * 6 + "x",), ("It is me.\n---\nx\nx\nx\nx\nx\nx\nx", "", "")),
    (closed, ("It is me.\n\nAnd so on.",), ("It is me.\n\nAnd so on.", "", "")),
    (closed, ("It is me.\n\nAnd so on.", "Who?", 2), ("It is me.\n\nAnd so on.", "", "And so on.")),
    (closed, ("It is me.\n\nAnd so on.", "Who?", 1), ("It is me.\n\nAnd so on.", "", "")),
    (closed, ("Call us:\n\nTel: 030 1234567",), ("Call us:\n\nTel: 030 1234567", "", "")),
    (
        closed,
        ("Our phone is free.\n\nTel: 030 1234567",),
        ("Our phone is free.\n\nTel: 030 1234567", "", "Tel: 030 1234567"),
    ),
    (closed, ("It is me.\n\n3/3",), ("It is me.", "3/3", "")),
    (closed, ("It is me.\n3/3",), ("It is me.\n3/3", "", "")),
    (closed, ("3/3",), ("3/3", "", "")),
    (footers.goes_on, (["a", "", "b"],), True),
    (footers.goes_on, (["a", "b", ""],), False),
    (
        of_gift,
        ("Who? {=Me ~You}\n\nWhy? {~So =Not#It is.}\n",),
        [
            (1, '{"question":"Who?","A":"Me","B":"You","answer":"A"}'),
            (2, '{"question":"Why?","A":"So","B":"Not","answer":"B","explanation":"It is."}'),
        ],
    ),
    (
        of_gift,
        ("Who? {=Me ~You}\n\nWhy? {~So =Not#It is.}\n", 1),
        [(2, '{"question":"Why?","A":"So","B":"Not","answer":"B","explanation":"It is."}')],
    ),
    (
        of_gift,
        ("It rains. {T}\n\nIt snows. {FALSE#No.#It does not.}\n",),
        [
            (1, '{"question":"It rains.","A":"True","B":"False","answer":"A"}'),
            (2, '{"question":"It snows.","A":"True","B":"False","answer":"B","explanation":"It does not."}'),
        ],
    ),
    (
        of_gift,
        ("How many? {#3:1}\n\nHow many? {#x}\n",),
        [(1, '{"question":"How many?","answer":"3"}'), (2, '{"question":"How many?","answer":""}')],
    ),
    (
        of_gift,
        ("Who? {=Me =I}\n\nWho is {=it ~they} there?\n",),
        [
            (1, '{"question":"Who?","answer":"Me"}'),
            (2, '{"question":"Who is ____ there?","A":"it","B":"they","answer":"A"}'),
        ],
    ),
    (
        of_gift,
        ("Match. {=a -> b =c -> d}\n",),
        [(1, '{"question":"Match.\\n\\n- a\\n- c\\n\\nb / d","answer":"- a -> b\\n- c -> d"}')],
    ),
    (of_gift, ("Match. {=a -> b}\n",), [(1, '{"question":"Match.","answer":"a -> b"}')]),
    (
        of_gift,
        ("Which? {~%50%a ~%50%b ~%-100%c}\n",),
        [(1, '{"question":"Which?","A":"a","B":"b","C":"c","answer":"A,B"}')],
    ),
    (
        of_gift,
        ("::Title:: [html]Who? {=Me ~You####So it is.}\n// aside\n\nJust a text.\n",),
        [(1, '{"question":"Who?","A":"Me","B":"You","answer":"A","explanation":"So it is."}')],
    ),
    (of_gift, ("Who? {=Me\n\n~You}\n",), [(1, '{"question":"Who?","A":"Me","B":"You","answer":"A"}')]),
    (of_gift, ("Who\\: a\\=b? {=Me ~You}\n",), [(1, '{"question":"Who: a=b?","A":"Me","B":"You","answer":"A"}')]),
    (of_gift, ("Who? {}\n",), [(1, '{"question":"Who?","answer":""}')]),
    (of_gift, ("Who? {=Me#Correct! ~You}\n",), [(1, '{"question":"Who?","A":"Me","B":"You","answer":"A"}')]),
    (
        of_gift,
        ("Who? {=" + "y" * 60 + " ~You}\n\nWhy? {=So ~Not}\n", 0, 50),
        [(1, "line 1", "data.too_long"), (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}')],
    ),
    (gift.is_one, ("Who? {=Me ~You}\n\nWhy? {=So ~Not}\n",), True),
    (gift.is_one, ("Who? {=Me ~You}\n",), False),
    (gift.is_one, ("Who? {}\n\nWhy? {}\n",), False),
    (
        of_gift,
        ("// aside\n\nWhy? {=So ~Not}\nWho? {=" + "y" * 60 + " ~You}\n", 0, 50),
        [(1, "line 3", "data.too_long")],
    ),
    (
        of_gift,
        ("Why? {=So ~Not}\n\n\n::T::Who? {=" + "y" * 60 + " ~You}\n", 0, 50),
        [(1, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'), (2, "line 4", "data.too_long")],
    ),
    (closed, ("It is me.\n\nLast updated 2024", "When was it revised?"), ("It is me.\n\nLast updated 2024", "", "")),
    (closed, ("It is me.\n\nTel: 030 1234567\nPage 3 of 3",), ("It is me.", "Tel: 030 1234567\nPage 3 of 3", "")),
    (
        quiz_options.found,
        ("Who?\na) Me b) You; not a) x b) y",),
        [quiz_options.Options("Who?", {"a": "Me", "b": "You; not a) x b) y"}, "")],
    ),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_a_small_quiz_is_read_as(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
