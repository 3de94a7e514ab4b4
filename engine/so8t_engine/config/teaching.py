"""Section `convert.teaching`: how the teacher named by `convert.teacher` is asked."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from so8t_engine.config.types import Positive, Section
from so8t_engine.config.used_where import only
from so8t_engine.sentences import sentence

SELF = "self"
NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"
ENDPOINT = ("http://", "https://")  # how the address of a server begins
OF_A_KEY = re.compile(r"(?:sk|pk|rk|hf|gsk|xai|nvapi|r8|ghp|glpat)_\w{16}|AIza\w{20}")  # as services begin theirs
ASKED_BY_ADDRESS = only("convert.teacher", begins=ENDPOINT)
SectionName = Literal["task", "safety", "logic", "ethics", "practical", "creative"]


def _is_no_key(name: str) -> str:
    if OF_A_KEY.match(name):
        raise ValueError(sentence("config.no_variable"))
    return name


class Teaching(Section):
    """`sections: auto` asks for what a record's kind needs. `solve`: a record with a gold answer and no reasoning is
    asked without the answer. The first of the `samples` is the likeliest text, the others are drawn at `temperature`.

    `model` and `api_key_env` are an endpoint's: what it calls the model, and the name of the environment variable that
    holds the key. `batch_size`: records at a time, as rows of our generator or requests side by side.
    """

    model: Annotated[str | None, ASKED_BY_ADDRESS] = None
    api_key_env: Annotated[Annotated[str, Field(pattern=NAME), AfterValidator(_is_no_key)] | None, ASKED_BY_ADDRESS] = (
        None
    )
    sections: Literal["auto"] | Annotated[list[SectionName], Field(min_length=1)] = "auto"
    solve: bool = True
    samples: Annotated[int, Field(ge=1, le=4)] = 2
    temperature: Annotated[float, Field(gt=0, le=2), only("convert.teaching.samples", above=1)] = 0.7
    max_new_tokens: Positive = 512
    batch_size: Positive = 8
    timeout_seconds: Annotated[float, Field(gt=0), ASKED_BY_ADDRESS] = 120.0
    retries: Annotated[int, Field(ge=0, le=20), ASKED_BY_ADDRESS] = 5


def holds_secret(url: str) -> bool:
    """Whether an address carries a name, a password or what may be a key (`?api_key=...`), which would be written down
    with the configuration; a server of this kind is asked below its address, so nothing may stand behind a `?`.
    """
    parts = urlsplit(url)
    return "@" in parts.netloc or "?" in url or "#" in url


def is_half_an_address(teacher: str) -> bool:
    """Whether it is no folder and no hub id, but an address that does not begin as one does: `localhost:8080/v1`."""
    return re.match(r"[\w.-]+:\d+(?:/|\Z)|[A-Za-z]{2,}:/", teacher) is not None and not is_endpoint(teacher)


def is_endpoint(teacher: str) -> bool:
    """Whether `convert.teacher` is the address of a server."""
    return teacher.startswith(ENDPOINT)
