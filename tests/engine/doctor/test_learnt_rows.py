"""How many rows of each source will be learnt: the same numbers as those of the run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.data_sources import pairs
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import first_rows
from so8t_engine.data.thought import thought_table
from so8t_engine.doctor import data_shares, learnt_rows
from so8t_engine.doctor.learnt_rows import Fate, Rows

THINKING = [
    {"prompt": f"Is {n} even?", "response": str(n % 2 == 0), "reasoning": f"Its last digit, {n % 10}, is looked at."}
    for n in range(1_000, 1_120)
]


def fates(config: Any) -> list[Fate] | None:
    looks = first_rows.look(config)
    return learnt_rows.of_sources(config, looks, [learnt_rows.count(config, look) for look in looks])


@pytest.mark.parametrize("share", [0.1, 0.2, 1.0])
def test_the_check_says_of_each_source_what_the_run_then_learns(tmp_path: Path, share: float) -> None:
    """It promised 25 % of 40 questions and answers; 10 of them were learnt, 9 %."""
    sources = [
        local("faq", write_lines(tmp_path / "faq.jsonl", pairs(40))),
        local("thought", write_lines(tmp_path / "thought.jsonl", THINKING)),
    ]
    config = make_config(sources, integrate={"heldout_fraction": 0.2}, convert={"final_only_share": share})
    found = fates(config)
    session = Session(tmp_path, config)
    session.run()
    learnt = {row["source"]: row for row in thought_table.rows(session.notes("converted", "counts.json")["thought"])}

    assert found is not None
    assert [(fate.learnt, fate.lost) for fate in found] == [
        (learnt[name]["learnt"], learnt[name]["left_out"] + learnt[name]["prompts"]) for name in ("faq", "thought")
    ]
    assert [fate.heldout + fate.thinking + fate.bare for fate in found] == [40, 120]
    assert found[0].lost == 0 if share == 1.0 else found[0].lost > 0


@pytest.mark.parametrize(
    ("seen", "share", "taken"),
    [
        ([(90, 30)], 0.1, [10]),
        ([(90, 10)], 0.1, [10]),
        ([(90, 30)], 1.0, [30]),
        ([(90, 30)], 0.0, [0]),
        ([(60, 30), (30, 10)], 0.1, [8, 2]),
        ([(0, 5)], 0.1, [5]),  # no thought to speak of: there is no limit
        ([(0, 0)], 0.1, [0]),
        ([(1, 100)], 0.1, [100]),
        ([(2, 100)], 0.1, [0]),
    ],
)
def test_of_all_answers_without_thought_so_many_are_taken_as_may_stand_beside_the_others(
    seen: list[tuple[int, int]], share: float, taken: list[int]
) -> None:
    found = learnt_rows.shared([Fate(3, thinking, bare) for thinking, bare in seen], share)
    assert [fate.taken for fate in found] == taken
    assert [(fate.heldout, fate.thinking, fate.bare) for fate in found] == [(3, *each) for each in seen]
    assert [fate.learnt + fate.lost for fate in found] == [sum(each) for each in seen]


def test_what_was_not_read_to_its_end_counts_by_its_rows_and_a_teacher_leaves_nothing_bare(tmp_path: Path) -> None:
    many = local("faq", write_lines(tmp_path / "faq.jsonl", pairs(600)))
    config = make_config([many], integrate={"heldout_fraction": 0.0})
    [look] = first_rows.look(config)
    assert learnt_rows.of_sources(config, [look], [Rows(600)]) == [Fate(0, 0, 600, 600)]
    assert learnt_rows.of_sources(config, [look], [Rows(None)]) is None
    seen = replace(look, heldout=20, training={"faq": {**thought_table.NOTHING, "learnt": 150, "final_only": 30}})
    three_times = Rows(3 * look.rows)
    assert learnt_rows.of_sources(config, [seen], [three_times]) == [Fate(60, 360, 90, 40)]
    beside = [many, local("thought", write_lines(tmp_path / "thought.jsonl", THINKING))]
    taught = {"missing_sections": "teacher", "teacher": "owner/model"}
    for convert, lost in (({}, 600 - 120 // 9), (taught, 0)):
        found = fates(make_config(beside, integrate={"heldout_fraction": 0.0}, convert=convert))
        assert found is not None and found[0].lost == lost
    far = {"name": "far", "path": "openai/gsm8k", "max_rows": 100}
    assert fates(make_config([far])) is None, "nobody knows what is in it"


@pytest.mark.parametrize(
    ("path", "seen", "level"),
    [
        ("mine.jsonl", Fate(0, 90, 30, 10), "warning"),
        ("demo:maths", Fate(0, 90, 30, 10), "note"),
        ("demo:maths", Fate(0, 90, 19, 9), None),
        ("mine.jsonl", Fate(0, 90, 19, 9), None),
        ("mine.jsonl", Fate(0, 0, 100, 90), None),
        ("mine.jsonl", Fate(0, 0, 100, 89), "warning"),
    ],
)
def test_that_rows_of_the_user_are_not_learnt_is_a_warning(path: str, seen: Fate, level: str | None) -> None:
    """That of the data of a preset is none: nobody has to see to it."""
    config = make_config([local("own", Path(path)), {"name": "big", "source": "local", "path": "demo:chat"}])
    found = data_shares.lost_of(
        config.datasets, [Rows(120), Rows(9_000)], [seen, Fate(0, 10 if level else 400, 0)], 0.1
    )
    assert [finding.level for finding in found] == ([level] if level else [])
    if found:
        said = str(found[0].what)
        assert f"- own: {seen.lost} (of 120 rows; {seen.learnt} learnt, 0 held out)" in said and "big" not in said
        assert "convert.final_only_share" in said and "at most 10%" in said


def test_rows_are_said_as_about_so_many_where_they_are_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_lines(tmp_path / "faq.jsonl", pairs(600))
    config = make_config([local("faq", source)])
    [look] = first_rows.look(config)
    assert learnt_rows.count(config, look) == Rows(600)
    monkeypatch.setattr(learnt_rows, "COUNTED", len(json.dumps(pairs(1))))
    assert not learnt_rows.count(config, look).counted


def test_what_was_seen_of_a_source_stands_for_all_of_it_in_proportion() -> None:
    training = {"a": {"learnt": 10, "final_only": 4}, "b": {"learnt": 1, "final_only": 1}}
    look: Any = SimpleNamespace(unseen=False, rows=20, heldout=3, training=training)
    fate = learnt_rows._seen(look)
    assert fate == Fate(3, 6, 5)
    assert learnt_rows._scaled(Fate(3, 6, 5), 2.0) == Fate(6, 12, 10)
    for changed in ({"rows": 0}, {"unseen": True}):
        other: Any = SimpleNamespace(**{**vars(look), **changed})
        assert learnt_rows._seen(other) is None


@pytest.mark.parametrize(("most", "told"), [(None, 50), (7, 7), (50, 50), (900, 50)])
def test_of_a_large_file_the_rows_are_guessed_up_to_the_limit_that_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int | None, told: int
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"prompt": "a", "response": "b"}\n' * 9)
    monkeypatch.setattr(learnt_rows, "COUNTED", file.stat().st_size - 1)
    monkeypatch.setattr(learnt_rows.local_files, "guess_rows", lambda files: 50)
    config = make_config([local("a", "a.jsonl")])
    dataset = Dataset(name="a", source="local", path=str(file), max_rows=most)
    look: Any = SimpleNamespace(dataset=dataset, whole=False, rows=3)

    assert learnt_rows.count(config, look) == Rows(told, counted=False)
    monkeypatch.setattr(learnt_rows, "COUNTED", file.stat().st_size)
    assert learnt_rows.count(config, look) == Rows(min(9, most or 9))
