"""Whom the teacher's server may be, and that its key is nowhere written down."""

from __future__ import annotations

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.errors import EngineError

SERVER = ("convert.missing_sections=teacher", "convert.teaching.model=m")
HTTP = "convert.teacher=http://localhost:1/v1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("convert.teacher=http://a:1/v1?api_key=sk-12345",),
            "must hold no name, no password and nothing behind a `?`",
        ),
        (("convert.teacher=http://me:sk-12345@a/v1",), "must hold no name, no password and nothing behind a `?`"),
        (("convert.teacher=http://a/v1#sk-12345",), "must hold no name, no password and nothing behind a `?`"),
        (("convert.teacher=localhost:8700/v1",), "must begin with http:// or https://"),
        (("convert.teacher=127.0.0.1:8700",), "must begin with http:// or https://"),
        (("convert.teacher=ftp://a/v1",), "must begin with http:// or https://"),
        (("convert.teacher=http:/a/v1",), "must begin with http:// or https://"),
        ((HTTP, "convert.teaching.api_key_env=hf_sk12345abcdefghijk"), "must be the name of an environment variable"),
        ((HTTP, "convert.teaching.api_key_env=AIzask12345abcdefghijklmno"), "must be the name of an environment"),
        ((HTTP, "convert.teaching.model=  "), "needs `teaching: {model: NAME}`"),
    ],
)
def test_a_teacher_that_cannot_be_asked_is_refused_and_no_key_is_said(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(EngineError) as refused:
        config_file.load_preset("demo", [*SERVER, *words])
    assert said in str(refused.value) and "sk12345" not in str(refused.value).replace("-", "")


@pytest.mark.parametrize(
    "words",
    [
        (" http://localhost:1/v1 ", "HF_TOKEN"), ("http://[::1]:1/v1", "sk_key"), ("https://a/v1", "hf_token_of_mine"),
        ("microsoft/Phi-3.5-mini-instruct", "OPENAI_API_KEY"), ("C:\\models\\phi", "KEY"), ("self", "KEY"),
    ],
)  # fmt: skip
def test_any_other_is_taken(words: tuple[str, str]) -> None:
    convert = config_file.load_preset(
        "phi35-so8t", [*SERVER, f"convert.teacher={words[0]}", f"convert.teaching.api_key_env={words[1]}"]
    ).convert
    assert str(convert.teacher).endswith(words[0].strip()) and convert.teaching.api_key_env == words[1]
