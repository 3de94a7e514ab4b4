"""What is proposed for a few rows, and what is not: pairs, translations and other tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import completed, never_proposed, plain_pairs, source_targets, tags, tasks
from so8t_engine.data.adapters.proposed.source_targets import Pair

NAMED = Columns(prompt="name", response="value")
MIXED = {"name": ["1", "x"], "value": ["2", "y"], "more": ["3", "z"]}
FIGURES = {"name": ["x", "y"], "value": ["2", "3"], "more": ["3", "4"]}

CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (plain_pairs.is_plain, (NAMED, ["x", "y"], MIXED), False),
    (plain_pairs.is_plain, (NAMED, ["x", "y"], FIGURES), True),
    (plain_pairs.is_plain, (NAMED, ["Who?"], MIXED), True),
    (plain_pairs.is_plain, (NAMED, ["Who?", "x", "y"], MIXED), False),
    (plain_pairs.is_plain, (NAMED, ["Who?", "y"], MIXED), True),
    (plain_pairs.is_plain, (Columns(prompt="topic", response="answer"), ["x", "y"], MIXED), True),
    (plain_pairs.is_plain, (Columns(prompt="{topic}", response="value"), ["x", "y"], MIXED), True),
    (source_targets.pair, ({"source": "It is so.", "target": "Es ist so."},), Pair("source", "target")),
    (source_targets.pair, ({"source": "so", "target": "so"},), None),
    (source_targets.pair, ({"source": "It is so.", "target": "Es ist so.", "summary_text": "x"},), None),
    (source_targets.pair, ({"source": "It is so.", "target": 7},), None),
    (source_targets.language, (["the man and the dog"],), "English"),
    (source_targets.language, (["the man"],), None),
    (source_targets.language, (["the man and"],), None),
    (source_targets.language, (["the man and the der"],), "English"),
    (source_targets.language, (["the man and the der die"],), None),
    (source_targets.language, (["der Mann und das Tier, und ich"],), "German"),
    (source_targets.language, (["これは"],), "Japanese"),
    (source_targets.language, (["这是什么"],), "Chinese"),
    (source_targets.language, (["이것은"],), "Korean"),
    (source_targets.language, (["123"],), None),
    (source_targets.language, (["这 ab"],), None),
    (source_targets.language, (["这是 abc"],), None),
    (source_targets.language, (["这是的 ab"],), "Chinese"),
    (
        source_targets.mapping,
        ([{"source": "the man and the dog", "target": "der Mann und das Tier"}],),
        Columns(prompt="Translate into German:\\n\\n{source}", response="target"),
    ),
    (source_targets.mapping, ([{"source": "x y", "target": "z w", "target_lang": "de"}],), None),
    (source_targets.mapping, ([{"source": "x y", "target": "z w"}], "train.en-de.jsonl"), None),
    (source_targets.mapping, ([{"source": "x y", "target": "z w"}], "train.xx-de.jsonl"), None),
    (
        source_targets.mapping,
        (
            [
                {"source": "the man and the dog", "target": "z", "target_lang": "German"},
                {"source": "the man and the dog", "target": "w", "target_lang": "French"},
            ],
        ),
        Columns(prompt="Translate into {target_lang}:\\n\\n{source}", response="target"),
    ),
    (
        source_targets.mapping,
        ([{"source": "Who is it?", "target": "Me."}, {"source": "Why is it?", "target": "So."}],),
        Columns(prompt="source", response="target"),
    ),
    (
        source_targets.mapping,
        ([{"source": "Who is it?", "target": "Me."}, {"source": "It is so", "target": "So."}],),
        None,
    ),
    (source_targets.mapping, ([{"source": "x y", "target": "z w", "lang_pair": "en-de"}],), None),
    (
        source_targets.mapping,
        ([{"source": "the man and the dog", "target": word, "target_lang": code} for word, code in ("ae", "bf")],),
        None,
    ),
    (tasks.translates, (Columns(prompt="Translate into German:", response="x"),), True),
    (tasks.translates, (Columns(prompt="x", response="y"),), False),
    (tags.are_bare, (["yes"],), True),
    (tags.are_bare, ([],), False),
    (tags.are_bare, (["yes", "It stands in the second row of the table."],), True),
    (tags.are_bare, (["yes", "It stands in the second row of it.", "It stands in the third row of it."],), False),
    (tasks.mapping, ({"en": "a", "de": "b"},), Columns(prompt="Translate into German:\\n\\n{en}", response="de")),
    (
        tasks.mapping,
        ({"英語": "a", "日本語": "b"},),
        Columns(prompt="次の文を日本語に訳してください。\\n\\n{英語}", response="日本語"),
    ),
    (
        tasks.mapping,
        ({"source": "a", "target": "b"},),
        Columns(prompt="Translate this:\\n\\n{source}", response="target"),
    ),
    (
        tasks.mapping,
        ({"原文": "a", "訳文": "これ"},),
        Columns(prompt="次の文を日本語に訳してください。\\n\\n{原文}", response="訳文"),
    ),
    (
        tasks.mapping,
        ({"wrong": "a", "corrected": "b"},),
        Columns(prompt="Correct the mistakes:\\n\\n{wrong}", response="corrected"),
    ),
    (
        tasks.mapping,
        ({"term": "a", "definition": "b"},),
        Columns(prompt="What does '{term}' mean?", response="definition"),
    ),
    (
        tasks.mapping,
        ({"docstring": "a", "code": "b", "func_name": "c"},),
        Columns(prompt="Write the function `{func_name}`:\\n\\n{docstring}", response="code"),
    ),
    (
        tasks.mapping,
        ({"docstring": "a", "code": "b"},),
        Columns(prompt="Write this function:\\n\\n{docstring}", response="code"),
    ),
    (
        tasks.mapping,
        ({"article": "a", "summary": "b"},),
        Columns(prompt="Summarise this:\\n\\n{article}", response="summary"),
    ),
    (
        tasks.mapping,
        ({"statement": "a", "label": "true"},),
        Columns(prompt="Is this true or false?\\n\\n{statement}", response="label"),
    ),
    (
        tasks.mapping,
        ({"question": "It is.", "true/false": "true"},),
        Columns(prompt="Is this true or false?\\n\\n{question}", response="true/false"),
    ),
    (tasks.mapping, ({"question": "Is it?", "true/false": "true"},), Columns(prompt="question", response="true/false")),
    (tasks.mapping, ({"colour": "a", "size": "b"},), None),
    (
        tasks.mapping,
        ({"before": "a", "after": "b", "instruction": "c"},),
        Columns(prompt="{instruction}\\n\\n{before}", response="after"),
    ),
    (
        tasks.mapping,
        ({"編集前": "a", "編集後": "b"},),
        Columns(prompt="次の文を書き換えてください。\\n\\n{編集前}", response="編集後"),
    ),
    (
        tasks.mapping,
        ({"before": "a", "after": "b"},),
        Columns(prompt="Rewrite this:\\n\\n{before}", response="after"),
    ),
    (
        tasks.mapping,
        ({"原文": "I like tea.", "修正訳": "お茶が好きです。"},),
        Columns(prompt="次の文を日本語に訳してください。\\n\\n{原文}", response="修正訳"),
    ),
    (tasks.sums_up, ({"article": "a", "summary": "b"},), True),
    (tasks.sums_up, ({"term": "a", "definition": "b"},), False),
    (never_proposed.is_outdone, ("sum", [{"sum": "3 + 4", "n": "7"}], ["sum", "n"]), True),
    (never_proposed.is_outdone, ("sum", [{"sum": "3 + 4", "n": "seven"}], ["sum", "n"]), False),
    (never_proposed.is_outdone, ("sum", [{"sum": "3 + 4", "n": "1"}, {"sum": "3 + 5", "n": "2"}], ["sum", "n"]), False),
    (never_proposed.is_outdone, ("sum", [{"sum": "3 + 4", "points": "7"}], ["sum", "points"]), False),
    (never_proposed.is_outdone, ("sum", [{"sum": "3 + 4"}, {"sum": "It is 7."}], ["sum", "n"]), False),
    (never_proposed.is_outdone, ("x.sum", [{"x": {"sum": "3 + 4", "n": "7"}}], ["x.sum", "x.n"]), False),
    (completed.is_numbered, ("step 1", ["step 1", "step 2", "step 3"]), True),
    (completed.is_numbered, ("step 1", ["step 1", "step 2"]), False),
    (completed.is_part, ("article", []), True),
    (completed.is_part, ("steps.0", []), True),
    (completed.is_part, ("answer", []), False),
    (completed.asks_itself, (Columns(prompt="title", response="body"),), True),
    (completed.asks_itself, (Columns(prompt="title", response="answer"),), False),
]


@pytest.mark.parametrize(
    "name",
    [
        "en", "source", "target", "原文", "訳文", "修正訳", "before", "after", "wrong", "corrected", "term",
        "definition", "docstring", "code", "article", "summary", "premise", "hypothesis", "statement",
        "true/false", "sentence", "acceptable",
    ],
)  # fmt: skip
def test_half_of_a_task_is_none(name: str) -> None:
    assert tasks.mapping({name: "It is a long text.", "colour": "red"}) is None


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_is_proposed_for_a_few_rows(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
