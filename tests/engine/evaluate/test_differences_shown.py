"""On every page the change between two shares is the difference of these shares as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from so8t_engine.data.record import Example
from so8t_engine.evaluate import comparison, comparison_page, heldout, report, report_page, report_verdicts
from so8t_engine.evaluate.comparison import Measured
from so8t_engine.session import history

ASKED = 340
RIGHT = {"base": 59, "warmed": 61, "tuned": 60}  # 17.4 %, 17.9 % and 17.6 % of all: one question is 0.3 %


def column(right: int) -> list[str]:
    return ["6"] * right + ["7"] * (ASKED - right)


def result(session: Path) -> dict[str, Any]:
    session.mkdir()
    (session / history.NAME).write_bytes(b"")
    examples = [
        Example(str(n), "s", "maths", "en", "heldout", f"{n} and?", "", "6", "6", "number", None) for n in range(ASKED)
    ]
    base, warmed, tuned = (column(RIGHT[name]) for name in ("base", "warmed", "tuned"))
    return {
        "name": "mine", "description": "", "seed": 1, "algorithm": "ppo", "section_share": 0.0, "gguf": {}, "data": [],
        "heldout": heldout.compare(examples, base, tuned, warmed), "samples": report.samples(examples, base, tuned),
        "training": {"ppo": {"updates": 1, "loss": [1.0, 1.0], "reward": [0.1, 0.1], "alpha": [1.0, 1.0]}},
        "made_with": {}, "phase_transitions": {"marked": [], "found": []},
    }  # fmt: skip


def facts() -> dict[str, Any]:
    return {"active_seconds": 1.0, "step_seconds": {}, "joules": None, "timeline": [], "speed": {}}


def rows(page: str) -> list[list[str]]:
    """The cells of each row of its tables, without what is drawn in them."""
    lines = [line for line in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    cells = [
        [re.sub(r"<.*?>", "", cell, flags=re.DOTALL) for cell in re.findall(r"<td.*?</td>", line, re.DOTALL)]
        for line in lines
    ]
    return [[cell.replace("\N{NO-BREAK SPACE}", " ").strip() for cell in row] for row in cells]


def test_changes_in_a_report_agree_with_the_shares_above_each_other(tmp_path: Path) -> None:
    figures = result(tmp_path / "s")
    told = rows(report_page.html(tmp_path / "s", figures, facts(), "en"))
    by_name = {row[0]: row for row in told if row}

    assert [by_name[name][1] for name in ("base model", "after warm-up", "after PPO")] == ["17.4 %", "17.9 %", "17.6 %"]
    assert [by_name[name][3] for name in ("after warm-up", "after PPO", "base to last")] == ["+0.5", "−0.3", "+0.2"]
    maths = by_name["maths"]
    assert (maths[2], maths[4], maths[6]) == ("17.4 %", "17.6 %", "+0.2")
    text = report_page.markdown(tmp_path / "s", figures, facts(), "en").replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r"\| 17\.9 % \| [^|]* \| \+0\.5 \|", text) and re.search(r"\| 17\.6 % \| [^|]* \| −0\.3 \|", text)
    assert re.search(r"\| 17\.4 % \| 17\.9 % \| 17\.6 % \| \+0\.2 \|", text)
    assert "(+0.2 points" in str(report_verdicts.verdict(figures["heldout"]["groups"]["all"]))
    assert "(−0.3 points" in str(report_verdicts.share_of_learning(figures))


def test_changes_of_a_comparison_agree_with_the_shares_beside_each_other(tmp_path: Path) -> None:
    def session(name: str, right: int) -> Measured:
        (tmp_path / name).mkdir()
        (tmp_path / name / history.NAME).write_bytes(b"")
        items = [
            {
                "id": str(n),
                "prompt": str(n),
                "gold": "6",
                "category": "maths",
                "right": {"base": False, "tuned": n < right},
            }
            for n in range(ASKED)
        ]
        return Measured(name, tmp_path / name, {"name": name}, items)

    sessions = [session("one", 36), session("two", 60)]
    compared = comparison.compare(sessions)

    assert "(+7.0 points" in str(comparison.verdict(compared["pairs"][0]))
    told = [row for row in rows(comparison_page.html(sessions, compared, "en")) if row[:1] in (["all"], ["maths"])]
    assert [row[2:5] for row in told] == [["10.6 %", "17.6 %", "+7.0"]] * 2
