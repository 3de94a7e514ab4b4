"""A model's chat template, rendered from its folder without loading the model, and taken apart into turns.

The environment check asks it before a run, the Modelfile is written from it. Rendered as transformers does
(utils/chat_template_utils.py): a sandbox, blocks without their line breaks, `raise_exception`, `strftime_now`,
`{% generation %}`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

Said = dict[str, str]  # role and content
Render = Callable[[Sequence[Said]], str]
Clock = Callable[[], datetime.datetime]

SYSTEM, QUESTION, ANSWER = "so8t asks systematically", "so8t asks a question", "so8t hears an answer"
NEXT = "so8t asks once more"
USER_TOKEN, ASSISTANT_TOKEN, END_TOKEN = "<|user|>", "<|assistant|>", "<|end|>"


class Generation(jinja2.ext.Extension):
    """`{% generation %}`: what transformers marks as the assistant's own words is written as it is."""

    tags = {"generation"}  # noqa: RUF012 - as jinja2 declares it

    def parse(self, parser: jinja2.parser.Parser) -> list[jinja2.nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class TemplateRefused(Exception):
    """The template's own `raise_exception`, or whatever else went wrong in it."""


class TemplateBroken(TemplateRefused):
    """It is no template at all; with the line and the reason."""


@dataclass(frozen=True)
class ChatTurns:
    """What stands before and behind the text of each role. `system` is None where its text is left out or refused.

    `head` comes first of all, `opening` is where the assistant's answer begins.
    """

    head: str
    system: tuple[str, str] | None
    user: tuple[str, str]
    assistant: tuple[str, str]
    opening: str

    def render(self, messages: Sequence[Said]) -> str:
        frames = {"system": self.system, "user": self.user, "assistant": self.assistant}
        framed = [(frames[message["role"]], message["content"]) for message in messages]
        return self.head + "".join(f[0] + text + f[1] for f, text in framed if f is not None) + self.opening


def of_folder(folder: Path, now: Clock = datetime.datetime.now) -> Render | None:
    """How the tokenizer in this folder frames a conversation whose next turn is the assistant's.

    None where there is no template. What is returned raises TemplateRefused. Raises TemplateBroken.
    """
    settings = _settings(folder / "tokenizer_config.json")
    text = _text(folder, settings)
    if text is None:
        return None
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols", Generation]
    )
    environment.globals |= {"raise_exception": _raise, "strftime_now": lambda form: now().strftime(form)}
    environment.filters["tojson"] = lambda value, **options: json.dumps(value, ensure_ascii=False, **options)
    try:
        template = environment.from_string(text)
    except jinja2.TemplateError as error:
        line = f"line {error.lineno}: " if isinstance(error, jinja2.TemplateSyntaxError) else ""
        raise TemplateBroken(f"{line}{error.message or error}") from error
    tokens = {key: _content(value) for key, value in settings.items() if key.endswith("_token")}

    def render(messages: Sequence[Said]) -> str:
        try:
            return template.render(messages=list(messages), add_generation_prompt=True, **tokens)
        except Exception as error:  # it is a program, and may fail in any way
            raise TemplateRefused(str(error) or type(error).__name__) from error

    return render


def text_of_folder(folder: Path) -> str | None:
    """The template as it is written; None where there is none."""
    return _text(folder, _settings(folder / "tokenizer_config.json"))


def turns(render: Render) -> ChatTurns | None:
    """None for a template that does not write turns as Phi-3 does, one behind the other, each ended by `<|end|>`."""
    user, answer, more = _said("user", QUESTION), _said("assistant", ANSWER), _said("user", NEXT)
    try:
        before, behind = _around(render([user]), QUESTION)
        _, middle, last = _parts(render([user, answer, more]), ANSWER, NEXT)
        head, found, _ = before.rpartition(USER_TOKEN)
        opened = behind.rfind(ASSISTANT_TOKEN)
        if not found or opened < 0 or END_TOKEN not in behind[:opened]:
            return None
        frame = (before[len(head) :], behind[:opened])
        if not middle.endswith(frame[0]) or last != behind:
            return None
        opening = behind[opened:]
        result = ChatTurns(head, None, frame, (opening, middle.removesuffix(frame[0])), opening)
        talk = [user, answer, more]
        if result.render(talk) != render(talk) or result.render([user]) != render([user]):
            return None
    except (TemplateRefused, ValueError):
        return None
    return _with_system(result, render)


def _with_system(result: ChatTurns, render: Render) -> ChatTurns:
    talk = [_said("system", SYSTEM), _said("user", QUESTION), _said("assistant", ANSWER), _said("user", NEXT)]
    try:
        before, behind, _ = _parts(render(talk), SYSTEM, QUESTION)
        frame = (before.removeprefix(result.head), behind.removesuffix(result.user[0]))
        whole = ChatTurns(result.head, frame, result.user, result.assistant, result.opening)
        return whole if whole.render(talk) == render(talk) else result
    except (TemplateRefused, ValueError):
        return result


def is_phi3(render: Render) -> bool:
    """Whether a question stands between `<|user|>` and `<|end|>`, and the assistant's answer begins behind it."""
    try:
        before, behind = _around(render([_said("user", QUESTION)]), QUESTION)
    except (TemplateRefused, ValueError):
        return False
    return USER_TOKEN in before and END_TOKEN in behind[: max(0, behind.rfind(ASSISTANT_TOKEN))]


def writes_the_date(folder: Path, system: str) -> bool:
    """Whether its prompts are others tomorrow. Raises TemplateRefused."""
    talk = [_said("system", system), _said("user", QUESTION)] if system else [_said("user", QUESTION)]
    days = [datetime.datetime(2001, 2, 3), datetime.datetime(2034, 11, 22)]
    renders = [of_folder(folder, lambda day=day: day) for day in days]  # type: ignore[misc]
    return len({render(talk) for render in renders if render is not None}) > 1


def keeps_system(render: Render, system: str) -> bool:
    """Whether the text of the system prompt reaches the model. Raises TemplateRefused."""
    return system.strip() in render([_said("system", system), _said("user", QUESTION)])


def _said(role: str, content: str) -> Said:
    return {"role": role, "content": content}


def _around(text: str, word: str) -> tuple[str, str]:
    """What stands before and behind `word`. Raises ValueError where it is not there just once."""
    before, behind = text.split(word)
    return before, behind


def _parts(text: str, first: str, second: str) -> tuple[str, str, str]:
    before, rest = _around(text, first)
    return before, *_around(rest, second)


def _raise(message: str) -> None:
    raise jinja2.TemplateError(message)


def _text(folder: Path, settings: dict[str, Any]) -> str | None:
    file = folder / "chat_template.jinja"
    try:
        if file.is_file():
            return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    inside = settings.get("chat_template")
    if isinstance(inside, list):  # several by name
        named = {each.get("name"): each.get("template") for each in inside if isinstance(each, dict)}
        inside = named.get("default")
    return inside if isinstance(inside, str) else None


def _settings(path: Path) -> dict[str, Any]:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return body if isinstance(body, dict) else {}


def _content(token: Any) -> str:
    return str(token.get("content", "")) if isinstance(token, dict) else str(token or "")
