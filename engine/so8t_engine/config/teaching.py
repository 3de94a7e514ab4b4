"""Section `convert.teaching`: how the teacher named by `convert.teacher` is asked."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from so8t_engine.config.types import Positive, Section

SELF = "self"
SectionName = Literal["task", "safety", "logic", "ethics", "practical", "creative"]


class Teaching(Section):
    """`sections: auto` asks for what a record's kind needs. `solve`: a record with a gold answer and no reasoning is
    asked without the answer. The first of the `samples` is the likeliest text, the others are drawn at `temperature`.

    `model` and `api_key_env` are an endpoint's: what it calls the model, and the name of the environment variable that
    holds the key. `batch_size`: records at a time, as rows of our generator or requests side by side.
    """

    model: str | None = None
    api_key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    sections: Literal["auto"] | Annotated[list[SectionName], Field(min_length=1)] = "auto"
    solve: bool = True
    samples: Annotated[int, Field(ge=1, le=4)] = 2
    temperature: Annotated[float, Field(gt=0, le=2)] = 0.7
    max_new_tokens: Positive = 512
    batch_size: Positive = 8
    timeout_seconds: Annotated[float, Field(gt=0)] = 120.0
    retries: Annotated[int, Field(ge=0, le=20)] = 5


def holds_secret(url: str) -> bool:
    """Whether an address carries a name or a password, which would be written down with the configuration."""
    return "@" in urlsplit(url).netloc


def is_endpoint(teacher: str) -> bool:
    """Whether `convert.teacher` is the address of a server."""
    return teacher.startswith(("http://", "https://"))
