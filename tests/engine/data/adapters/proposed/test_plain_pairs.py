"""A line is proposed only where two columns plainly ask and answer, by their names or by their texts."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.proposed import proposals


def table(names: str, *rows: str) -> list[dict[str, Any]]:
    return [dict(zip(names.split("|"), row.split("|"), strict=True)) for row in rows]


SURVEY = table(
    "Timestamp|Your name|What did you like about the workshop?|What should we improve?",
    "5/3|Ola|The hands-on part with real data.|More breaks please.", "5/3|Pim|Friendly trainers|The room was cold",
    "5/4|Rae|Everything|nothing at all", "5/5|Sol|The coffee|Start later than 8.",
)  # fmt: skip
EXPENSES = table(
    "日付|項目|内容|金額|メモ",
    "2024/5/1|食費|スーパー|3240|卵が高い", "2024/5/2|交通費|定期|12800|三か月", "2024/5/3|娯楽|映画|1900|息子と",
)  # fmt: skip
IN_GERMAN = table(
    "Datum|Posten|Laden|Betrag|Notiz",
    "1.5.|Essen|Markt am Platz|32|Eier", "2.5.|Bahn|Schalter|12|Mai", "3.5.|Kino|Lux|9|zu zweit",
)  # fmt: skip
TWO_DECKS = table("Deck A|column2|Deck B|column4", "Front|Back|Front|Back", "cat|Katze|eins|one", "dog|Hund|zwei|two")


@pytest.mark.parametrize("rows", [SURVEY, EXPENSES, IN_GERMAN, TWO_DECKS])
def test_nothing_is_proposed_where_nothing_plainly_asks_and_answers(rows: list[dict[str, Any]]) -> None:
    assert proposals.propose(rows) is None
    said = admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), rows)
    assert said.code == ("steps.form_answers" if rows is SURVEY else "steps.nothing_answers")


CODE = [
    {"func_name": name, "docstring": f"{told} of a list.", "code": f"def {name}(xs): ...", "repo": "a/b"}
    for name, told in (("total", "Sum"), ("largest", "Max"), ("smallest", "Min"))
]
UNTOLD = [{"func_name": row["func_name"], "code": row["code"], "note": f"see page {n}"} for n, row in enumerate(CODE)]
ASKING = table(
    "zork|blim|when|who",
    "How far is it?|Two miles.|May|Jo", "How old is she?|Nine.|June|Al", "Is it far?|Not at all.|July|Bo"
)  # fmt: skip
SAYING = table(
    "Situation|Don't say|Say instead",
    "Angry customer|Calm down.|I see how hard this is.", "Late|Not my fault.|I am sorry."
)  # fmt: skip
REVIEWS = [
    {"reviewer": {"displayName": who}, "stars": n, "comment": said, "reviewReply": {"comment": reply, "at": f"9:0{n}"}}
    for n, (who, said, reply) in enumerate((("Ola", "Best bread.", "Thank you!"), ("Pim", "Cold.", "We are sorry."),
                                            ("Rae", "Is there oat milk?", "Since Monday.")))
]  # fmt: skip
MAILED = [{"message": {"body": row["comment"]}, "reply": {"body": row["reviewReply"]["comment"]}} for row in REVIEWS]
OWNED = [{"review": row["comment"], "ownerResponse": {"text": row["reviewReply"]["comment"]}} for row in REVIEWS]
REPLIES = table(
    "name|my reply|x|y", "Ola|Thanks a lot.|a b|c d", "Pim|See you.|e f|g h", "Rae|Not yet.|i j|k l"
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (CODE, '{prompt: "Write the function `{func_name}`:\\n\\n{docstring}", response: code}'),
        ([{name: row[name] for name in ("docstring", "code")} for row in CODE],
         '{prompt: "Write this function:\\n\\n{docstring}", response: code}'),
        (UNTOLD, None), (ASKING, "{prompt: zork, response: blim}"),
        (SAYING, '{prompt: Situation, response: "Say instead"}'), (REPLIES, '{prompt: x, response: "my reply"}'),
        (table("Deck A Front|Deck A Back|Deck B Front|Deck B Back", "a cat|die Katze|1|one", "a dog|der Hund|2|two"),
         '{prompt: "Deck A Front", response: "Deck A Back"}'),
        (table("foo|bar", "a cat|die Katze", "a dog|der Hund"), "{prompt: foo, response: bar}"),
        (REVIEWS, "{prompt: comment, response: reviewReply.comment}"),
        (MAILED, "{prompt: message.body, response: reply.body}"),
        (OWNED, "{prompt: review, response: ownerResponse.text}"),
    ],
)  # fmt: skip
def test_what_plainly_asks_or_answers_is_proposed(rows: list[dict[str, Any]], line: str | None) -> None:
    where = proposals.propose(rows)
    assert (None if where is None else column_names.line(where)) == (None if line is None else f"columns: {line}")
