"""That the evaluation asks nothing of one's own data is said, where it asks what came with a preset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import data_sources
from so8t_engine.doctor.data_sources import Sources

GOOD = [{"prompt": f"What is {n} + 1?", "response": str(n + 1)} for n in range(40)]


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def check(*sources: dict[str, Any], share: float) -> Sources:
    datasets = [{"name": f"d{n}", **source} for n, source in enumerate(sources)]
    parts = {"datasets": datasets, "model": {"build": {}}, "integrate": {"heldout_fraction": share}}
    return data_sources.check(RunConfig.model_validate(parts))


MATHS = {"source": "local", "path": "demo:maths", "adapter": "gsm8k"}
MATHS_ASKED = MATHS | {"path": "demo:maths.heldout", "use": "evaluation"}
OF_THE_HUB = {"path": "someone/somewhere"}


@pytest.mark.parametrize(
    ("more", "share", "own_asked", "unasked"),
    [
        ([MATHS_ASKED], 0, False, ["d0"]),
        ([MATHS_ASKED, MATHS], 0, False, ["d0"]),
        ([MATHS_ASKED], 0.5, False, []),
        ([MATHS_ASKED], 0, True, []),
        ([MATHS_ASKED, OF_THE_HUB], 0, False, ["d0", "d2"]),
        ([OF_THE_HUB | {"use": "evaluation"}], 0, False, ["d0"]),
        ([OF_THE_HUB | {"use": "evaluation"}, OF_THE_HUB], 0, False, ["d0"]),
        ([OF_THE_HUB], 0.5, False, []),
        ([MATHS_ASKED], 0.0001, False, ["d0"]),
    ],
)
def test_own_data_of_which_nothing_is_asked_is_told_where_other_data_is(
    tmp_path: Path, more: list[dict[str, Any]], share: float, own_asked: bool, unasked: list[str]
) -> None:
    own = {"source": "local", "path": str(lines(tmp_path / "own.jsonl", GOOD[:20]))}
    asked = [{"source": "local", "path": str(lines(tmp_path / "asked.jsonl", GOOD[20:40])), "use": "evaluation"}]
    found = check(own, *more, *(asked if own_asked else []), share=share)
    told = [finding for finding in found.findings if finding.what.code == "doctor.own_not_asked"]
    assert [(finding.level, finding.what.args["names"]) for finding in told] == [("note", unasked)] * bool(unasked)


def test_the_demo_by_itself_asks_what_it_teaches() -> None:
    found = data_sources.check(config_file.load_preset("demo"))
    assert "doctor.own_not_asked" not in [finding.what.code for finding in found.findings]
