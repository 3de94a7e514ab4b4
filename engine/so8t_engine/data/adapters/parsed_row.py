"""What an adapter makes of a row, before normalisation, duplicates and splits are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from so8t_engine.config.types import Category
from so8t_engine.data.record import AnswerKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Draft:
    """Fields as in Record; `language` is what the source says of itself, where it does."""

    prompt: str
    response: str
    category: Category
    answer: str | None = None
    answer_kind: AnswerKind | None = None
    reasoning: str | None = None
    choices: tuple[str, ...] = ()
    safety: Literal["safe", "unsafe"] | None = None
    language: str | None = None


class Skip(Exception):
    """A row which is none of our business, with the reason for counts.json ("not a reply", "no response")."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def choice(question: str, options: list[str], right: int, reasoning: str | None, language: str | None) -> Draft:
    """A question with lettered options; the letter comes first in the answer, so that it can be graded."""
    if not 0 <= right < len(options) <= len(LETTERS):
        raise Skip("no right option")
    listed = [f"{LETTERS[index]}. {option.strip()}" for index, option in enumerate(options)]
    return Draft(
        prompt="\n".join([question.strip(), *listed]), response=listed[right], category="choice",
        answer=LETTERS[right], answer_kind="choice", reasoning=reasoning,
        choices=tuple(option.strip() for option in options), language=language,
    )  # fmt: skip


def text(value: object) -> str:
    """The row's field as text. Raises Skip where it is empty or no text."""
    if not isinstance(value, str) or not value.strip():
        raise Skip("an empty field")
    return value


def dialogue(turns: list[tuple[str, str]]) -> tuple[str, str]:
    """(prompt, response) of (role, text) turns: the last assistant turn answers all that came before it.

    One user turn stays as it is; a longer talk is written out with "User:" and "Assistant:". Raises Skip.
    """
    last = max((index for index, (role, _) in enumerate(turns) if role == "assistant"), default=-1)
    before = turns[:last]
    if last < 1 or not any(role == "user" for role, _ in before):
        raise Skip("no question with an answer")
    response = text(turns[last][1])
    system = [words.strip() for role, words in before if role == "system" and words.strip()]
    talk = [(role, words.strip()) for role, words in before if role != "system"]
    if len(talk) == 1:
        lines = [talk[0][1]]
    else:
        lines = [f"{'User' if role == 'user' else 'Assistant'}: {words}" for role, words in talk]
    return "\n\n".join([*system, *lines]), response
