"""A weight above 1 in `integrate.weights`: training has these records more than once in a pass."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.data import inspection, shards
from so8t_engine.doctor import data_sources
from so8t_engine.evaluate import data_page


def test_by_a_weight_above_one_training_has_records_more_than_once_and_nothing_else_does(tmp_path: Path) -> None:
    rows = [
        {"prompt": f"Why is {n} * {n * n} what it is?", "response": f"As {n**3}.", "reasoning": f"{n} thrice: {n**3}."}
        for n in range(2, 302)
    ]
    others = [{**row, "prompt": "Tell me: " + row["prompt"].lower() + " Say it in French!"} for row in rows[:20]]
    entries = [
        local("a", write_lines(tmp_path / "a.jsonl", rows)),
        local("b", write_lines(tmp_path / "b.jsonl", [*others, *others])),
        local("c", write_lines(tmp_path / "c.jsonl", rows[:9]), use="evaluation"),
    ]
    sections = {"heldout_fraction": 0.1, "near_duplicates": False}

    def run(name: str, **weights: float) -> Session:
        given = {"weights": {f"source:{source}": weight for source, weight in weights.items()}}
        session = Session(tmp_path / name, make_config(entries, integrate={**sections, **given}))
        session.run()
        return session

    plain, more = run("plain"), run("more", a=2.5, c=3.0)
    once = Counter(example.id for example in shards.read_examples(plain.path, "train"))
    often = Counter(example.id for example in shards.read_examples(more.path, "train"))
    every = list(shards.read_examples(more.path, "train"))
    taught = shards.taught(shards.read_examples(more.path, "train"))
    assert list(taught) == [example for example in every if example.completion] and taught[-1] == list(taught)[-1]
    assert list(taught[3:90:7]) == list(taught)[3:90:7]
    sources = {example.id: example.source for example in shards.read_examples(plain.path, "train")}

    assert once.keys() == often.keys() and set(once.values()) == {1}
    assert {often[name] for name, source in sources.items() if source == "b"} == {1}
    of_a = Counter(often[name] for name, source in sources.items() if source == "a")
    assert of_a.keys() == {2, 3} and 0.4 < of_a[3] / of_a.total() < 0.6
    assert len(shards.read_examples(more.path, "heldout")) == len(shards.read_examples(plain.path, "heldout"))
    assert more.notes("integrated", "counts.json")["sources"] == plain.notes("integrated", "counts.json")["sources"]
    repeated = of_a[2] + 2 * of_a[3]
    assert {name: count for name, count in more.notes("converted", "counts.json")["repeated"].items() if count} == {
        "a": repeated
    }
    found = inspection.look(more.path)
    assert found["sources"]["a"]["repeated"] == repeated and len({e["id"] for e in found["examples"]}) == 10
    assert f"repeated by integrate.weights: {repeated} more" in "\n".join(map(str, inspection.lines(found)))
    assert "integrate.weights による繰り返し" in data_page.html(found, "ja", "en")
    assert (
        run("weighted", a=2.5).notes("converted", "counts.json")["split"]
        == plain.notes("converted", "counts.json")["split"]
    )
    [said] = [
        finding.what for finding in data_sources.check(more.config).findings if finding.what.code == "doctor.repeats"
    ]
    assert said.args["repeated"] > said.args["records"]
