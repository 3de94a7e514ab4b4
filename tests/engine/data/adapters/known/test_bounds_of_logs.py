"""Logs and backups that are known by their columns: what each form is read as, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.data.adapters.known import chat_stores, eval_logs, hh_pairs, json_ld, openai_evals
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.sentences import Sentence

Q, A = {"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}


def read(function: Any, row: dict[str, Any]) -> dict[str, Any]:
    """What a row is read as, but for what most are."""
    usual = ParsedRow("", "", "chat")._asdict()
    return {name: value for name, value in function(row, {})._asdict().items() if value != usual[name]}


def looked(*pairs: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """At pairs of a preferred answer and another one to the same request."""
    return hh_pairs.look(
        iter(
            [
                {"chosen": f"Human: Who?\nAssistant: {one}", "rejected": f"Human: Who?\nAssistant: {other}"}
                for one, other in pairs
            ]
        )
    )


def backup(messages: list[dict[str, Any]], blocks: list[dict[str, Any]] | None = None) -> list[Any]:
    kept = {"topics": [{"id": "t", "messages": messages}], "message_blocks": blocks}
    return list(chat_stores.talks({"indexedDB": kept, "localStorage": {}}))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (openai_evals.fits, (frozenset(("item", "sample")),), True),
    (openai_evals.fits, (frozenset(("item", "colour")),), False),
    (openai_evals.fits, (frozenset(("item",)),), True),
    (openai_evals.fits, (frozenset(("item", "id")),), False),
    (openai_evals.fits, (frozenset(("item.question", "sample.output")),), True),
    (openai_evals.fits, (frozenset(("item.question", "colour")),), False),
    (openai_evals.unpack, ({"item": {"question": "Who?", "answer": "Me."}},), {"question": "Who?", "answer": "Me."}),
    (
        openai_evals.unpack,
        ({"item": {"question": "Who?"}, "sample": {"output_text": "Me."}, "results": [{"passed": True}]},),
        {"question": "Who?", "output": "Me."},
    ),
    (
        openai_evals.unpack,
        ({"item": {"question": "Who?"}, "sample": {"output": ["So.", "Me."]}, "results": [{"passed": True}]},),
        {"question": "Who?", "output": "Me."},
    ),
    (openai_evals.unpack, ({"item": {"colour": "red"}, "sample": {"output_text": "Me."}},), {"colour": "red"}),
    (openai_evals.unpack, ({"item.question": "Who?", "item.answer": "Me."},), {"question": "Who?", "answer": "Me."}),
    (
        eval_logs.sample,
        ({"input": "Who?", "target": "me", "scores": {"match": {"value": "C"}}, "messages": [Q, A]},),
        {
            "input": "Who?",
            "output": {"role": "assistant", "content": "Me."},
            "correct (match)": "correct",
            "answer": "me",
        },
    ),
    (
        eval_logs.sample,
        ({"input": "Who?", "target": "", "scores": {"match": {"value": "I"}}, "messages": [Q, A]},),
        {"input": "Who?", "output": {"role": "assistant", "content": "Me."}, "correct (match)": "incorrect"},
    ),
    (
        eval_logs.sample,
        ({"input": "Who?", "target": "me", "scores": None, "messages": [Q, A, Q, A]},),
        {
            "input": [
                {"role": "user", "content": "Who?"},
                {"role": "assistant", "content": "Me."},
                {"role": "user", "content": "Who?"},
            ],
            "output": {"role": "assistant", "content": "Me."},
            "answer": "me",
        },
    ),
    (
        eval_logs.sample,
        ({"input": [Q], "target": "B", "scores": {}, "choices": ["x", "y"]},),
        {"question": "Who?", "choices": ["x", "y"], "answer": "B"},
    ),
    (
        eval_logs.sample,
        (
            {
                "input": [Q],
                "target": "7",
                "scores": {},
                "messages": [Q, {"role": "assistant", "content": "So \\boxed{7}"}],
            },
        ),
        {"input": "Who?", "output": {"role": "assistant", "content": "So \\boxed{7}"}},
    ),
    (
        eval_logs.sample,
        ({"input": [Q, A], "target": "7", "scores": {}, "output": "x", "messages": [Q]},),
        {
            "input": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}],
            "output": "x",
            "answer": "7",
        },
    ),
    (eval_logs.holds_scores, ({"scores": {"a": {"value": 1}}},), True),
    (eval_logs.holds_scores, ({"scores": {"a": 1}},), False),
    (eval_logs.holds_scores, ({"scores": ""},), True),
    (eval_logs.holds_scores, ({"scores": 7},), False),
    (
        eval_logs.result,
        ({"prompt": {"raw": "Who?"}, "response": {"output": "Me."}, "success": True},),
        {"prompt": "Who?", "response": "Me."},
    ),
    (eval_logs.is_result, ({"prompt": "Who?", "response": {}},), True),
    (eval_logs.is_result, ({"prompt": "Who?", "response": "Me."},), False),
    (
        lambda answer: list(json_ld.rows({"@type": "Question", "name": "Who?", "acceptedAnswer": answer})),
        ([{"text": "Me."}, {"text": "You."}],),
        [{"question": "Who?", "answer": "Me."}],
    ),
    (hh_pairs.of_itself, ({hh_pairs.PLAIN: ("", ""), "a": ("", "")},), {"a": ("", "")}),
    (
        backup,
        ([{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}],),
        [{"topic": "t", "messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}]}],
    ),
    (
        backup,
        ([{"role": "user", "content": "Who?"}, {"type": "clear"}, {"role": "assistant", "content": "Me."}],),
        [
            {"topic": "t", "messages": [{"role": "user", "content": "Who?"}]},
            {"topic": "t", "messages": [{"role": "assistant", "content": "Me."}]},
        ],
    ),
    (
        backup,
        (
            [
                {"role": "user", "content": "Who?"},
                {"role": "assistant", "content": "Me.", "askId": 1},
                {"role": "assistant", "content": "You.", "askId": 1, "useful": True},
            ],
        ),
        [{"topic": "t", "messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "You."}]}],
    ),
    (
        backup,
        (
            [
                {"role": "user", "content": "Who?"},
                {"role": "assistant", "content": "Me.", "askId": 1},
                {"role": "assistant", "content": "You.", "askId": 1},
            ],
        ),
        [{"topic": "t", "messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}]}],
    ),
    (
        backup,
        ([{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me.", "status": "error"}],),
        [{"topic": "t", "messages": [{"role": "user", "content": "Who?"}]}],
    ),
    (
        backup,
        (
            [{"role": "assistant", "blocks": ["a", "b"]}],
            [{"id": "a", "type": "thinking", "content": "So."}, {"id": "b", "type": "main_text", "content": "Me."}],
        ),
        [{"topic": "t", "messages": [{"role": "assistant", "content": "<think>So.</think>Me."}]}],
    ),
    (
        backup,
        ([{"role": "assistant", "blocks": ["a"]}], [{"id": "a", "type": "image", "content": "So."}]),
        [
            {
                "topic": "t",
                "messages": [{"role": "assistant", "content": [{"type": "text", "text": ""}, {"type": "image"}]}],
            }
        ],
    ),
    (chat_stores.is_backup, ({"indexedDB": {"topics": []}, "localStorage": {}},), True),
    (chat_stores.is_backup, ({"indexedDB": {"topics": []}},), False),
    (
        read,
        (chat_stores.anythingllm, {"prompt": "Who?", "response": "Me.", "rating": "GOOD"}),
        {"prompt": "Who?", "response": "Me."},
    ),
    (looked, (("Me.", "You."),), {"no answer refuses": ("", "")}),
    (looked, (("I can't help with that.", "You."),), {"refusals are learnt": ("", "")}),
    (
        looked,
        (*[("I can't help with that.", "You.")] * 3,),
        {"refused is what is harmful, the rest is learnt": ("", "")},
    ),
    (
        looked,
        (*[("I can't help with that.", "You.")] * 3, *[("Me.", "You.")] * 9),
        {"refused is what is harmful, the rest is learnt": ("", "")},
    ),
    (looked, (*[("I can't help with that.", "You.")] * 3, *[("Me.", "You.")] * 10), {"refusals are learnt": ("", "")}),
    (looked, (("I can't help with that.", "You."), *[("Me.", "You.")] * 9), {}),
    (looked, (("I can't help with that.", "You."), *[("Me.", "You.")] * 10), {}),
    (looked, (("Me.", "I can't help with that."),), {}),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_a_log_or_a_backup_is_read_as(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


REFUSED: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (
        openai_evals.unpack,
        (
            {
                "item": {"question": "Who?"},
                "sample": {"output_text": "Me."},
                "results": [{"passed": True}, {"passed": False}],
            },
        ),
        Sentence(code="data.no_gold_answer", args={}),
    ),
    (
        openai_evals.unpack,
        ({"item": {"question": "Who?"}, "sample": {"output_text": "Me."}},),
        Sentence(code="data.no_gold_answer", args={}),
    ),
    (
        eval_logs.result,
        ({"prompt": "Who?", "response": {"output": "Me."}, "success": False},),
        Sentence(code="data.labelled_bad_by", args={"column": "success", "value": "false"}),
    ),
    (
        eval_logs.result,
        ({"prompt": "Who?", "response": {"output": ""}, "success": True},),
        Sentence(code="data.unanswered", args={}),
    ),
    (
        eval_logs.result,
        ({"prompt": "Who?", "response": {"output": "Me."}, "success": True, "gradingResult": {"pass": False}},),
        Sentence(code="data.labelled_bad_by", args={"column": "gradingResult.pass", "value": "false"}),
    ),
    (
        read,
        (chat_stores.anythingllm, {"prompt": "Who?", "response": "Me.", "rating": "BAD"}),
        Sentence(code="data.labelled_bad_by", args={"column": "rating", "value": "BAD"}),
    ),
    (
        read,
        (chat_stores.anythingllm, {"prompt": "Who?", "response": "Me.", "attachments": ["x"]}),
        Sentence(code="data.needs_media", args={}),
    ),
]


@pytest.mark.parametrize(("function", "given", "why"), REFUSED)
def test_what_it_refuses_and_why(function: Callable[..., Any], given: tuple[Any, ...], why: object) -> None:
    with pytest.raises(Skip) as refused:
        function(*given)
    assert refused.value.reason == why
