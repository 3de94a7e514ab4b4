"""Finds the data files shipped with the program: the demo corpus, presets, report template."""

from __future__ import annotations

from pathlib import Path


def path(*parts: str) -> Path:
    """The place of a shipped file, `path("demo", "maths.jsonl")`; the file need not exist."""
    return Path(__file__).resolve().parent.joinpath(*parts)
