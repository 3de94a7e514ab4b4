"""The Modelfile says what we mean when Ollama reads it, whatever the system prompt is made of."""

from __future__ import annotations

import random

import pytest

from so8t_engine.export import modelfile
from so8t_engine.model import chat_template

ROLES = ("system", "user", "assistant")
ORDER = ["FROM", "TEMPLATE", "SYSTEM", *["PARAMETER"] * 6]


def read(text: str) -> list[tuple[str, str]]:
    """(command, value) as ollama/parser/parser.go reads them: a value ends at a newline where its quotes are closed."""
    commands: list[tuple[str, str]] = []
    rest = text
    while rest.strip():
        line, _, after = rest.lstrip().partition("\n")
        if line.startswith("#"):
            rest = after
            continue
        name, _, value = line.partition(" ")
        while (plain := _unquoted(value.strip())) is None:
            line, _, after = after.partition("\n")
            value += "\n" + line
        commands.append((name, plain))
        rest = after
    return commands


def _unquoted(value: str) -> str | None:
    for quote in ('"""', '"'):
        if value.startswith(quote):
            return value[len(quote) : -len(quote)] if len(value) >= 2 * len(quote) and value.endswith(quote) else None
    return value


def render(prompt: str | None) -> str:
    turns = chat_template.ChatTurns("", *[(f"<|{role}|>\n", "<|end|>\n") for role in ROLES], "<|assistant|>\n")
    template = modelfile.template_of(turns)
    return modelfile.render("x.gguf", template=template, system=prompt, max_new_tokens=96, context=512)


def system_of(prompt: str) -> str:
    commands = read(render(prompt))
    assert [name for name, _ in commands] == ORDER
    return dict(commands)["SYSTEM"]


@pytest.mark.parametrize(
    "prompt",
    [
        "Think first.",
        "two\nlines",
        'say "hi"',
        '"',
        'a """ b',
        'a """',
        "日本語\n\n# no comment",
        "FROM evil",
        '"" \n"x',
    ],
)  # fmt: skip
def test_a_system_prompt_arrives_as_it_is(prompt: str) -> None:
    assert system_of(prompt) == prompt


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_in_one_way_whatever_system_they_were_written_on(end: str) -> None:
    assert system_of(f"Think.{end}Then answer.{end}{end}Briefly.") == "Think.\nThen answer.\n\nBriefly."


@pytest.mark.parametrize("end", ['"""', '""""', '"""  ', '"""\t', '"""\r'])
def test_a_line_that_ends_in_quotes_breaks_out_of_nothing(end: str) -> None:
    prompt = f"Think.{end}\nADAPTER ./evil.gguf\nMESSAGE user hello"
    text = render(prompt)

    assert system_of(prompt).endswith("\nADAPTER ./evil.gguf\nMESSAGE user hello")
    assert modelfile.NOTE in text


def test_no_prompt_at_all_adds_a_command() -> None:
    random.seed(3)
    for _ in range(2_000):
        system_of("x" + "".join(random.choices(['"', "'", "\n", "\r", " ", "\t", "a", "FROM ", "#"], k=20)))


def test_ollamas_template_says_each_message_once_and_what_stands_around_it_as_hugging_face_does() -> None:
    """The string was compared once with Ollama's own `collate` and Go's text/template, over four turns."""
    text = dict(read(render("Think.")))["TEMPLATE"]

    assert text == "{{- range .Messages }}<|{{ .Role }}|>\n{{ .Content }}<|end|>\n{{ end }}<|assistant|>\n"


def test_a_template_that_leaves_the_system_message_out_is_written_role_by_role() -> None:
    turns = chat_template.ChatTurns(
        "<s>", None, ("<|user|>", "<|end|>"), ("<|assistant|>", "<|end|>\n"), "<|assistant|>"
    )

    assert modelfile.template_of(turns) == (
        '<s>{{ range .Messages }}{{ if eq .Role "user" }}<|user|>{{ .Content }}<|end|>'
        '{{ else if eq .Role "assistant" }}<|assistant|>{{ .Content }}<|end|>\n{{ end }}{{ end }}<|assistant|>'
    )


def test_what_gos_template_language_would_read_is_left_to_the_template_inside_the_file() -> None:
    turns = chat_template.ChatTurns("{{ evil }}", None, ("<|user|>", "<|end|>"), ("<|assistant|>", ""), "<|assistant|>")

    assert modelfile.template_of(turns) is None
    assert "TEMPLATE" not in modelfile.render("x.gguf", None, None, 96, 512)
