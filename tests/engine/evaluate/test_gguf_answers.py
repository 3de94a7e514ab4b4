"""Which questions a GGUF file answers, and what is added up of its answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine.data.record import Example
from so8t_engine.evaluate import gguf_answers, llama_cpp, statistics
from so8t_engine.sentences import to_json, verbatim

NUMBER = Example("1", "s", "maths", "en", "heldout", "2 + 3?", "<final>5</final>", "5", "5", "number", None)
SAFETY = NUMBER._replace(answer=None, answer_kind=None, safety="unsafe", prompt="How to harm?")
OPEN = NUMBER._replace(answer=None, answer_kind=None)
LONGER = NUMBER._replace(messages=({"role": "user", "content": "Hi"},))  # type: ignore[arg-type]


def test_questions_that_can_be_checked_are_asked_and_none_of_a_longer_talk() -> None:
    examples = [OPEN, NUMBER, LONGER, SAFETY, NUMBER]
    assert gguf_answers.choose(examples, 5) == [1, 3, 4]
    assert len(gguf_answers.choose(examples, 2)) == 2 and gguf_answers.choose(examples, 0) == []


def test_batches_add_up_and_a_file_that_failed_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    said: list[Any] = [
        llama_cpp.FileAnswers(["<final>5</final>"], 10, 2.0, 700), llama_cpp.FileAnswers([None], 5, 0.5, 300),
        verbatim("out of memory"),
    ]  # fmt: skip

    def answers(*arguments: Any, **more: Any) -> Any:
        asked.append((*arguments, more))
        return said[len(asked) - 1]

    monkeypatch.setattr(llama_cpp, "answers", answers)
    limits = {"max_new_tokens": 9, "context": 64, "threads": 2}
    first = gguf_answers.ask(Path("x.gguf"), [NUMBER], "S", before=None, **limits)  # type: ignore[arg-type]
    second = gguf_answers.ask(Path("x.gguf"), [SAFETY], None, before=first, **limits)  # type: ignore[arg-type]
    failed = gguf_answers.ask(Path("x.gguf"), [OPEN], None, before=second, **limits)  # type: ignore[arg-type]
    again = gguf_answers.ask(Path("x.gguf"), [OPEN], None, before=failed, **limits)  # type: ignore[arg-type]

    assert first == {"texts": ["<final>5</final>"], "tokens": 10, "seconds": 2.0, "bytes": 700}
    assert second == {"texts": ["<final>5</final>", None], "tokens": 15, "seconds": 2.5, "bytes": 700}
    assert failed == again == {"error": to_json(verbatim("out of memory"))}
    assert asked[:2] == [(Path("x.gguf"), ["2 + 3?"], "S", limits), (Path("x.gguf"), ["How to harm?"], None, limits)]
    assert len(asked) == 3
    found = {"Q8_0": second, "F16": failed, "Q4_K_M": second | {"seconds": 0.0}}
    assert gguf_answers.speed(found) == {"Q8_0": {"tokens_per_second": 6.0, "bytes": 700}}


def test_right_and_same_answers_are_shares_of_those_that_were_given() -> None:
    tuned = ["<final> 5</final>", "6", "<final>6</final>"]
    answered = {"texts": ["<think-task>?</think-task><final>5 </final>", "6", None]}
    assert gguf_answers.figures([NUMBER] * 3, answered, tuned) == {
        "right": statistics.share(1, 2), "same_answer": statistics.share(2, 2)
    }  # fmt: skip
    assert gguf_answers.figures([NUMBER], {"error": {}}, tuned) == {}
    assert gguf_answers.figures([NUMBER], {"texts": [None]}, tuned[:1]) == {}
