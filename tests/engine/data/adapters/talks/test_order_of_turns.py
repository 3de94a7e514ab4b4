"""Turns in rows of their own are read in the order that a number or a time gives them, wherever the rows lie."""

from __future__ import annotations

import itertools
import json

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.talks import turns_in_rows

SAID = [
    ("user", "Which saw cuts steel?"),
    ("assistant", "A hacksaw."),
    ("user", "And wood?"),
    ("assistant", "A panel saw."),
]


@pytest.mark.parametrize(
    ("column", "orders"),
    [
        ("created_at", ["2024-05-01 10:00:00", "2024-05-01 10:00:01", "2024-05-01 10:00:01.5", "2024-05-01 10:01:00"]),
        ("createdAt", ["2024-04-30T23:59:59.998Z", "2024-04-30T23:59:59.999Z", "2024-05-01T00:00:00Z", "2024-05-02"]),
        ("date", ["05/01/2024 9:58", "05/01/2024 9:59", "05/01/2024 10:00", "05/01/2024 10:01"]),
        ("date", ["12/31/2024 11:59 AM", "12/31/2024 12:00 PM", "12/31/2024 1:00 PM", "01/01/2025 12:01 AM"]),
        ("datetime", ["30.04.2024 10:00", "01.05.2024 09:00", "01.05.2024 09:01:07", "02.05.2024 08:00"]),
        ("送信日時", ["2024年5月1日 9:05", "2024年5月1日 9:06", "2024年5月1日 10:00", "2024年5月2日 8:00"]),
        ("日時", ["2024/5/1 9:05", "2024/5/1 9:06", "2024/5/1 10:00", "2024/10/1 8:00"]),
        ("step", ["1", "2", "9", "10"]), ("message_no", [1, 2, 3, 4]), ("発言番号", ["1", "2", "3", "4"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", ["session_id", "conversation_id", "conversation_uuid", "chat_key", "会話ID"])
@pytest.mark.parametrize("text", ["text", "message_text", "発話内容"])
def test_turns_are_joined_in_their_order(number: str, column: str, orders: list[object], text: str) -> None:
    rows = [
        {number: "a", column: order, "role": who, text: said} for order, (who, said) in zip(orders, SAID, strict=True)
    ]
    other = [{number: "b", column: orders[place], "role": SAID[place][0], text: f"{place}?"} for place in (0, 1)]
    found = of_source([rows[3], other[1], rows[1], rows[0], other[0], rows[2]])
    talk, short = (one for one in found if isinstance(one, ParsedRow))
    assert [*(said for _, said in talk.messages), talk.response] == [said for _, said in SAID]
    assert (short.prompt, short.response) == ("0?", "1?")


@pytest.mark.parametrize("said", ["", "soon", "10:00", "1/2/24 10:00", "2024-05"])
def test_what_is_no_time_leaves_the_rows_as_they_lie(said: str) -> None:
    rows = [{"session_id": "a", "date": said, "role": who, "text": text} for who, text in SAID]
    assert [one.response for one in of_source(rows) if isinstance(one, ParsedRow)] == ["A panel saw."]


@pytest.mark.parametrize(
    ("days", "other", "order"),
    [
        (["30/11/2024", "01/12/2024", "02/12/2024"], "05/12/2024", "012"),  # 1 December was read as 12 January
        (["30-11-2024", "01-12-2024", "02-12-2024"], "05-12-2024", "012"),
        (["01/12/2024", "12/11/2024", "05/12/2024"], "13/12/2024", "102"),  # what another talk's day tells
        (["01/12/2024", "12/11/2024", "05/12/2024"], "12/13/2024", "021"),
        (["01/12/2024", "12/11/2024", "05/12/2024"], "01/01/2024", "012"),  # what nothing tells stays as it lies
        (["02/02/2024", "01/02/2024", "03/02/2024"], "01/01/2024", "102"),  # either way
        (["01/12/2024", "12/11/2024", "05/12/2024"], "01/01/2024 and 12/13/2024 and 13/12/2024", "012"),
        (["01.12.2024", "12.11.2024", "05.12.2024"], "01.01.2024", "102"),  # between points the day stands first
        (["01.12.2024", "12.11.2024", "05.12.2024"], "12.13.2024", "021"),
        (["01/12/2024", "2024-11-12", "13/11/2024"], "01/01/2024", "120"),
    ],
)  # fmt: skip
def test_a_file_tells_whether_its_days_or_its_months_stand_first(days: list[str], other: str, order: str) -> None:
    rows = [
        {"chat_id": "a", "date": f"{day} 10:00", "role": "user", "text": str(place)} for place, day in enumerate(days)
    ]
    for name, at in itertools.product("bc", other.split(" and ")):
        rows += [{"chat_id": name, "date": f"{at} 10:0{turn}", "role": "user", "text": "x"} for turn in range(2)]
    turns, _ = turns_in_rows.look(iter(rows))["a"]
    assert "".join(text for _, _, text in json.loads(turns)) == order


def test_days_without_a_clock_order_the_turns_too() -> None:
    """A file with its newest rows first was lost whole."""
    rows = [{"chat_id": "a", "date": day, "role": "user", "text": text}
            for day, text in (("01/12/2024", "b"), ("30/11/2024", "a"), ("02/12/2024", "c"))]  # fmt: skip
    turns, _ = turns_in_rows.look(iter(rows))["a"]
    assert turns == '[[0, "user", "a"], [1, "user", "b"], [2, "user", "c"]]'


def test_a_talk_goes_on_after_others_in_the_order_of_its_days() -> None:
    said = [("a", "30/11/2024 10:00", "零"), ("b", "01/12/2024 9:00", "x"), ("a", "02/12/2024 10:00", "二"),
            ("b", "01/12/2024 9:30", "y"), ("a", "01/12/2024 10:00", "一")]  # fmt: skip
    rows = [{"chat_id": name, "date": day, "role": "user", "text": text} for name, day, text in said]
    for given in (rows, rows[::-1]):
        found = turns_in_rows.look(iter(given))
        assert {name: turns for name, (turns, _) in found.items()} == {
            "a": '[[0, "user", "零"], [1, "user", "一"], [2, "user", "二"]]',
            "b": '[[0, "user", "x"], [1, "user", "y"]]',
        }


@pytest.mark.parametrize(
    ("number", "speaker", "values", "text", "order"),
    [
        ("sessionId", "userType", ("user", "agent"), "messageText", "createdAt"),
        ("session_id", "is_user", (True, False), "text", "timestamp"),
        ("session_id", "is_bot", ("0", "1"), "text", "timestamp"),
        ("conversation_id", "isUser", ("true", "false"), "content", "turn"),
        ("Gesprächs-ID", "Sprecher", ("Kunde", "Assistent"), "Nachricht", "Zeitstempel"),
        ("Sitzungsnummer", "Rolle", ("Benutzer", "Assistent"), "Text", "Reihenfolge"),
        ("id_conversation", "rôle", ("utilisateur", "assistant"), "texte", "ordre"),
        ("id_conversación", "rol", ("usuario", "asistente"), "mensaje", "orden"),
        ("会话ID", "角色", ("用户", "助手"), "内容", "时间"),
        ("대화번호", "역할", ("사용자", "어시스턴트"), "메시지", "순서"),
    ],
)  # fmt: skip
def test_rows_of_sessions_are_known_by_what_people_call_them(
    number: str, speaker: str, values: tuple[object, object], text: str, order: str
) -> None:
    rows = [
        {number: "a", speaker: values[place % 2], text: said, order: place + 1} for place, (_, said) in enumerate(SAID)
    ]
    found = [one for one in of_source([rows[1], rows[0], *rows[2:]]) if isinstance(one, ParsedRow)]
    assert [[*(said for _, said in one.messages), one.response] for one in found] == [[said for _, said in SAID]]
