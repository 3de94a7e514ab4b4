"""Threads of Perplexity: one talk, without the sources."""

from __future__ import annotations

import json
from pathlib import Path

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import BadRow, RawRow

LOGO = '<img src="https://r2cdn.perplexity.ai/pplx-full-logo-primary-dark%402x.png" class="logo" width="120"/>\n'
THREAD = """
# Where is Kyoto?

Kyoto is in Japan[^1_1][^1_2].

# A heading of the answer

<div style="text-align: center">⁂</div>

[^1_1]: https://example.org

---

# And Nara

South of it.
"""


def items(path: Path, text: str, limit: int = 10_000) -> list[RawRow | BadRow]:
    path.write_text(text, encoding="utf-8")
    [file] = local_files.find(str(path))
    return list(local_files.read(file, limit))


def test_a_thread_is_one_talk_without_its_sources(tmp_path: Path) -> None:
    [item] = items(tmp_path / "a.md", LOGO + THREAD)
    assert isinstance(item, RawRow)
    assert [(turn["role"], turn["content"]) for turn in json.loads(item.text)["messages"]] == [
        ("user", "Where is Kyoto?"), ("assistant", "Kyoto is in Japan.\n\n# A heading of the answer"),
        ("user", "And Nara"), ("assistant", "South of it."),
    ]  # fmt: skip


def test_a_thread_that_is_too_long_is_bad_and_one_without_a_question_no_row(tmp_path: Path) -> None:
    [bad] = items(tmp_path / "a.md", LOGO + THREAD, limit=200)
    assert bad == BadRow(1, "line", 9, TOO_LONG)
    assert [items(tmp_path / "a.md", LOGO + THREAD, limit=limit) == [bad] for limit in (212, 213)] == [True, False]
    assert items(tmp_path / "b.md", f"{LOGO}\nNothing.\n") == []
