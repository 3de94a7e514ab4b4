"""The data steps cut anywhere, and cut into shards of any size: the same bytes come out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from helpers import planted
from helpers.data_sources import EVERY_TICK, records, small
from helpers.paths import PROJECT
from helpers.sessions import Cut, Session, local, make_config, write_lines
from so8t_engine.data import reading_rules
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.hub import hub
from so8t_engine.data.texts import normalise
from so8t_engine.session import manifest


@pytest.mark.parametrize("event", ["saved", "progress"])
def test_a_cut_at_every_unit_leaves_the_same_bytes(tmp_path: Path, event: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)
    whole = Session(tmp_path, small(tmp_path / "data"), "whole")
    whole.run()
    cut = Session(tmp_path, small(tmp_path / "data", **EVERY_TICK), "cut")
    cuts = cut.run_with_cuts() if event == "saved" else _run_with_cuts_before_commits(cut)

    assert cuts >= 15
    assert cut.digests() == whole.digests()
    told = [(each["step"], each["unit"], each["total"]) for each in whole.said("progress")]
    for step in ("collect", "integrate", "convert"):
        units = [unit for name, unit, _ in told if name == step]
        assert [*dict.fromkeys(units)] == list(range(1, 12)), "each unit is told of, and the last is the total"
        assert units[-1] == [total for name, _, total in told if name == step][-1]


LEAKY = {"heldout_fraction": 0.3}


def test_what_the_rules_take_does_not_depend_on_cuts(tmp_path: Path) -> None:
    rows = [{"prompt": item.prompt, "response": item.response} for item in planted.records(90, seed=7, share=0.3)]
    rows += [{"prompt": f"Go on: {row['prompt']}", "response": "I shall."} for row in rows[::3]]
    source = local("a", write_lines(tmp_path / "a.jsonl", rows))
    whole = Session(tmp_path, make_config([source], collect={"rows_per_shard": 12}, integrate=LEAKY), "whole")
    whole.run()
    cut = Session(tmp_path, make_config([source], collect={"rows_per_shard": 12}, integrate=LEAKY, **EVERY_TICK), "cut")
    cuts = cut.run_with_cuts()

    assert cuts >= 18
    assert cut.digests() == whole.digests()
    dropped = whole.notes("integrated", "counts.json")["sources"]["a"]["dropped"]
    assert dropped["nearly the same as an earlier record"] >= 5
    assert dropped["holds a question that the model is evaluated on"] >= 3
    [example, *_] = whole.notes("integrated", "dropped.json")["a"]["nearly the same as an earlier record"]
    assert (rows[example["number"] - 1]["prompt"].strip()[:300], "prompt" in example["like"]) == (
        example["prompt"],
        True,
    )


def test_a_cut_at_the_end_of_integrate_leaves_what_its_checkpoint_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shards that held a held-out question are replaced at the very end, by which time a checkpoint names the old."""
    rows = [{"prompt": item.prompt, "response": item.response} for item in planted.records(90, seed=7, share=0.3)]
    rows += [{"prompt": f"Go on: {row['prompt']}", "response": "I shall."} for row in rows[::3]]
    source = local("a", write_lines(tmp_path / "a.jsonl", rows))
    whole = Session(tmp_path, make_config([source], collect={"rows_per_shard": 12}, integrate=LEAKY), "whole")
    whole.run()
    cut = Session(tmp_path, make_config([source], collect={"rows_per_shard": 12}, integrate=LEAKY, **EVERY_TICK), "cut")
    cut.run("collect")
    build, cuts = manifest.build, [0]

    def cut_before_the_manifest(listed: Any, about: Any) -> bytes:
        if any("-swept" in name for name in listed) and not cuts[0]:
            cuts[0] += 1
            raise Cut
        return build(listed, about)

    monkeypatch.setattr(manifest, "build", cut_before_the_manifest)
    with pytest.raises(Cut):
        cut.run("integrate")
    cut.run()

    assert cuts == [1]
    assert any("-swept" in name for name in cut.digests())
    assert cut.digests() == whole.digests()


def _run_with_cuts_before_commits(session: Session) -> int:
    """Cuts after a unit's file was written and before its commit, once at each unit."""
    met: set[tuple[str, int]] = set()

    def cut(message: Any) -> None:
        here = (message.data.get("step", ""), message.data.get("unit", 0))
        if message.name == "progress" and here not in met:
            met.add(here)
            raise Cut

    while True:
        try:
            session.run(context=session.context(cut=cut))
            return len(met)
        except Cut:
            continue


