"""What is pasted where an id or a path is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_gui.forms import pasted

DATA = "openai/gsm8k"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("openai/gsm8k", DATA),
        ("  openai/gsm8k \n", DATA),
        ("openai/gsm8k/", DATA),
        ('"openai/gsm8k"', DATA),
        ("https://huggingface.co/datasets/openai/gsm8k", DATA),
        ("https://huggingface.co/datasets/openai/gsm8k?library=datasets ", DATA),
        ("https://huggingface.co/datasets/openai/gsm8k/viewer/main/train?row=3#x", DATA),
        ("https://huggingface.co/datasets/openai/gsm8k/tree/main", DATA),
        ("http://www.huggingface.co/datasets/openai/gsm8k", DATA),
        ("huggingface.co/datasets/openai/gsm8k", DATA),
        ("hf.co/datasets/openai/gsm8k", DATA),
        ("HTTPS://HuggingFace.co/datasets/openai/gsm8k", DATA),
        ('load_dataset("openai/gsm8k", "main")', DATA),
        ("https://huggingface.co/datasets/gsm8k/tree/main", "gsm8k"),
        ("https://huggingface.co/microsoft/Phi-3.5-mini-instruct?x=1", "microsoft/Phi-3.5-mini-instruct"),
        ("gsm8k", "gsm8k"),
        ("", ""),
        ("https://huggingface.co/", ""),
        ('"C:\\Users\\me\\my data.jsonl"', "C:\\Users\\me\\my data.jsonl"),
        ("/", "/"),
        ("~/models/mine", "~/models/mine"),
    ],
)
def test_an_address_is_the_id_in_it(text: str, meant: str) -> None:
    assert pasted.hub_source(text) == (meant, None)


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("https://huggingface.co/datasets/openai/gsm8k/tree/e53f048856ff4f594e95", "e53f048856ff4f594e95"),
        ("https://huggingface.co/datasets/openai/gsm8k/tree/v1.0/main?x=1", "v1.0"),
        ("https://huggingface.co/datasets/openai/gsm8k/tree/refs%2Fconvert%2Fparquet/main", "refs/convert/parquet"),
        ("https://huggingface.co/datasets/openai/gsm8k/tree/refs/pr/3", "refs/pr/3"),
        ("https://huggingface.co/datasets/openai/gsm8k/blob/v2/main/train.parquet", "v2"),
        ("https://huggingface.co/datasets/openai/gsm8k/resolve/v2/x.parquet?download=true", "v2"),
        ("https://huggingface.co/datasets/openai/gsm8k/tree/", None),
        ("https://huggingface.co/datasets/openai/gsm8k/discussions/7", None),
        ("https://huggingface.co/datasets/openai/gsm8k/commits/v2", None),
        ("hf://datasets/openai/gsm8k@v2/main/train.parquet", "v2"),
        ("openai/gsm8k@v2", "v2"),
        ("openai/gsm8k@main", None),
        ('load_dataset("openai/gsm8k", "main", revision="v2")', "v2"),
    ],
)  # fmt: skip
def test_what_stands_behind_the_id_names_a_revision(text: str, revision: str | None) -> None:
    source = pasted.hub_source(text)
    assert source == (DATA, revision)
    assert pasted.hub_source(pasted.shown(*source)) == source


def test_a_file_is_told_from_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.jsonl").touch()
    monkeypatch.chdir(tmp_path)
    for path in ("mine.jsonl", str(tmp_path / "mine.jsonl"), "./mine.jsonl", "C:/x.jsonl", "C:\\x.jsonl", "~/x"):
        assert pasted.is_path(path), path
    for identity in ("openai/gsm8k", "gsm8k", "", "other.jsonl", "a" * 5_000, "\0"):
        assert not pasted.is_path(identity), identity
