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
    assert pasted.hub_id(text) == meant


def test_a_file_is_told_from_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.jsonl").touch()
    monkeypatch.chdir(tmp_path)
    for path in ("mine.jsonl", str(tmp_path / "mine.jsonl"), "./mine.jsonl", "C:/x.jsonl", "C:\\x.jsonl", "~/x"):
        assert pasted.is_path(path), path
    for identity in ("openai/gsm8k", "gsm8k", "", "other.jsonl", "a" * 5_000, "\0"):
        assert not pasted.is_path(identity), identity