def test_a_restart_goes_on_and_does_not_begin_again(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data", **EVERY_TICK))
    session.run_with_cuts("collect")
    units = [event["unit"] for event in session.said("saved") if event["step"] == "collect" and event["unit"]]

    assert units == list(range(1, len(units) + 1))


@pytest.mark.parametrize(("step", "before"), [("collect", "other rules"), ("integrate", "rules nobody noted")])
def test_no_source_is_half_read_by_another_versions_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, before: str
) -> None:
    """The other version shouts: it reads every row in capitals. It was cut off within the source `b`."""
    rows = [{"prompt": f"What is {n} plus {n}?", "response": f"It is {2 * n}, as you know."} for n in range(24)]
    sources = [local(name, write_lines(tmp_path / f"{name}.jsonl", rows[:: 1 if name == "b" else 5])) for name in "ab"]
    config = make_config(sources, collect={"rows_per_shard": 4}, **EVERY_TICK)
    whole, session = Session(tmp_path, config, "whole"), Session(tmp_path, config)
    whole.run("collect", "integrate")
    with monkeypatch.context() as older:
        older.setattr(reading_rules, "digest", lambda what: f"of {what}, formerly")
        older.setattr(reading_rules, "take", reading_rules.take if before == "other rules" else lambda *_: None)
        if step == "collect":
            older.setattr(hub, "read", lambda *given: map(_shouted, local_files.read(*given[:3])))
        else:
            session.run("collect")
            older.setattr(normalise, "clean", str.upper)
        with pytest.raises(Cut):
            session.run(step, context=session.context(cut=lambda message: _cut_at(message, step, unit=5)))
    parts = [name for name in whole.digests() if name.startswith(step) and "-b-" in name]
    assert any((session.path / "data" / name).is_file() for name in parts)
    session.events.clear()
    session.run("collect", "integrate")

    told = [event["sentence"]["code"] for event in session.said("warning") if event["code"] == "exactness_break"]
    assert told == (["steps.collected_again", "steps.read_otherwise"] if step == "collect" else ["steps.read_again"])
    assert [mark["mark"] for mark in session.said("mark")] == ["exactness_break"] * len(told)
    assert (step == "collect") == (session.digests() != whole.digests()), "of `a`, which was whole, the older rows stay"
    assert [session.digests()[name] for name in parts] == [whole.digests()[name] for name in parts]


def _shouted(item: RawRow | BadRow) -> RawRow | BadRow:
    return RawRow(item.number, item.text.replace("What is", "WHAT IS")) if isinstance(item, RawRow) else item


def _cut_at(message: Any, step: str, unit: int) -> None:
    if message.name == "saved" and message.data["step"] == step and message.data["unit"] == unit:
        raise Cut


def test_the_rules_of_a_version_are_its_code_and_not_its_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = [reading_rules.digest(what) for what in ("rows", "files")]
    shutil.copytree(PROJECT / "engine" / "so8t_engine" / "data", tmp_path / "data")
    monkeypatch.setattr(reading_rules.resources, "files", lambda package: tmp_path.joinpath(*package.split(".")[1:]))

    def changed(name: str, before: str, after: str) -> list[str]:
        path = tmp_path / "data" / name
        path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
        return [reading_rules.digest.__wrapped__(what) for what in ("rows", "files")]

    assert changed("adapters/talks/talk.py", '"""Turns of a talk', '"""# A talk') == begun
    rows, files = changed("sieve/limits.py", "import annotations\n", "import annotations\n\nMORE = 1\n")
    assert (rows != begun[0], files == begun[1]) == (True, True)
    rows, files = changed("adapters/known/comparisons.py", "import re\n", "import re\n\nMORE = 1\n")
    assert files != begun[1]  # which sheets of a workbook are read the adapters decide
    refusing, _ = changed("texts/refusals.py", "import annotations\n", "import annotations\n\nMORE = 1\n")
    assert refusing != rows  # of which the others import only names


def test_the_same_input_gives_the_same_bytes_and_another_seed_another_split(tmp_path: Path) -> None:
    first = Session(tmp_path, small(tmp_path / "data"), "a")
    second = Session(tmp_path, small(tmp_path / "data"), "b")
    other = Session(tmp_path, small(tmp_path / "data", seed=18), "c")
    for session in (first, second, other):
        session.run()

    assert first.digests() == second.digests()
    assert [record.id for record in records(first)] == [record.id for record in records(other)]
    assert [record.split for record in records(first)] != [record.split for record in records(other)]


@pytest.mark.parametrize("rows_per_shard", [1, 3, 50])
def test_what_is_kept_does_not_depend_on_the_size_of_a_shard(tmp_path: Path, rows_per_shard: int) -> None:
    session = Session(tmp_path, small(tmp_path / "data", collect={"rows_per_shard": rows_per_shard}))
    whole = Session(tmp_path, small(tmp_path / "data"), "whole")
    session.run()
    whole.run()

    assert records(session) == records(whole)


def test_replies_find_their_questions_across_shards_and_cuts(tmp_path: Path) -> None:
    rows = []
    for n in range(6):
        reply = {"message_id": f"r{n}", "parent_id": f"q{n}", "role": "assistant", "text": f"Reply {n}.", "rank": 0}
        rows.append({**reply, "lang": "en"})
    for n in range(6):
        first = {"message_id": f"q{n}", "parent_id": None, "role": "prompter", "text": f"First {n}?", "rank": None}
        rows.append({**first, "lang": "en"})
    path = write_lines(tmp_path / "a.jsonl", rows)
    config = make_config([local("oasst", path)], collect={"rows_per_shard": 2}, **EVERY_TICK)
    session = Session(tmp_path, config)
    session.run_with_cuts()

    assert [(record.prompt, record.response) for record in records(session)] == [
        (f"First {n}?", f"Reply {n}.") for n in range(6)
    ]


def test_what_an_earlier_attempt_left_behind_is_cleared_away(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    stale = session.path / "data" / "collected" / "999-old-00000.parquet"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"old")
    session.run()

    assert not stale.exists()
    assert all("old" not in record.source for record in records(session))
