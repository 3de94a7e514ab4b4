"""What is saved with a tokenizer does not depend on the machine that opened it."""

from __future__ import annotations

from pathlib import Path

from transformers import AutoTokenizer

from so8t_engine.model import tokenizer as tokens


def test_a_saved_tokenizer_is_the_same_with_and_without_the_hub(tmp_path: Path) -> None:
    tokens.train(("1 plus 1 is 2" for _ in range(9)), 384, 128).save_pretrained(tmp_path / "base")
    saved = []
    for offline in (False, True):
        opened = AutoTokenizer.from_pretrained(tmp_path / "base", local_files_only=offline)
        tokens.forget_how_it_was_opened(opened)
        opened.save_pretrained(tmp_path / str(offline))
        saved.append((tmp_path / str(offline) / "tokenizer_config.json").read_bytes())

    assert saved[0] == saved[1]
