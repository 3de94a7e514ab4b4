"""Tables whose rows ask and answer in turn: Q and A, 質問 and 回答, Frage and Antwort in a column, texts in another.

A question and what answers it below become one row; what has no mark goes on with what stands above it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.talks import turn_columns
from so8t_engine.data.files.table_head import Form
from so8t_engine.data.files.table_records import TableRecord
from so8t_engine.sentences import Sentence, sentence

NAMES = ["question", "answer"]
MARKS = (  # of who asks and who answers, as they go together
    ({"q", "question", "ques"}, {"a", "answer", "ans"}),
    ({"q", "問", "質問", "ご質問", "問い", "とい", "しつもん", "問題", "設問"},
     {"a", "答", "回答", "ご回答", "答え", "こたえ", "解答", "返答"}),
    ({"f", "frage"}, {"a", "antwort"}), ({"q", "question"}, {"r", "réponse", "reponse"}),
    ({"p", "pregunta"}, {"r", "respuesta"}), ({"d", "domanda"}, {"r", "risposta"}),
    ({"p", "pergunta"}, {"r", "resposta"}), ({"v", "vraag"}, {"a", "antwoord"}), ({"в", "вопрос"}, {"о", "ответ"}),
    ({"问", "問", "问题", "提问"}, {"答", "回答", "答案"}), ({"질문", "문", "q"}, {"답변", "답", "대답", "a"}),
)  # fmt: skip
AROUND = re.compile(r"^[\s【\[(（<「]+|[\s.．:：、。)）\]】>」\-]*\d*[\s.．:：、。)）\]】>」\-]*$")
FEWEST = 2  # pairs


class Turns(NamedTuple):
    """`mark`, `text`: the columns by their place; `asks`: the marks of questions, the others answer; `named`: names
    stand above.
    """

    mark: int
    text: int
    asks: frozenset[str]
    named: bool
    said: tuple[str, str]


def of_table(records: Sequence[Sequence[str]], form: Form) -> Turns | None:
    """The same, where nobody says what the columns are, and those with names are no turns of talks."""
    if form.header or (form.asked is not None and not (any(form.asked) and {*filter(None, form.asked)} <= {*NAMES})):
        return None
    turns = look(records)
    if turns is None or not turns.named:
        return turns
    where = turn_columns.columns(tuple(records[0]))
    of_talk = where is not None and where.talk is not None
    return None if of_talk or column_names.guess(tuple(records[0])) is not None else turns


def note(turns: Turns) -> Sentence:
    return sentence("data.rows_in_turn", asks=turns.said[0], answers=turns.said[1])


def look(records: Sequence[Sequence[str]]) -> Turns | None:
    """By the first records; None of any other table."""
    for named in (False, True):
        below = [record for record in records[named:] if any(field.strip() for field in record)]
        width = len(below[0]) if below else 0
        if width < 2 or any(len(record) != width for record in below):
            continue
        for place in range(width):
            marks = [_plain(record[place]) for record in below]
            found = _of(marks)
            if found is None or (named and _plain(records[0][place]) in found[0] | found[1]):
                continue
            others = [other for other in range(width) if other != place]
            text = max(others, key=lambda other: sum(len(record[other]) for record in below))
            first = [next(record[place] for record in below if _plain(record[place]) in side) for side in found]
            return Turns(place, text, frozenset(found[0]), named, (first[0].strip(), first[1].strip()))
    return None


def _of(marks: Sequence[str]) -> tuple[set[str], set[str]] | None:
    """Which marks ask and which answer, where nothing but these stand there and they come in turn."""
    for asks, answers in MARKS:
        there = {*marks}
        alike = len(there & asks) == len(there & answers) == 1
        if not alike or not there <= asks | answers | {""} or marks[0] not in asks:
            continue
        turns = [mark in asks for mark in marks if mark]
        changes = sum(one != other for one, other in itertools.pairwise(turns))
        if turns.count(True) >= FEWEST and changes >= 2 * FEWEST - 1 and turns.count(True) <= turns.count(False) + 1:
            return asks, answers
    return None


def pairs(records: Iterator[TableRecord], turns: Turns) -> Iterator[TableRecord]:
    """Questions with their answers, at the place of the question; damaged records as they are."""
    asked: TableRecord | None = None
    answers = False
    for record in records:
        if record.problem is not None:
            yield record
            continue
        if len(record.fields) <= max(turns.mark, turns.text):
            continue
        mark, text = _plain(record.fields[turns.mark]), record.fields[turns.text].strip()
        if mark in turns.asks:
            if asked is not None:
                yield asked
            asked, answers = TableRecord([text, ""], record.at), False
        elif asked is not None and text:
            answers = answers or bool(mark)
            asked.fields[answers] = "\n".join(filter(None, (asked.fields[answers], text)))
    if asked is not None:
        yield asked


def _plain(field: str) -> str:
    return AROUND.sub("", AROUND.sub("", field.strip().lower(), count=1))
