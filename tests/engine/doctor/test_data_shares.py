"""Rows and share of each source that is learnt from: counted where that is quick, told as guessed where it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import first_rows
from so8t_engine.doctor import data_shares, learnt_rows
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import say

OF_DEMO = {"name": "maths", "source": "local", "path": "demo:maths"}
ASKED = {"name": "asked", "source": "local", "path": "demo:maths.heldout", "use": "evaluation"}


def row(n: int) -> dict[str, str]:
    return {"prompt": f"Is {n} even?", "response": str(n % 2 == 0), "reasoning": f"Its last digit, {n % 10}, tells."}


def mine(folder: Path, rows: int, **keys: Any) -> dict[str, Any]:
    file = folder / "mine.jsonl"
    file.write_text("".join(json.dumps(row(n)) + "\n" for n in range(rows)))
    return {"name": "mine", "source": "local", "path": str(file), **keys}


def check(*sources: dict[str, Any]) -> list[Finding]:
    config = RunConfig.model_validate(
        {"datasets": list(sources), "model": {"build": {}}, "integrate": {"heldout_fraction": 0.0}}
    )
    return data_shares.check(config, first_rows.look(config))


def lines(*sources: dict[str, Any], language: str = "en", window: bool = False) -> list[str]:
    [finding] = check(*sources)
    return say(finding.what, language, window=window).splitlines()


def test_few_rows_beside_those_of_a_preset_are_told_with_their_share(tmp_path: Path) -> None:
    """Who added a file to the demo took its data alone to be learnt."""
    [finding] = check(mine(tmp_path, 400), OF_DEMO, ASKED)
    assert finding.level == "note"
    assert str(finding.what).splitlines() == [
        "It learns from your data and from other sources beside it; to learn from yours alone, take the others out of "
        "`datasets`:",
        "- mine (yours): 400 rows, 400 records learnt, 20% of all",
        "- maths (comes with SO8T): 1,600 rows, 1,600 records learnt, 80% of all",
    ]
    assert lines(mine(tmp_path, 400), OF_DEMO, language="ja", window=True) == [
        "自分のデータのほかに、次のデータセットからも学習します。自分のデータだけで学習させるには、"
        "データの一覧でほかのものを選び、「削除」を押してください:",
        "- mine (自分のデータ): 400 行、学習 400 件、全体の 20%",
        "- maths (SO8T に付属): 1,600 行、学習 1,600 件、全体の 80%",
    ]  # fmt: skip


def test_where_fewer_records_are_learnt_than_there_are_rows_it_is_said_why(tmp_path: Path) -> None:
    """30 rows, 27 records, and no word of the three."""
    faq, twice = tmp_path / "faq.jsonl", [row(n) for n in range(20)] + [row(0)] * 2
    bare = [{"prompt": f"What is {n}?", "response": f"It is number {n} of all."} for n in range(8)]
    faq.write_text("".join(json.dumps(each) + "\n" for each in [*twice, *bare]))
    source = {"name": "faq", "source": "local", "path": str(faq)}
    config = RunConfig.model_validate(
        {"datasets": [source, mine(tmp_path, 50)], "model": {"build": {}}, "integrate": {"heldout_fraction": 0.2}}
    )
    looks = first_rows.look(config)
    [finding] = [each for each in data_shares.check(config, looks) if each.what.code == "doctor.data_shares"]
    fates = learnt_rows.of_sources(config, looks, [learnt_rows.count(config, look) for look in looks])
    assert fates is not None
    [fate, _] = fates
    line = str(finding.what).splitlines()[1]
    rest = 30 - fate.learnt - fate.heldout - fate.lost
    assert fate.heldout and fate.lost
    assert line.startswith(f"- faq (yours): 30 rows, {fate.learnt} records learnt, ")
    wanted = f"the rest: {fate.heldout} held out as questions for the evaluation, {fate.lost} without any thought"
    wanted += f", {rest} left out, or kept as questions alone" * (rest > 0)
    assert line.partition("; ")[2] == wanted


def test_one_source_alone_and_what_is_only_asked_have_no_shares(tmp_path: Path) -> None:
    assert check(mine(tmp_path, 3), ASKED) == [] and check(OF_DEMO, ASKED) == []
    two = check(OF_DEMO, {**OF_DEMO, "name": "more"})
    assert [(each.level, each.what.code) for each in two] == [("ok", "doctor.data_shares")]


def test_the_most_rows_that_a_source_may_have_count(tmp_path: Path) -> None:
    assert lines(mine(tmp_path, 400, max_rows=300), {**OF_DEMO, "max_rows": 100})[1:] == [
        "- mine (yours): 300 rows, 300 records learnt, 75% of all",
        "- maths (comes with SO8T): 100 rows, 100 records learnt, 25% of all",
    ]  # fmt: skip


def test_of_the_hub_nothing_is_known_but_the_most_it_may_have(tmp_path: Path) -> None:
    far = {"name": "far", "path": "openai/gsm8k"}
    assert lines(mine(tmp_path, 300), far)[1:] == [
        "- mine (yours): 300 rows", "- far (of the Hub): not known before it is fetched",
    ]  # fmt: skip
    assert lines(mine(tmp_path, 300), {**far, "max_rows": 100})[1:] == [
        "- mine (yours): 300 rows, 75%", "- far (of the Hub): about 100 rows, 25%",
    ]  # fmt: skip


def test_a_large_source_is_guessed_and_bad_rows_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = mine(tmp_path, 900)
    file = Path(source["path"])
    file.write_text(file.read_text() + "no json\n")
    assert lines(source, OF_DEMO)[1] == "- mine (yours): 900 rows, 900 records learnt, 36% of all"
    monkeypatch.setattr(learnt_rows, "COUNTED", 1_000)
    assert lines(source, OF_DEMO)[1].startswith("- mine (yours): about 200 rows")  # no less than was seen


@pytest.mark.parametrize(
    ("thinking", "bare", "taken", "told"),
    [(90, 10, 0, False), (90, 11, 0, True), (81, 19, 9, False), (80, 20, 9, True), (0, 0, 0, False)],
)
def test_a_tenth_of_what_could_be_learnt_may_be_left_out_without_a_word(
    thinking: int, bare: int, taken: int, told: bool
) -> None:
    shipped = [Dataset.model_validate(OF_DEMO)]
    fates = [learnt_rows.Fate(5, thinking, bare, taken)]
    found = data_shares.lost_of(shipped, [learnt_rows.Rows(thinking + bare + 5)], fates, 0.5)

    assert [(each.level, each.what.code) for each in found] == [("note", "doctor.bare_left_out")] * told


def test_a_source_of_which_nothing_is_learnt_has_its_share_beside_the_others() -> None:
    shipped = [Dataset.model_validate(OF_DEMO | {"name": name}) for name in "ab"]
    fates, rows = [learnt_rows.Fate(0, 30, 0), learnt_rows.Fate(0, 0, 0)], [learnt_rows.Rows(30), learnt_rows.Rows(9)]
    [found] = data_shares._shares(shipped, rows, fates)

    assert [(each.code, each.args["share"]) for each in found.what.args["sources"]] == [
        ("doctor.share_of_learnt", 1.0), ("doctor.share_of_learnt_fewer", 0.0),
    ]  # fmt: skip
