"""The two shapes of an example between the steps: `Record`, as its source has it; `Example`, as training reads it.

Named tuples: there are millions of them, and a frozen dataclass takes five times as long to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from so8t_engine.config.types import Category

AnswerKind = Literal["number", "choice", "text"]
Split = Literal["train", "heldout"]

SECTIONS = ("task", "safety", "logic", "ethics", "practical", "creative")
SECTION_TAGS = tuple(f"think-{name}" for name in SECTIONS)
TAGS = tuple(text for name in (*SECTION_TAGS, "final") for text in (f"<{name}>", f"</{name}>"))


class Record(NamedTuple):
    """One integrated example (data/integrated/*.parquet).

    `id` is the sha256 (hex, 16 digits) of source and key; `response` is "" where the source's answer was a bad one, and
    the prompt is for the reward alone; `answer` the gold answer alone (`18`, `B`), where there
    is one; `reasoning` a worked solution; `choices` the options of a choice question in order; `safety` is "unsafe"
    where the prompt should be refused, "safe" where it must be answered, None where nobody said. `messages`: the turns
    before the answer, JSON of [{"role", "content"}, ...], where they are more than one question; `prompt` then has them
    written out.
    """

    id: str
    source: str
    prompt: str
    response: str
    category: Category
    language: str
    split: Split
    answer: str | None = None
    answer_kind: AnswerKind | None = None
    reasoning: str | None = None
    choices: Sequence[str] = ()
    safety: Literal["safe", "unsafe"] | None = None
    messages: str | None = None


class Example(NamedTuple):
    """One converted example (data/converted/*.arrow): what training and evaluation read.

    `prompt` is the user's turn (a longer talk written out, whose turns are in `messages`, as in Record); `completion`
    the assistant's whole turn in the thinking format, "" where the prompt is asked but no answer learnt; `plain` the
    same answer without it (what the base model is asked for). Tokens are the model's own, the chat template's and the
    end token among them; None where they were not counted.
    """

    id: str
    source: str
    category: Category
    language: str
    split: Split
    prompt: str
    completion: str
    plain: str
    answer: str | None
    answer_kind: AnswerKind | None
    safety: Literal["safe", "unsafe"] | None
    messages: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
