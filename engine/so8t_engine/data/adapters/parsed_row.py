"""A row as an adapter reads it, before normalisation, duplicates and splits are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from so8t_engine.config.types import Category
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import words_for_none
from so8t_engine.data.adapters.answers.words_for_none import NO_INPUT, NO_VALUE, PLACEHOLDERS
from so8t_engine.data.record import AnswerKind
from so8t_engine.sentences import Sentence

Fields = Mapping[str, Any]  # a row: column -> value
Index = Mapping[str, tuple[str, str]]  # what an adapter looked up in all rows beforehand, see registry.Adapter.index

Turns = tuple[tuple[str, str], ...]  # (role, text)
# What whoever reads a row may meet in one that only looks like theirs.
OTHER_SHAPES = (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration)

IN_TEMPLATES = {"user": "user", "assistant": "assistant", "call": "assistant"}
SPEAKERS = {"user": "User", "assistant": "Assistant", "call": "Assistant", "tool": "Tool"}
STRUCK = "~~-~~"  # what stands for a question or an answer of a sheet that is struck through as a whole
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ParsedRow(NamedTuple):
    """Fields as in Record; `language` is what the source says of itself, where it does; `messages` as of a Dialogue.

    `bad_answer`: why nobody may learn the response, where the prompt itself is of use: a reward can tell what a good
    answer would be. `sourced`: the row has what marks of sources in the response point to.
    """

    prompt: str
    response: str
    category: Category
    answer: str | None = None
    answer_kind: AnswerKind | None = None
    reasoning: str | None = None
    choices: tuple[str, ...] = ()
    safety: Literal["safe", "unsafe"] | None = None
    language: str | None = None
    messages: Turns = ()
    bad_answer: Sentence | None = None
    sourced: bool = False


class Skip(Exception):
    """A row that is left out; `reason` is one of drop_reasons.DROPPED."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def listed(index: Index, key: str) -> list[str]:
    """What an index holds under a key, one in a line."""
    return index[key][0].split("\n") if key in index else []


def choice(
    question: str, options: list[str], right: int | Sequence[int], reasoning: str | None, language: str | None
) -> ParsedRow:
    """A question with lettered options; the letter comes first in the answer, so that it can be graded.

    Of several right ones the answer has a line each, and is right with all of them.
    """
    rights = [right] if isinstance(right, int) else right
    if not rights or not 0 <= min(rights) <= max(rights) < len(options) <= len(LETTERS):
        raise Skip(drop_reasons.NO_RIGHT_OPTION)
    lines = [f"{LETTERS[index]}. {option.strip()}" for index, option in enumerate(options)]
    response = "\n".join(lines[number] for number in rights)
    one = len(rights) == 1
    return ParsedRow(
        prompt="\n".join([question.strip(), *lines]), response=response, category="choice",
        answer=LETTERS[rights[0]] if one else response, answer_kind="choice" if one else "text", reasoning=reasoning,
        choices=tuple(option.strip() for option in options), language=language,
    )  # fmt: skip


def text(value: object) -> str:
    """The row's field as text. Raises Skip where it is empty, withdrawn, stands for no value or is not a text."""
    if value == STRUCK:
        raise Skip(drop_reasons.STRUCK_OUT)
    if not isinstance(value, str) or not (stripped := value.strip()) or stripped in NO_VALUE:
        said = isinstance(value, str) and value.strip() in PLACEHOLDERS
        raise Skip(drop_reasons.PLACEHOLDER if said else drop_reasons.EMPTY_FIELD)
    return value


END_OF_ANSWER = re.compile(
    r"(?:\s*(?:</s>|<\|(?:im_end|eot_id|end|endoftext|end_of_text)\|>|<end_of_turn>|<eos>|<｜end▁of▁sentence｜>))+\s*\Z"
)


def _ended(answer: str) -> str:
    """Without the token of another model's template that ended it."""
    if not answer.rstrip().endswith(">") or "<s>" in answer:  # which strikes text out, too
        return answer
    return END_OF_ANSWER.sub("", answer)


def _said(asked: str, answer: str, told: Iterable[str]) -> str:
    """The answer, which may be a word for none where it is asked for, or said to be one."""
    word = answer.strip()
    is_answer = word in NO_VALUE and (word in told or words_for_none.is_asked_for(asked, word))
    return answer if is_answer else text(answer)


class Dialogue(NamedTuple):
    """`prompt`: all that came before the response, written out; `messages`: its turns, where it is no single question.

    Roles are those that chat templates know: user, assistant, and system, which comes first and once.
    """

    prompt: str
    response: str
    messages: Turns


def dialogue(turns: list[tuple[str, str]], index: Mapping[str, Any] = {}, told: Iterable[str] = ()) -> Dialogue:
    """Of (role, text) turns: the last assistant turn answers all that came before it.

    `index`: what all rows tell of words for none (words_for_none.py); `told`: answers that the user says are such.

    One user turn stays as it is; a longer talk is written out with "User:" and "Assistant:". What a tool said, and the
    assistant's call of it (roles "tool" and "call"), is part of the talk and never an answer. Raises Skip.
    """
    if len(turns) == 2 and turns[0][0] == "user" and turns[1][0] == "assistant":
        asked, said = turns[0][1], _ended(turns[1][1])
        word = asked.strip()
        is_question = word in NO_VALUE and words_for_none.is_looked_up(word, said, index)
        return Dialogue(word if is_question else text(asked).strip(), _said(asked, said, told), ())
    last = max((index for index, (role, _) in enumerate(turns) if role == "assistant"), default=-1)
    before = turns[:last]
    if last < 1 or not any(role == "user" for role, _ in before):
        asks = last < 0 and any(role == "user" for role, _ in turns)
        raise Skip(drop_reasons.ENDS_IN_CALL if asks and _end_in_call(turns) else drop_reasons.NO_QUESTION)
    response = _said(before[-1][1], _ended(turns[last][1]), told)
    system = [content.strip() for role, content in before if role == "system" and content.strip()]
    talk = [(role, content.strip()) for role, content in before if role != "system"]
    lines = [talk[0][1]] if len(talk) == 1 else [f"{SPEAKERS[role]}: {content}" for role, content in talk]
    messages = [("system", "\n\n".join(system))] if system else []
    for role, content in talk:
        known, said = ("user", f"Tool: {content}") if role == "tool" else (IN_TEMPLATES[role], content)
        if messages and messages[-1][0] == known:  # templates want roles to alternate
            messages[-1] = (known, f"{messages[-1][1]}\n\n{said}")
        elif said:
            messages.append((known, said))
    return Dialogue("\n\n".join([*system, *lines]), response, tuple(messages) if len(messages) > 1 else ())


def _end_in_call(turns: list[tuple[str, str]]) -> bool:
    return next((role for role, _ in reversed(turns) if role != "tool"), None) == "call"


__all__ = [
    "NO_INPUT",
    "NO_VALUE",
    "STRUCK",
    "Dialogue",
    "Fields",
    "Index",
    "ParsedRow",
    "Skip",
    "choice",
    "dialogue",
    "listed",
    "text",
]
