"""A teacher on this machine: what it is asked, which questions fit, and where a reply ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from so8t_engine.config.teaching import Teaching
from so8t_engine.data.record import Record
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.errors import EngineError
from so8t_engine.model import generate, seeds
from so8t_engine.model.generate import Completion
from so8t_engine.sentences import sentence
from so8t_engine.teacher import local_model
from so8t_engine.teacher.local_model import LocalModel
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply

RECORD = Record("07", "s", "1 + 1?", "2", "maths", "en", "train")


class Letters:
    """A token a letter; `chat_template` as the test has it."""

    chat_template: str | None = None
    eos_token_id: int | None = 2

    def __call__(self, texts: list[str], add_special_tokens: bool) -> dict[str, Any]:
        return {"input_ids": [[1] * add_special_tokens + [ord(letter) for letter in text] for text in texts]}

    def apply_chat_template(self, talk: list[dict[str, str]], tokenize: bool, add_generation_prompt: bool) -> str:
        assert not tokenize and add_generation_prompt and talk[0]["role"] == "user" and len(talk) == 1
        return f"<{talk[0]['content']}>"

    def decode(self, tokens: list[int], skip_special_tokens: bool) -> str:
        assert skip_special_tokens
        return "".join(map(chr, tokens))


def question(text: str) -> Question:
    return Question(RECORD, Sections("2", {}), ("logic",), False, text)


def teacher(context: int, failed: Any = print) -> LocalModel:
    return LocalModel("model", Letters(), (2, 9), context, "id", 7, failed)


def test_questions_that_fit_are_asked_and_a_reply_that_does_not_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []
    said = [Completion([ord("a"), ord("b"), 9], []), Completion([ord("c"), ord("d")], []), Completion([], [])]

    def answer(model: Any, prompts: list[list[int]], **settings: Any) -> list[Completion]:
        asked.append((model, prompts, settings))
        return said[: len(prompts)]

    monkeypatch.setattr(generate, "generate", answer)
    own, settings = teacher(20), Teaching(max_new_tokens=12, batch_size=3, temperature=0.5)
    questions = [question("xyzw"), question("xyzwvu"), question("12345"), question("")]
    replies = own.answer(questions, 0, settings)

    assert replies == [Reply("ab"), Reply("", "prompt_too_long"), Reply("cd", "truncated"), Reply("", "truncated")]
    [(model, prompts, settings_used)] = asked
    letters = [[1, *map(ord, f"{text}\n\n")] for text in ("xyzw", "12345", "")]
    assert model == "model" and prompts == letters
    kept = [questions[place] for place in (0, 2, 3)]
    assert settings_used == {
        "stop": (2, 9), "max_new_tokens": 12, "rows": 3, "temperature": 0.0, "graph_failed": print,
        "seeds": [seeds.seed_of(7, "teacher", each.digest, 0) for each in kept],
    }  # fmt: skip
    own.answer(questions, 1, settings)
    assert asked[1][2]["temperature"] == 0.5
    assert asked[1][2]["seeds"] == [seeds.seed_of(7, "teacher", each.digest, 1) for each in kept]


def test_a_prompt_has_at_most_four_thousand_and_ninety_six_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "generate", lambda model, prompts, **_: [Completion([2], []) for _ in prompts])
    questions = [question("x" * length) for length in (4_093, 4_094)]
    replies = teacher(100_000).answer(questions, 0, Teaching(max_new_tokens=12))
    assert [reply.fault for reply in replies] == ["", "prompt_too_long"]


def test_what_a_model_dies_of_is_said_and_running_out_of_memory_is_not_its_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise errors.pop(0)

    errors = [ValueError("strange weights\nsecond line"), MemoryError()]
    monkeypatch.setattr(generate, "generate", fail)
    with pytest.raises(EngineError) as failed:
        teacher(50).answer([question("x")], 0, Teaching(max_new_tokens=4))
    assert failed.value.code == "teacher"
    assert failed.value.sentence == sentence("teacher.failed", error="ValueError: strange weights")
    with pytest.raises(MemoryError):
        teacher(50).answer([question("x")], 0, Teaching(max_new_tokens=4))


@pytest.mark.parametrize(
    ("of_model", "of_tokenizer", "stop"),
    [(5, 2, (2, 5)), ([9, 5], 2, (2, 5, 9)), (None, 2, (2,)), (5, None, (5,)), (2, 2, (2,)), (0, 2, (0, 2))],
)
def test_a_reply_ends_where_model_or_tokenizer_say(of_model: Any, of_tokenizer: int | None, stop: Any) -> None:
    model = SimpleNamespace(generation_config=SimpleNamespace(eos_token_id=of_model))
    assert local_model._stop(model, SimpleNamespace(eos_token_id=of_tokenizer)) == stop


def test_a_chat_template_frames_the_question_and_brings_its_own_beginning() -> None:
    tokenizer = Letters()
    tokenizer.chat_template = "{{ messages }}"
    assert local_model._encode(tokenizer, ["ab"]) == [[ord(letter) for letter in "<ab>"]]
    tokenizer.chat_template = None
    assert local_model._encode(tokenizer, ["ab"]) == [[1, *map(ord, "ab\n\n")]]
