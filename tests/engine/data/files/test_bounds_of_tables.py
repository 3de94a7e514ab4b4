"""Tables of which a text may consist, each a few words long: the rows that come of them, and what is said."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from so8t_engine.data.files import csv_rows, markdown_tables, quiz_texts
from so8t_engine.data.files.csv_rows import LOOKED_FOR
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.files.table_head import Form
from so8t_engine.sentences import Sentence


def told(rows: Iterable[Any]) -> list[Any]:
    """Rows as their number and text, bad ones as their number, where they stand, and why."""
    return [
        (one.number, one.text) if isinstance(one, RawRow) else (one.number, f"{one.unit} {one.at}", one.reason.code)
        for one in rows
    ]


def table(text: str, skip: int = 0, form: Form = LOOKED_FOR, limit: int = 10_000) -> tuple[list[Any], list[str]]:
    notices: list[Sentence] = []
    return told(csv_rows.csv_rows(io.BytesIO(text.encode()), limit, skip, form, notices.append)), [
        said.code for said in notices
    ]


def markdown(text: str, skip: int = 0, form: Form = LOOKED_FOR, limit: int = 10_000) -> tuple[list[Any], list[str]]:
    notices: list[Sentence] = []
    return told(markdown_tables.rows(io.BytesIO(text.encode()), limit, skip, form, notices.append)), [
        said.code for said in notices
    ]


def aiken(text: str, skip: int = 0, limit: int = 10_000) -> list[Any]:
    return told(quiz_texts.aiken_rows(io.BytesIO(text.encode()), limit, skip))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (
        table,
        ("question,answer\nWho?,Me\nWhy?,So\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (table, ("question,answer\nWho?,Me\nWhy?,So\n", 1), ([(2, '{"question":"Why?","answer":"So"}')], [])),
    (
        table,
        ("question;answer\nWho?;Me\nWhy?;So\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("question\tanswer\nWho?\tMe\nWhy?\tSo\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("question|answer\nWho?|Me\nWhy?|So\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("question,answer\nWho?;x,Me;y\nWhy?;x,So;y\n",),
        ([(1, '{"question":"Who?;x","answer":"Me;y"}'), (2, '{"question":"Why?;x","answer":"So;y"}')], []),
    ),
    (
        table,
        ("question;answer\nWho?;Me\nWhy?;So\n", 0, Form(delimiter=",")),
        ([(1, '{"question;answer":"Who?;Me"}'), (2, '{"question;answer":"Why?;So"}')], []),
    ),
    (
        table,
        ("sep=;\nquestion;answer\nWho?;Me\n",),
        ([(1, '{"question":"Who?","answer":"Me"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("#separator:tab\n#html:true\nWho?\tMe\n",),
        ([(1, '{"column1":"Who?","column2":"Me"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("#separator:Semicolon\n#columns:question;answer\nWho?;Me\n",),
        ([(1, '{"question":"Who?","answer":"Me"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("#separator:tab\n#columns:q\ta\tx\n#tags column:3\nWho?\tMe\teasy\n",),
        ([(1, '{"q":"Who?","a":"Me","tags":"easy"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("#separator:Semicolon\n#columns:question;answer\nquestion;answer\nWho?;Me\n",),
        ([(1, '{"question":"Who?","answer":"Me"}')], ["data.separated_by"]),
    ),
    (
        table,
        ("#separator:comma\n#tags column:3\nWho?,Me,easy\n",),
        ([(1, '{"column1":"Who?","column2":"Me","tags":"easy"}')], []),
    ),
    (
        table,
        ("#separator:x\n#html:true\nWho?xMe\n",),
        ([(1, '{"column1":"Who?","column2":"Me"}')], ["data.separated_by"]),
    ),
    (table, ("#separator:blue\n#html:true\nWho?,Me\n",), ([(1, '{"column1":"Who?","column2":"Me"}')], [])),
    (table, ("",), ([], [])),
    (table, ("question,answer\n",), ([], [])),
    (
        table,
        ("question,answer\nWho?\nWhy?,So\n",),
        ([(1, "line 2", "data.wrong_fields"), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("question,answer\nWho?,Me,Too\nWhy?,So\n",),
        ([(1, "line 2", "data.wrong_fields"), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ('question,answer\n"Who?,Me\nWhy?,So\n',),
        ([(1, "line 2", "data.open_quote"), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ('question,answer\n"Who\nelse?",Me\nWhy?,So\n',),
        ([(1, '{"question":"Who\\nelse?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("question,answer\nWho?,Me\n\nWhy?,So\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("question,answer\rWho?,Me\rWhy?,So\r",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("question,answer\rWho?,Me\rWhy?,So",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("question,answer\nWho?,Me\nquestion,answer\nWhy?,So\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("Who?,Me\nWhy?,So\n", 0, Form(header=False)),
        ([(1, '{"column1":"Who?","column2":"Me"}'), (2, '{"column1":"Why?","column2":"So"}')], []),
    ),
    (
        table,
        ("Who?,Me\nWhy?,So\n", 0, Form(header=("question", "answer"))),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        table,
        ("My cards,\nquestion,answer\nWho?,Me\nWhy?,So\n",),
        (
            [(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')],
            ["data.title_passed_over"],
        ),
    ),
    (
        table,
        ("question,answer\nWho?,Me\n〃,You\nsame as above,Both\n",),
        (
            [
                (1, '{"question":"Who?","answer":"Me"}'),
                (2, '{"question":"Who?","answer":"You"}'),
                (3, '{"question":"Who?","answer":"Both"}'),
            ],
            ["data.as_above"],
        ),
    ),
    (
        table,
        ("question,answer\nWho?,Me\n,You\n,Both\nWhy?,So\n,As it is\n",),
        (
            [
                (1, '{"question":"Who?","answer":"Me"}'),
                (2, '{"question":"Who?","answer":"You"}'),
                (3, '{"question":"Who?","answer":"Both"}'),
                (4, '{"question":"Why?","answer":"So"}'),
                (5, '{"question":"Why?","answer":"As it is"}'),
            ],
            ["data.merged_cells"],
        ),
    ),
    (
        table,
        ("question,answer\nWho?,Me\n,You\nWhy?,So\n",),
        (
            [
                (1, '{"question":"Who?","answer":"Me"}'),
                (2, '{"question":"","answer":"You"}'),
                (3, '{"question":"Why?","answer":"So"}'),
            ],
            ["data.questions_missing"],
        ),
    ),
    (
        table,
        ("question,answer\n,Me\nWho?,You\n",),
        ([(1, '{"question":"","answer":"Me"}'), (2, '{"question":"Who?","answer":"You"}')], ["data.questions_missing"]),
    ),
    (
        table,
        ("mark,text\nQ,Who?\nA,Me\nQ,Why?\nA,So\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], ["data.rows_in_turn"]),
    ),
    (
        table,
        ("Q,Who?\nA,Me\nA,too\nQ,Why?\nA,So\n",),
        (
            [(1, '{"question":"Who?","answer":"Me\\ntoo"}'), (2, '{"question":"Why?","answer":"So"}')],
            ["data.rows_in_turn"],
        ),
    ),
    (
        table,
        ("Q1.,Who?\nA1.,Me\n,too\nQ2.,Why?\nA2.,So\n",),
        (
            [(1, '{"question":"Who?","answer":"Me\\ntoo"}'), (2, '{"question":"Why?","answer":"So"}')],
            ["data.rows_in_turn"],
        ),
    ),
    (table, ("Q,Who?\nA,Me\n",), ([(1, '{"Q":"A","Who?":"Me"}')], [])),
    (table, ("A,Me\nQ,Who?\nA,Me\nQ,Why?\n",), ([(1, '{"A":"Q","Me":"Who?"}'), (2, '{"A":"Q","Me":"Why?"}')], [])),
    (
        table,
        ("question1,answer1,question2,answer2\nWho?,Me,Why?,So\nWhen?,Now,,\n",),
        (
            [
                (1, '{"question":"Who?","answer":"Me"}'),
                (2, '{"question":"Why?","answer":"So"}'),
                (3, '{"question":"When?","answer":"Now"}'),
            ],
            ["data.pairs_in_rows"],
        ),
    ),
    (
        table,
        ("question1,answer1,question2,answer2\nWho?,Me,Why?,So\nWhen?,Now,,\n", 1),
        (
            [(2, '{"question":"Why?","answer":"So"}'), (3, '{"question":"When?","answer":"Now"}')],
            ["data.pairs_in_rows"],
        ),
    ),
    (
        table,
        ("question,answer,topic\nWho?,Me,people\n\nword,meaning\nhen,bird\n",),
        ([(1, '{"question":"Who?","answer":"Me","topic":"people"}')], ["data.table_below"]),
    ),
    (
        table,
        ("question,answer\nWho?,Me\n\nprompt,response\nWhy?,So\n",),
        (
            [(1, '{"question":"Who?","answer":"Me"}'), (3, '{"prompt":"Why?","response":"So"}')],
            ["data.table_below_read"],
        ),
    ),
    (
        table,
        ("question,A,B,C,answer\nWho?,x,y,z,B\n",),
        ([(1, '{"question":"Who?","A":"x","B":"y","C":"z","answer":"B"}')], []),
    ),
    (
        table,
        ("Who is it?,x,y,z,B\nWhy is it?,x,y,z,C\n",),
        (
            [
                (1, '{"question":"Who is it?","A":"x","B":"y","C":"z","answer":"B"}'),
                (2, '{"question":"Why is it?","A":"x","B":"y","C":"z","answer":"C"}'),
            ],
            ["data.options_without_names"],
        ),
    ),
    (
        table,
        ("question,answer\nWho?," + "y" * 60 + "\nWhy?,So\n", 0, LOOKED_FOR, 50),
        ([(1, "line 2", "data.too_long"), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        markdown,
        ("| question | answer |\n| --- | --- |\n| Who? | Me |\n| Why? | So |\n",),
        ([(1, '{"question":"Who?","answer":"Me"}'), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (
        markdown,
        ("| question | answer |\n| --- | --- |\n| Who? | Me |\n| Why? | So |\n", 1),
        ([(2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (markdown, ("question | answer\n--- | ---\nWho? | Me\n",), ([(1, '{"question":"Who?","answer":"Me"}')], [])),
    (
        markdown,
        ("| question | answer |\n| --- | --- |\n| Who? |\n| Why? | a \\| b<br>c |\n",),
        ([(1, '{"question":"Who?","answer":""}'), (2, '{"question":"Why?","answer":"a | b\\nc"}')], []),
    ),
    (
        markdown,
        ("| question | answer |\n| --- | --- |\n| Who? | Me | too |\n",),
        ([(1, "line 3", "data.wrong_fields")], []),
    ),
    (markdown, ("```\n| question | answer |\n| --- | --- |\n| Who? | Me |\n```\n",), ([], [])),
    (
        markdown,
        ("| a | b |\n| --- | --- |\n| 1 | 2 |\n\n| question | answer |\n| --- | --- |\n| Who? | Me |\n",),
        ([(1, '{"question":"Who?","answer":"Me"}')], ["data.tables_passed_over"]),
    ),
    (
        markdown,
        ("| a | b |\n| --- | --- |\n| 1 | 2 |\n\n| c | d |\n| --- | --- |\n| 3 | 4 |\n",),
        ([(1, '{"a":"1","b":"2"}')], ["data.tables_passed_over"]),
    ),
    (
        markdown,
        ("| a | b |\n| --- | --- |\n| 1 | 2 |\n\n| c | d |\n| --- | --- |\n| 3 | 4 |\n", 0, Form(asked=("c", "d"))),
        ([(1, '{"c":"3","d":"4"}')], ["data.tables_passed_over"]),
    ),
    (
        markdown,
        ("| q | a |\n| --- | --- |\n| Who? | Me |\n\n+\n\n| q | a |\n| --- | --- |\n| b | c |\n",),
        ([(1, '{"q":"Who?","a":"Me"}'), (2, '{"q":"b","a":"c"}')], []),
    ),
    (
        markdown,
        ("| **question** | |\n| --- | --- |\n| Who? | Me |\n",),
        ([(1, '{"question":"Who?","column2":"Me"}')], []),
    ),
    (markdown, ("| question | answer |\n| --- |\n| Who? | Me |\n",), ([], [])),
    (markdown, ("    | question | answer |\n    | --- | --- |\n",), ([], [])),
    (
        markdown,
        ("| question | answer |\n| --- | --- |\n| Who? | " + "y" * 60 + " |\n| Why? | So |\n", 0, LOOKED_FOR, 50),
        ([(1, "line 3", "data.too_long"), (2, '{"question":"Why?","answer":"So"}')], []),
    ),
    (markdown_tables.is_one, ("| a | b |\n| --- | --- |\n",), True),
    (markdown_tables.is_one, ("| a | b |\n",), False),
    (
        aiken,
        ("Who?\nA. Me\nB. You\nANSWER: B\n\nWhy?\nA) So\nB) Not\nANSWER: a\n",),
        [
            (1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}'),
            (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}'),
        ],
    ),
    (
        aiken,
        ("Who?\nA. Me\nB. You\nANSWER: B\n\nWhy?\nA) So\nB) Not\nANSWER: a\n", 1),
        [(2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}')],
    ),
    (
        aiken,
        ("Who\nis it?\nA. Me\nand\nB. You\nANSWER: B\nfeedback: As you are.\n",),
        [(1, '{"question":"Who\\nis it?","A":"Me\\nand","B":"You","answer":"B","explanation":"As you are."}')],
    ),
    (
        aiken,
        ("Who?\nA. Me\nB. You\n\nWhy?\nA. So\nB. Not\nANSWER: A\n",),
        [(1, "line 3", "data.no_right_option"), (2, '{"question":"Why?","A":"So","B":"Not","answer":"A"}')],
    ),
    (aiken, ("Who?\nA. Me\nB. You\nANSWER: C\n",), [(1, "line 4", "data.no_right_option")]),
    (aiken, ("Who?\nA. Me\n\nB. You\nANSWER: B\n",), [(1, '{"question":"Who?","A":"Me","B":"You","answer":"B"}')]),
    (aiken, ("Who?\nA. Me\nC. You\nANSWER: A\n",), [(1, '{"question":"Who?","A":"Me\\nC. You","answer":"A"}')]),
    (
        aiken,
        ("Who?\n" + "y" * 60 + "\nA. Me\nB. You\nANSWER: A\n", 0, 50),
        [(1, "line 2", "data.too_long"), (2, '{"question":"Who?","A":"Me","B":"You","answer":"A"}')],
    ),
    (aiken, ("Who?\nANSWER: A\n",), []),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_comes_of_a_small_table(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
