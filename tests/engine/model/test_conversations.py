"""Turns and a system prompt reach the model by its own chat template; a single question is framed as it always was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from so8t_engine.data.record import Example
from so8t_engine.model import conversations
from so8t_engine.model import tokenizer as tokens

TALK = [("user", "Hi."), ("assistant", "Hello! What is it?"), ("user", "Name a bird.")]
REFUSES = "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
DROPS = "{% for m in messages %}{% if m['role'] != 'system' %}"
LINE = "{{ '<|' + m['role'] + '|>\n' + m['content'] + '<|end|>\n' }}"
ENDS = "{% endif %}{% endfor %}{{ '<|assistant|>\n' }}"


def example(*turns: tuple[str, str], prompt: str = "flat") -> Example:
    messages = json.dumps([{"role": role, "content": content} for role, content in turns]) if turns else None
    return Example(
        id="0", source="s", category="chat", language="en", split="train", prompt=prompt, completion="", plain="",
        answer=None, answer_kind=None, safety=None, messages=messages,
    )  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tokens.train(["Hi. Hello! Name a bird. Be kind. What is it?"] * 3, 400, 64)


def read(tokenizer: Any, *examples: Example, system: str | None = None) -> list[str]:
    return [tokenizer.decode(ids) for ids in conversations.encode(tokenizer, examples, system)]


def test_a_single_question_is_framed_as_ever(tokenizer: Any) -> None:
    one, two = example(prompt="Name a bird."), example(*TALK)

    assert conversations.encode(tokenizer, [one, two], "Be kind.")[0] == tokens.encode_prompts(
        tokenizer, ["Name a bird."], "Be kind."
    )[0]  # fmt: skip


def test_turns_are_the_templates_own(tokenizer: Any) -> None:
    [said] = read(tokenizer, example(("system", "Be kind."), *TALK))

    assert said == (
        "<|system|>\nBe kind.<|end|>\n<|user|>\nHi.<|end|>\n<|assistant|>\nHello! What is it?<|end|>\n"
        "<|user|>\nName a bird.<|end|>\n<|assistant|>\n"
    )


def test_the_runs_system_prompt_comes_before_a_records_own(tokenizer: Any) -> None:
    [said] = read(tokenizer, example(("system", "Be kind."), ("user", "Hi.")), system="Think.")

    assert said.startswith("<|system|>\nThink.\n\nBe kind.<|end|>\n<|user|>\nHi.<|end|>")


@pytest.mark.parametrize("template", [REFUSES + "{% if true %}" + LINE + ENDS, DROPS + LINE + ENDS])
def test_a_system_prompt_that_a_template_refuses_or_drops_goes_before_the_question(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    monkeypatch.setattr(tokenizer, "chat_template", template)
    [said] = read(tokenizer, example(("system", "Be kind."), *TALK))

    assert said.startswith("<|user|>\nBe kind.\n\nHi.<|end|>\n<|assistant|>\nHello! What is it?<|end|>")


def test_an_assistants_greeting_never_becomes_the_users(tokenizer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "chat_template", DROPS + LINE + ENDS)
    [said] = read(tokenizer, example(("system", "Be kind."), *TALK[1:], prompt="Be kind. Assistant: Hello!"))

    assert said == "<|user|>\nBe kind. Assistant: Hello!<|end|>\n<|assistant|>\n"


def test_a_talk_that_a_template_cannot_frame_is_written_out_in_one_turn(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_users = DROPS.replace("!= 'system'", "== 'user'") + LINE + ENDS
    monkeypatch.setattr(tokenizer, "chat_template", only_users)
    [said] = read(tokenizer, example(*TALK, prompt="User: Hi."))

    assert said == "<|user|>\nUser: Hi.<|end|>\n<|assistant|>\n"


@pytest.mark.parametrize(("talks", "way"), [((False, False), "prompts"), ((True, False), "texts"), ((True,), "texts")])
def test_one_talk_among_questions_is_written_out_with_its_turns(
    monkeypatch: pytest.MonkeyPatch, talks: tuple[bool, ...], way: str
) -> None:
    plain = Example("1", "s", "chat", "en", "train", "?", "", "Hi", None, None, None)
    turns = '[{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]'
    monkeypatch.setattr(conversations.tokens, "encode_prompts", lambda *asked: "prompts")
    monkeypatch.setattr(conversations.tokens, "encode_texts", lambda *asked: "texts")
    monkeypatch.setattr(conversations, "of", lambda tokenizer, examples, system: [])

    assert conversations.encode(None, [plain._replace(messages=turns if talk else "") for talk in talks]) == way
