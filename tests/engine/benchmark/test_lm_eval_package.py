"""What installs lm-eval is what the extra `eval` asks for."""

from __future__ import annotations

import tomllib

from helpers.paths import PROJECT
from so8t_engine.benchmark import lm_eval_package


def test_the_line_that_is_told_installs_what_the_extra_asks_for() -> None:
    body = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))

    assert body["project"]["optional-dependencies"]["eval"] == [lm_eval_package.REQUIREMENT]
