"""Of pairs in the form of hh-rlhf no answer is learnt that may comply with a harmful request; the reason is true."""

from __future__ import annotations

import gzip
import json

import pytest

from helpers.rows import of_source
from helpers.sessions import shared
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.known import hh_pairs
from so8t_engine.data.adapters.parsed_row import Fields, ParsedRow, Skip
from so8t_engine.data.texts import refusals

REFUSAL = "I can't help with that."
NO_REASON, COMPLIES = drop_reasons.BARE_REFUSAL, drop_reasons.MAY_COMPLY


def pair(chosen: str, rejected: str = "Bad words.") -> Fields:
    return {
        name: f"\n\nHuman: Tell me.\n\nAssistant: {text}" for name, text in (("chosen", chosen), ("rejected", rejected))
    }


def learnt(rows: list[Fields]) -> list[object]:
    """Of each row the answer that is learnt, or why there is none."""
    read = of_source(rows)
    return [one if not isinstance(one, ParsedRow) else one.bad_answer or one.response.strip() for one in read]


def test_of_hh_rlhf_only_requests_that_were_really_refused_are_taken_and_no_answer_is_learnt() -> None:
    row = {
        "chosen": "\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: How do I steal?\n\nAssistant: I’m sorry, I can’t help.",
        "rejected": "\n\nHuman: Hi\n\nAssistant: Sure.",
    }
    result = hh_pairs.hh_rlhf(row, {})

    assert result.prompt == "User: Hi\n\nAssistant: Hello.\n\nUser: How do I steal?"
    assert (result.response.strip(), result.safety, result.bad_answer) == (
        "I’m sorry, I can’t help.",
        "unsafe",
        NO_REASON,
    )
    with pytest.raises(Skip, match="nothing says whether the request was harmful"):
        hh_pairs.hh_rlhf({**row, "chosen": "\n\nHuman: Why?\n\nAssistant: Because."}, {})


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([pair(REFUSAL)], [REFUSAL]),
        ([pair("Mercury", "Venus")], ["Mercury"]),  # nobody refuses anything
        ([pair(REFUSAL), pair("4"), pair("Soup")], [REFUSAL, COMPLIES, COMPLIES]),
        ([pair(REFUSAL)] + 10 * [pair("4")], [NO_REASON] + 10 * [COMPLIES]),  # as in hh-rlhf
        (3 * [pair(REFUSAL)] + 9 * [pair("4")], 3 * [REFUSAL] + 9 * ["4"]),
        (3 * [pair(REFUSAL)] + 10 * [pair("4")], 3 * [REFUSAL] + 10 * [COMPLIES]),
        (2 * [pair(REFUSAL)] + [pair("4")], 2 * [REFUSAL] + [COMPLIES]),
        (3 * [pair(REFUSAL)] + [pair("4", REFUSAL)], 3 * [REFUSAL] + [COMPLIES]),  # somebody refuses that
        ([pair("4", REFUSAL), pair("5")], [COMPLIES, COMPLIES]),
    ],
)  # fmt: skip
def test_what_is_preferred_is_learnt_where_so_many_refuse_as_never_in_hh_rlhf(
    rows: list[Fields], read: list[object]
) -> None:
    assert learnt(rows) == read


def test_the_requests_that_are_refused_are_the_unsafe_ones() -> None:
    read = of_source([*3 * [pair(REFUSAL)], pair("4")])
    assert [(one.category, one.safety) for one in read if isinstance(one, ParsedRow)] == [
        *3 * [("safety", "unsafe")],
        ("chat", None),
    ]


def test_turns_on_lines_of_their_own_are_turns_too() -> None:
    rows = [
        {"chosen": f"Human: What?\nAssistant: {one}", "rejected": "Human: What?\nAssistant: Sure."}
        for one in [*3 * [REFUSAL], "Note:\nHuman beings.", "4"]
    ]
    assert learnt(rows) == [*3 * [REFUSAL], "Note:\nHuman beings.", "4"]
    within = {"chosen": "\n\nHuman: What?\n\nAssistant: A\nHuman: is not a turn", "rejected": "\n\nHuman: x"}
    assert learnt([within]) == ["A\nHuman: is not a turn"]


def test_a_line_is_told_that_learns_what_is_left_out() -> None:
    rows = [pair(REFUSAL), pair("4")]
    ours = Dataset(name="x", path="x.jsonl", source="local")
    index = hh_pairs.look(iter(rows))
    [said] = hh_pairs.untold(ours, rows, index)
    assert (said.args["count"], said.args["line"]) == (1, "columns: {messages: chosen}")
    told = ours.model_validate(ours.model_dump() | {"columns": {"messages": "chosen"}})
    adapter = choose_adapter.choose(told, rows[1])
    assert adapter is not None and adapter.adapt(rows[1], {}).response == "4"
    assert not hh_pairs.untold(told, rows, index)
    assert not hh_pairs.untold(ours.model_copy(update={"adapter": "hh_rlhf"}), rows, index)
    assert not hh_pairs.untold(ours, [{"question": "a", "answer": "b"}], {})


def test_no_stretch_of_the_real_hh_rlhf_is_taken_for_pairs_that_may_be_learnt() -> None:
    with gzip.open(shared("hh-rlhf", "harmless-base-test.jsonl.gz"), "rt") as file:
        rows = [json.loads(line) for line in file]
    assert hh_pairs.look(iter(rows)) == {} == hh_pairs.look(iter([*rows[:400], {"chosen": None, "rejected": 3}]))
    stretches = [hh_pairs.look(iter(rows[start : start + 40])) for start in range(0, len(rows), 40)]
    assert not any(hh_pairs.LEARNT in found for found in stretches)


def test_that_no_answer_refuses_is_told_with_the_line_that_leaves_all_out() -> None:
    rows, dataset = [pair("Take a pipe."), pair("4")], Dataset(name="x", path="x.jsonl", source="local")
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    [said] = hh_pairs.untold(dataset, rows, index)
    assert said.code == "data.none_refuses" and "`adapter: hh_rlhf` leaves them out" in str(said)
    assert of_source(rows, adapter="hh_rlhf") == [COMPLIES, COMPLIES]


@pytest.mark.parametrize(
    ("asked", "answer", "is_one"),
    [
        ("How do I make a bomb?", "No.", True),
        ("I hate him. Tell me how to steal his car.", "no", True),
        ("Can you help me break in?", "No!", True),
        ("爆弾の作り方を教えてください。", "いいえ。", True),
        ("Is the sky green?", "No.", False),
        ("What he says: is it true?", "No.", False),
        ("空は緑ですか。", "いいえ。", False),
        ("How do I make a bomb?", "No problem.", False),
    ],
)
def test_nothing_but_a_no_refuses_what_cannot_be_answered_so(asked: str, answer: str, is_one: bool) -> None:
    assert refusals.declines(asked, answer) is is_one
    assert not refusals.refuses(answer)


@pytest.mark.parametrize("answer", ["No.", "いいえ。", "Nein.", "不行。"])
def test_nothing_but_a_no_refuses_what_is_called_harmful(answer: str) -> None:
    [read] = of_source([{"prompt": "Is it hard to steal?", "response": answer, "prompt_harm_label": "harmful"}])
    assert isinstance(read, ParsedRow) and read.response == answer and read.bad_answer is None
