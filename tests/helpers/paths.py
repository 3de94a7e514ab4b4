"""Where the tests and what they read lie."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PROJECT = TESTS.parent
SHARED_DATA = PROJECT.parent / "shared" / "data"  # real data, on the developers' machines only
SMALL = TESTS / "e2e" / "small.yaml"  # a job of all five steps in seconds
TOY = TESTS / "crash" / "toy.yaml"  # one without torch
