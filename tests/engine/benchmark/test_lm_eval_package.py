"""What installs lm-eval is what the extra `eval` asks for."""

from __future__ import annotations

import importlib.util
import tomllib

import pytest

from helpers.paths import PROJECT
from helpers.sessions import refused
from so8t_engine.benchmark import lm_eval_package


def test_the_line_that_is_told_installs_what_the_extra_asks_for() -> None:
    body = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))

    assert body["project"]["optional-dependencies"]["eval"] == [lm_eval_package.REQUIREMENT]


def test_all_of_its_modules_have_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    there = set(lm_eval_package.MODULES)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if name in there else None)
    lm_eval_package.refuse_without_lm_eval()
    for missing in lm_eval_package.MODULES:
        there = set(lm_eval_package.MODULES) - {missing}
        error = refused(lm_eval_package.refuse_without_lm_eval)
        assert error.code == "lm_eval_missing" and lm_eval_package.REQUIREMENT in error.detail
