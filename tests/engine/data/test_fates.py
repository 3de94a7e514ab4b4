"""What became of each source, by real data steps: it adds up, it is true, and it is the same wherever it is shown."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from engine.evaluate.test_report_edges import FACTS, result
from helpers.data_sources import pairs
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.data import fates, inspection, shards
from so8t_engine.evaluate import data_page, report, report_page
from so8t_engine.evaluate.report_page import md

TAGS = ("task", "safety", "logic", "ethics", "practical", "creative")
ALL = ("read", "held_out", "learnt", "asked", "left_out")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Thought, bare answers, such as a reward can check, and an evaluation; lines that are none, and one twice."""
    folder = tmp_path_factory.mktemp("fates")
    thought = [
        {
            "prompt": f"Is {n} even?",
            "response": str(n % 2 == 0),
            "reasoning": f"Its last digit is {n % 10}, so it says.",
        }
        for n in range(1_000, 1_060)
    ]
    choices = [{"question": f"Which is {n}?", "choices": ["x", str(n)], "answer": 1} for n in range(500, 520)]
    faq = write_lines(folder / "faq.jsonl", [*pairs(39), pairs(1)[0]])
    with faq.open("a", encoding="utf-8") as file:
        file.write("no json\n")
    sources = [
        local("thought", write_lines(folder / "thought.jsonl", thought)), local("faq", faq),
        local("choices", write_lines(folder / "choices.jsonl", choices)),
        local("asked", write_lines(folder / "asked.jsonl", pairs(50)[40:]), use="evaluation"),
    ]  # fmt: skip
    made = Session(folder, make_config(sources, integrate={"heldout_fraction": 0.2}, collect={"max_bad_fraction": 0.1}))
    made.run()
    return made


def test_it_adds_up_and_is_what_lies_in_the_files(session: Session) -> None:
    found = {source["name"]: source["became"] for source in report.provenance(session.path)}
    train = shards.read_examples(session.path, "train")
    held_out = Counter(example.source for example in shards.read_examples(session.path, "heldout"))
    learnt = Counter(example.source for example in shards.taught(train))
    asked = Counter(example.source for example in train if not example.completion)
    assert {name: became["read"] for name, became in found.items()} == {
        "thought": 60, "faq": 41, "choices": 20, "asked": 10,
    }  # fmt: skip
    for name, became in found.items():
        assert became["read"] == sum(became[key] for key in ALL[1:])
        assert (became["held_out"], became["learnt"], became["asked"]) == (held_out[name], learnt[name], asked[name])
        assert became["left_out"] == sum(became["reasons"].values())
    assert found["asked"]["held_out"] == 10 and found["choices"]["asked"] > 0 and found["faq"]["held_out"] > 0
    assert 0 < found["faq"]["learnt"] < 10 < found["faq"]["left_out"]
    assert found["faq"]["reasons"].keys() >= {"not JSON"}
    assert max(found["faq"]["reasons"], key=found["faq"]["reasons"].__getitem__).startswith("nothing but a final")


def test_the_same_figures_stand_wherever_they_are_shown(session: Session) -> None:
    found = {source["name"]: source["became"] for source in report.provenance(session.path)}
    looked = inspection.look(session.path)
    assert {name: source["became"] for name, source in looked["sources"].items()} == found
    for name, source in looked["sources"].items():
        assert sum(rule["rows"] for rule in source["dropped"]) == found[name]["left_out"]
    faq = found["faq"]
    said = [str(line) for line in inspection.lines(looked)]
    terminal = (
        "faq: {read} read, {held_out} held out, {learnt} learnt, {asked} asked without an answer, {left_out} left out"
    )
    assert terminal.format(**faq) in said
    for language, reason in (("en", "nothing but a final answer"), ("ja", "最終回答しかなく")):
        left_out = report_page.Speaker(language).left_out(faq)
        assert left_out.startswith(f"{faq['left_out']} (") and reason in left_out
        page = data_page.html(looked, language, "en").replace("\n", "")
        assert "".join(f"<td>{faq[key]}</td>" for key in ALL) in page
        whole = result([], [], []) | {"data": report.provenance(session.path)}
        cells = [str(faq[key]) for key in ALL[:-1]]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        assert f'{row}<td class="text">{left_out}</td>' in report_page.html(session.path, whole, FACTS, language)
        assert f"| {' | '.join(cells)} | {md(left_out)} |" in report_page.markdown(session.path, whole, FACTS, language)


def test_what_is_shown_of_sections_and_of_what_was_left_out_is_what_lies_in_the_files(session: Session) -> None:
    looked = inspection.look(session.path)
    completions = shards.read_converted(session.path)["completion"].to_pylist()
    shares = {name: sum(f"<think-{name}>" in each for each in completions) / len(completions) for name in TAGS}
    assert looked["sections"] == {name: share for name, share in shares.items() if share} and shares["logic"] > 0
    assert {source["repeated"] for source in looked["sources"].values()} == {0}
    rules = {rule["reason"]["text"]: rule for rule in looked["sources"]["faq"]["dropped"]}
    [unreadable] = [rule for reason, rule in rules.items() if "JSON" in reason]
    assert (unreadable["rows"], unreadable["examples"]) == (1, [])
    assert all(rule["examples"] for rule in rules.values() if rule is not unreadable) and len(rules) > 2


def test_of_an_older_version_that_counted_less_nothing_is_said() -> None:
    rows: dict[str, Any] = {"sources": {"s": {"kept": 3, "dropped": {}}}}
    counts: dict[str, Any] = {"thought": {"s": {"learnt": 2, "prompts": 0}}, "dropped": {}}
    assert fates.of({}, rows, counts)["s"]["held_out"] == 1
    assert (
        fates.of({}, rows, {"thought": counts["thought"]}) == fates.of({}, rows, {}) == fates.of({}, {}, counts) == {}
    )
    assert fates.of({}, rows, {"thought": {"s": {"learnt": 4}}, "dropped": {}}) == {}, "it cannot be"
