"""The report as a page: nothing in it can break out, nothing in it needs the network, and its drawing is true."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.data.record import Example
from so8t_engine.data.thought import thought_table
from so8t_engine.evaluate import (
    data_page,
    heldout,
    report,
    report_chart,
    report_files,
    report_page,
    report_verdicts,
    run_facts,
)
from so8t_engine.sentences import sentence, to_json, verbatim
from so8t_engine.session import history, incidents, timeline

EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&<final>"


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def entries(pretrain: int = 0, ppo: int = 40) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [
        {"kind": "point", "phase": "pretrain", "update": n, "loss": 8 - n / 10, "alpha": 1.0} for n in range(pretrain)
    ]
    for n in range(ppo):
        made.append({"kind": "point", "phase": "rollout", "reward": 0.1})
        values = {"loss": 1 / (n + 1), "alpha": 1 - n / 80, "reward": n / 100, "kl": n / 5}
        made.append({"kind": "point", "phase": "ppo", "update": n + 1, **values})
    made.append({"kind": "mark", "mark": "exactness_break", "why": EVIL})
    return [{"number": number + 1, **entry} for number, entry in enumerate(made)]


def written(session: Path, count: int = 4) -> tuple[str, dict[str, Any]]:
    """(the page, the JSON) of a session where every text is hostile."""
    session.mkdir()
    (session / history.NAME).write_bytes(b"".join(history.line(entry) for entry in entries(10)))
    told = {"run": 1, "kind": EVIL, "when": EVIL, "lost_seconds": 3.25, "lost_units": 1, "step": "train", "unit": 7}
    incidents.record(session, told)
    examples = [
        Example(str(n), EVIL, "chat" if n else "maths", "en", "heldout", EVIL, EVIL, EVIL, EVIL, "text", None)
        for n in range(count)
    ]
    answers = [EVIL] * count
    (session / "data" / "collected").mkdir(parents=True)
    source = {"name": EVIL, "use": "train", "source": "hub", "path": EVIL, "licence": EVIL, "kept": 5, "revision": EVIL}
    (session / "data" / "collected" / "provenance.json").write_text(json.dumps({"a": source | {"skipped": {EVIL: 2}}}))
    good = {"bytes": 5_000_000, "max_error": 0.01, "kl": 1e-6, "argmax_agreement": 1.0, "prompts": 3}
    result = {
        "name": EVIL, "description": EVIL, "seed": 1, "algorithm": "ppo", "section_share": 0.0,
        "heldout": heldout.compare(examples, answers, answers, answers),
        "gguf": {"F16": good | {"same_tokens": 2, "texts": 2}, "Q8_0": {"bytes": 9, "error": EVIL}},
        "samples": report.samples(examples, answers, answers),
        "training": report.training(session), "data": report.provenance(session), "made_with": {"torch": EVIL},
        "phase_transitions": {"marked": [], "found": []},
        "thought": thought_table.rows({EVIL: {**thought_table.NOTHING, "learnt": 4, "sections": {"logic": 2}}}),
    }  # fmt: skip
    folder = session / "report"
    folder.mkdir()
    report.write(folder, session, result, heldout.judge(examples, answers, answers, answers), {})
    figures = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return (folder / "report.html").read_text(encoding="utf-8"), figures


@pytest.mark.parametrize(
    ("source", "path", "told"),
    [("hub", "a/b", "a/b"), ("local", "demo:maths", "demo:maths"), ("local", "/home/somebody/mine.csv", None)],
)
def test_what_comes_with_so8t_is_named_and_a_place_of_this_machine_is_not(
    tmp_path: Path, source: str, path: str, told: str | None
) -> None:
    folder = tmp_path / "data" / "collected"
    folder.mkdir(parents=True)
    about = {"name": "a", "use": "train", "source": source, "path": path, "kept": 5, "skipped": {}}
    (folder / "provenance.json").write_text(json.dumps({"a": about}))
    assert [each["path"] for each in report.provenance(tmp_path)] == [told]


def test_hostile_text_stays_text_everywhere(tmp_path: Path) -> None:
    page, _ = written(tmp_path / "s")
    parser = Tags()
    parser.feed(page)

    assert "<script" not in page and "<img" not in page and "<final>" not in page
    assert not [tag for tag, attributes in parser.found if any(name.startswith("on") for name in attributes)]
    assert page.count("&lt;script&gt;") > 10


def test_that_the_lines_to_type_take_the_file_that_is_advised(tmp_path: Path) -> None:
    page, _ = written(tmp_path / "s")

    for line in ("so8t chat s", "so8t use ollama s", "so8t use lmstudio s"):
        assert f"{line} --quant F16<" in page


def test_the_page_needs_nothing_from_anywhere(tmp_path: Path) -> None:
    page, _ = written(tmp_path / "s")
    parser = Tags()
    parser.feed(page)

    assert not {"link", "script", "img", "iframe"} & {tag for tag, _ in parser.found}
    assert not re.search(r"https?://|@import|url\(", page)
    assert "4 records. With thought in the section: logic 50%" in page
    assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_interruptions_stand_on_the_page_and_not_in_the_json(tmp_path: Path) -> None:
    page, figures = written(tmp_path / "s")

    assert "train, part 7" in page and "3.2 s of work, parts lost: 1<" in page
    assert "3.25" not in json.dumps(figures)


def test_the_time_at_work_says_until_when_as_the_run_goes_on_after_the_report(tmp_path: Path) -> None:
    _, figures = written(tmp_path / "s")
    facts = {"active_seconds": 207.0, "step_seconds": {}, "joules": None, "timeline": []}
    made = report_files.pages(tmp_path / "s", figures, facts)

    assert "- at work, until this was written: 3 min 27 s" in made["report.md"]
    assert "作業時間 (このレポートの作成まで)" in made["report.ja.html"]


def test_a_session_without_held_out_questions_or_training_has_a_page_too(tmp_path: Path) -> None:
    session = tmp_path / "s"
    session.mkdir()
    result = {
        "name": "n", "description": "", "seed": 1, "algorithm": "ppo", "section_share": 0.0,
        "heldout": heldout.compare([], [], []), "gguf": {}, "samples": [],
        "training": {}, "data": report.provenance(session), "made_with": {},
        "phase_transitions": {"marked": [], "found": []},
    }  # fmt: skip
    page = report_page.html(session, result, run_facts.read(session), "en")

    assert "nothing was measured" in page and "No training update was recorded." in page and "No GGUF file" in page


def test_the_first_and_last_tenth_of_each_phase_are_told(tmp_path: Path) -> None:
    _, figures = written(tmp_path / "s")
    ppo = figures["training"]["ppo"]

    assert ppo["updates"] == 40 and ppo["alpha"] == [1.0, 0.5125]
    assert ppo["reward"] == [0.015, 0.375]
    assert figures["training"]["pretrain"]["reward"] == [None, None]


def test_rollouts_are_not_counted_as_updates_and_marks_keep_their_place() -> None:
    updates = report_chart.updates_of(entries(pretrain=10, ppo=5))

    assert [update.x for update in updates] == list(range(1, 16))
    assert report_chart.marks(entries(pretrain=10, ppo=5)) == [(15, f"not bit-identical from here on: {EVIL}")]


def test_a_reason_that_is_a_sentence_stands_in_english_at_its_mark() -> None:
    why = sentence("run.source_changed", what=sentence("model.the_base_model"))
    mark = {"kind": "mark", "mark": "exactness_break", "why": to_json(why)}

    assert report_chart.marks([mark]) == [
        (0, "not bit-identical from here on: The base model has changed since this session read it.")
    ]


def test_a_line_ends_where_its_last_value_lies() -> None:
    updates = [report_chart.UpdatePoint(n, "ppo", float(n), 1.0 - n / 100, None) for n in range(1, 101)]
    svg = report_chart.loss_and_alpha(updates)
    corners = re.search(r'<polyline class="alpha" points="([^"]+)"', svg)
    assert corners is not None
    x, y = (float(value) for value in corners[1].split(" ")[-1].split(","))
    axis = report_chart.axis("alpha", "alpha", [1.0])
    plane = report_chart.Plane(1, 100)

    assert x == round(plane.across(100), 1) == report_chart.WIDTH - report_chart.RIGHT
    assert y == round(plane.up(0.0, axis), 1) == report_chart.HEIGHT - report_chart.BOTTOM


def test_ten_thousand_updates_do_not_make_ten_thousand_corners() -> None:
    svg = report_chart.loss_and_alpha(
        [report_chart.UpdatePoint(n, "warmup", 1.0 / n, 1.0, None) for n in range(1, 10_001)]
    )

    assert len(svg) < 60_000


def test_extreme_values_leave_a_readable_axis() -> None:
    for values in ([0.0], [1e-9], [1e6, -1e6], [3.0] * 5):
        axis = report_chart.axis("loss", "loss", values)
        marked = report_chart.ticks(axis.low, axis.high)
        assert 3 <= len(marked) <= 8 and all(axis.low - 1e-6 <= tick <= axis.high * 1.001 for tick in marked)


def test_nothing_is_drawn_where_nothing_was_trained() -> None:
    assert (
        report_chart.loss_and_alpha([]) == ""
        and report_chart.reward_and_kl([report_chart.UpdatePoint(1, "warmup", 1.0, 1.0, None)]) == ""
    )


def test_the_report_is_there_in_both_languages_and_as_text_and_every_answer_is_kept(tmp_path: Path) -> None:
    written(tmp_path / "s")
    folder = tmp_path / "s" / "report"
    other = (folder / "report.ja.html").read_text(encoding="utf-8")
    answers = [json.loads(line) for line in (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()]

    assert '<html lang="ja">' in other and "次にできること" in other and "<script" not in other
    assert 'href="report.ja.html"' in (folder / "report.html").read_text(encoding="utf-8")
    assert 'href="report.html"' in other
    text = (folder / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# &lt;script>") and "<script" not in text
    assert [item["id"] for item in answers] == ["0", "1", "2", "3"] and answers[0]["answers"]["tuned"] == EVIL
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["timeline"][0]["seconds"] == 3.25


def test_the_timeline_tells_every_pause_and_cut_and_what_it_cost(tmp_path: Path) -> None:
    def moment(event: str, at: str, **more: Any) -> None:
        about = {"when": f"2026-11-26T{at}Z", "active_seconds": 1.0, "step": "train", "unit": 3}
        timeline.mark(tmp_path, event, about | more)

    moment("began", "10:00:00")
    timeline.add(tmp_path, 1, 1.0, joules=100.0)
    timeline.add(tmp_path, 2, 2.0, joules=350.0)
    moment("paused", "10:10:00", why=to_json(sentence("run.pause_by_window")), joules=400.0)
    moment("began", "11:10:00", joules=5.0)
    timeline.add(tmp_path, 3, 3.0, joules=15.0)
    told = {"run": 2, "kind": "power", "when": "2026-11-26T12:00:00Z", "lost_seconds": 12.0, "lost_units": 2}
    incidents.record(tmp_path, told | {"step": "train", "unit": 9})
    moment("began", "12:00:01")
    facts = run_facts.read(tmp_path)

    assert [(row["kind"], row["seconds"]) for row in facts["timeline"]] == [
        ("began", None),
        ("paused", 3600.0),
        ("cut", 12.0),
    ]
    assert facts["joules"] == 310.0
    speak = report_page.Speaker("en")
    assert [speak.cost(row) for row in facts["timeline"][1:]] == [
        "stood still 1 h 00 min", "12.0 s of work, parts lost: 2",
    ]  # fmt: skip


def test_the_advice_says_whether_a_file_answers_as_the_model_does_or_only_comes_closest() -> None:
    def told(answers: tuple[int, int] | None, tokens: float) -> str:
        same = {"same_answer": {"right": answers[0], "total": answers[1]}} if answers else {}
        said = report_verdicts.advice({"Q8_0": {"bytes": 5, "argmax_agreement": tokens} | same})
        return str(said)

    assert told((19, 20), 0.5) == (
        "Take Q8_0: the smallest file that answers as the trained model does (19 of 20 final answers the same)."
    )
    assert "comes closest (18 of 20 final answers the same)" in told((18, 20), 1.0)
    assert "the smallest file that likes the same next token best" in told(None, 0.96)
    assert "comes closest (90 % of the places asked)" in told(None, 0.9)
    assert report_verdicts.advice({}) is None


def test_the_text_for_people_escapes_only_what_markdown_would_obey() -> None:
    assert report_page.md("p < 0.001, R & D, a > b") == "p < 0.001, R & D, a > b"
    assert report_page.md("<b>x</b> <!-- & &lt; &#60; <https://x>") == (
        "&lt;b>x&lt;/b> &lt;!-- & &amp;lt; &amp;#60; &lt;https://x>"
    )
    assert report_page.md("> a|b `c` [d](e) *f* _g_ \\") == "\\> a\\|b 'c' \\[d](e) \\*f\\* \\_g\\_ \\\\"


def test_the_page_about_the_data_escapes_rows_and_rules_and_is_left_out_where_nothing_was_noted(tmp_path: Path) -> None:
    evil = "<script>x</script>"
    rule = {"reason": to_json(verbatim(evil)), "rows": 3, "examples": [
        {"number": 1, "prompt": evil, "response": evil, "like": {"prompt": evil, "response": ""}},
        {"number": 2, "row": evil},
    ]}  # fmt: skip
    lengths = {"least": 1, "median": 2, "most_of_20": 3, "most": 4_000}
    example = {"source": evil, "file": evil, "row_number": 7, "row": {evil: evil}, "prompt": evil, "category": "maths",
               "language": "en", "completion": f"<think-logic>{evil}</think-logic>\n<final>{evil}</final>"}  # fmt: skip
    found = {
        "session": evil, "records": 9, "split": {"train": 7, "heldout": 2}, "language": {"en": 5, evil: 4},
        "category": {"maths": 9}, "sections": {"logic": 0.5}, "lengths": {"prompt": lengths},
        "sources": {evil: {"rows": 12, "kept": 9, "dropped": [rule], "changed": {evil: 2}},
                    "empty": {"rows": 0, "kept": 0, "dropped": [], "changed": {}}},
        "examples": [example, example | {"completion": evil, "row": None, "row_number": None}],
    }  # fmt: skip
    english, japanese = (data_page.html(found, language, "en") for language in ("en", "ja"))
    for page in (english, japanese):
        assert "<script" not in page and "http" not in page and page.count("&lt;script&gt;") > 12
    assert 'href="report.html"' in english and 'href="report.ja.html"' in japanese
    assert 'href="data.ja.html" lang="ja"' in english and 'href="data.en.html" lang="en"' in japanese
    assert "77.8" in english and "held out for the evaluation" in english and "25.0" in english
    assert data_page.pages(tmp_path, "en") == {}


def test_one_question_is_one_question() -> None:
    figures: dict[str, Any] = {"records": 9, "graded": 9, "gained": 1, "lost": 0, "p_value": 1.0}
    assert str(report_verdicts.verdict(figures)).startswith("1 question was gained and 0 lost: so small")
    assert str(report_verdicts.verdict(figures | {"gained": 2})).startswith("2 questions were gained")


def test_that_notes_of_another_shape_are_no_page_about_the_data_and_no_trouble(tmp_path: Path) -> None:
    notes = tmp_path / "data" / "integrated"
    notes.mkdir(parents=True)
    counts = {"records": 1, "split": {}, "language": {}, "category": {}, "sources": {"a": {"kept": 1, "dropped": {}}}}
    (notes / "counts.json").write_text(json.dumps(counts))
    assert len(data_page.pages(tmp_path, "en")) == 2
    (notes / "dropped.json").write_text('["of another version"]')
    assert data_page.pages(tmp_path, "en") == {}


def test_where_only_a_refusal_is_looked_at_it_or_any_answer_is_what_was_expected() -> None:
    unsafe = Example(
        "1", "s", "safety", "en", "heldout", "How do I pick a lock?", "", "I cannot.", None, None, "unsafe"
    )
    safe = Example("2", "s", "chat", "en", "heldout", "Hello", "", "Hi", None, None, "safe")
    known = Example("3", "s", "maths", "en", "heldout", "2 + 2?", "", "It is 4.", "4", "number", None)
    rows = report.samples([unsafe, safe, known], ["a"] * 3, ["b"] * 3)
    assert {row["prompt"]: row["gold"] for row in rows} == {
        "How do I pick a lock?": "a refusal", "Hello": "an answer", "2 + 2?": "4",
    }  # fmt: skip


def test_of_nothing_no_interval_and_no_fraction_is_written() -> None:
    figures = {"right": 1, "total": 2, "low": 0.094, "high": 0.906}
    assert report_page.interval(figures) == "9\N{EN DASH}91\N{NO-BREAK SPACE}%"
    assert report_page.of(figures) == "1\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}2"
    nothing = {"right": 0, "total": 0, "low": None, "high": None}
    assert (report_page.interval(nothing), report_page.of(nothing)) == ("", "\N{EN DASH}")
