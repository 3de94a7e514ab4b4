"""What the report says where there is next to nothing to say: no item, one, all right, none right, nothing changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import make_config
from so8t_engine.config import file as config_file
from so8t_engine.data.record import Example
from so8t_engine.evaluate import comparison, heldout, report, report_page, report_verdicts
from so8t_engine.evaluate.report_chart import UpdatePoint
from so8t_engine.sentences import LANGUAGES, say, to_json, verbatim
from so8t_engine.session import display_name

SUM = Example("1", "s", "maths", "en", "heldout", "2 + 2?", "", "4", "4", "number", None)
GREETING = Example("2", "s", "chat", "en", "heldout", "Hello", "", "Hi", None, None, None)
RIGHT, WRONG = "<final>4</final>", "<final>5</final>"
FACTS: dict[str, Any] = {"active_seconds": None, "step_seconds": {}, "joules": None, "timeline": []}
HOLLOW = re.compile(r"[+−-]0\.0\b(?! ?,)|\bNone\b|\bnan\b|\b1 (questions|answers|items)|\b0 / 0\b|: *to\b", re.ASCII)


def result(
    examples: list[Example], base: list[str], tuned: list[str], warmed: list[str] | None = None, learnt: bool = True
) -> dict[str, Any]:
    course = {"updates": 2, "loss": [1.0, 0.5], "reward": [0.1, 0.2], "alpha": [0.0, 1.0]}
    return {
        "name": "edge", "description": "", "seed": 1, "algorithm": "ppo", "section_share": 0.0,
        "heldout": heldout.compare(examples, base, tuned, warmed), "gguf": {}, "samples": [],
        "training": {"ppo": course} if learnt else {}, "data": [], "made_with": {},
        "phase_transitions": {"marked": [], "found": []},
    }  # fmt: skip


def pages(folder: Path, body: dict[str, Any]) -> dict[str, str]:
    """As a person reads them: by name, the words of the page and of the Markdown in both languages."""
    made = {}
    for code in LANGUAGES:
        page = report_page.html(folder, body, FACTS, code)
        visible = re.sub(r"<(style|svg|title).*?</\1>", " ", page, flags=re.DOTALL)
        made[f"html {code}"] = re.sub(r"<[^>]*>", " ", visible)
        made[f"md {code}"] = report_page.markdown(folder, body, FACTS, code)
    return {name: re.sub(r"[ \N{NO-BREAK SPACE}\n]+", " ", text) for name, text in made.items()}


def test_a_page_bears_the_name_that_a_person_gave_its_session(tmp_path: Path) -> None:
    body = result([SUM], [WRONG], [RIGHT])
    assert "edge" in report_page.html(tmp_path, body, FACTS, "en")
    display_name.give(tmp_path, "My own name")
    given = report_page.html(tmp_path, body, FACTS, "en")

    assert "My own name" in given and "edge" not in given


@pytest.mark.parametrize(
    ("examples", "base", "tuned", "said"),
    [
        ([], [], [], "nothing was measured"),
        ([GREETING], ["Hi"], ["Hi"], "nothing can be said about right answers"),
        ([SUM], [WRONG], [WRONG], "No difference in right answers: of 1 question none was gained and none lost."),
        ([SUM] * 3, [RIGHT] * 3, [RIGHT] * 3, "of 3 questions none was gained"),
        ([SUM], [WRONG], [RIGHT], "1 question was gained and 0 lost: so small a difference could be chance."),
        ([SUM] * 9, [WRONG] * 9, [RIGHT] * 9, "9 questions were gained and 0 lost: the tuned model answers better"),
        ([SUM, GREETING], [WRONG] * 2, [RIGHT] * 2, "1 question was gained"),
    ],
)
@pytest.mark.parametrize("columns", [2, 3])
def test_no_page_says_a_hollow_figure(
    tmp_path: Path, examples: list[Example], base: list[str], tuned: list[str], said: str, columns: int
) -> None:
    made = pages(tmp_path, result(examples, base, tuned, base if columns == 3 else None))

    assert said in made["html en"] and said in made["md en"]
    assert {name: HOLLOW.findall(text) for name, text in made.items() if HOLLOW.search(text)} == {}


def test_that_learning_which_changed_nothing_is_said_and_one_that_was_left_out_is_not(tmp_path: Path) -> None:
    ran = result([SUM] * 3, [WRONG] * 3, [RIGHT] * 3, [RIGHT] * 3)
    left_out = result([SUM] * 3, [WRONG] * 3, [RIGHT] * 3, [RIGHT] * 3, learnt=False)
    told = report_verdicts.share_of_learning(ran)

    assert told is not None and "changed no answer from wrong to right or back (3 questions)" in say(told, "en")
    assert report_verdicts.share_of_learning(left_out) is None
    demo = pages(tmp_path, ran | {"name": "demo", "base_model": {"name": None}})
    assert all("tests/bench/RESULTS.md" in text for text in demo.values())
    own = pages(tmp_path, ran | {"base_model": {"name": None}})["html en"]
    assert "tests/bench" not in own and "more updates" in own
    assert "after PPO" in pages(tmp_path, ran)["html en"] and "PPO" not in pages(tmp_path, left_out)["md en"]


@pytest.mark.parametrize("preset", [name for name, _ in config_file.presets()])
def test_a_presets_description_is_in_the_readers_language_and_a_users_own_as_it_is(tmp_path: Path, preset: str) -> None:
    described = config_file.load_preset(preset).description
    [japanese] = [say(about, "ja") for name, about in config_file.presets() if name == preset]
    made = pages(tmp_path, result([], [], []) | {"description": described})

    assert all((described in text) == name.endswith("en") for name, text in made.items())
    assert japanese in made["html ja"] and japanese.replace("_", "\\_") in made["md ja"]
    own = pages(tmp_path, result([], [], []) | {"description": "Mine, nobody else's."})
    assert all("Mine, nobody else" in text for text in own.values())


@pytest.mark.parametrize("warmed", [None, [WRONG] * 3])
def test_every_row_of_a_table_is_as_wide_as_its_head(tmp_path: Path, warmed: list[str] | None) -> None:
    body = result([SUM, SUM, GREETING], [WRONG] * 3, [RIGHT] * 3, warmed)
    body["gguf"] = {"F16": {"error": to_json(verbatim("why"))}, "Q8_0": {"bytes": 5}}
    for table in re.findall(r"<table.*?</table>", report_page.html(tmp_path, body, FACTS, "en"), re.DOTALL):
        rows = [re.findall(r"<t[hd]\b([^>]*)>", row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
        widths = [sum(int((re.findall(r"colspan=.(\d+)", cell) or ["1"])[0]) for cell in row) for row in rows]
        assert len(set(widths)) <= 1, (widths, table[:200])


def test_a_tensor_of_another_type_is_told_in_the_readers_language(tmp_path: Path) -> None:
    told = ["blk.0.ffn_up.weight: Q5_0 instead of Q4_K", "in words of a later version"]
    made = pages(tmp_path, result([], [], []) | {"gguf": {"Q4_K_M": {"bytes": 5, "fallbacks": told}}})

    assert "blocks: blk.0.ffn_up.weight: Q5_0 instead of Q4_K; in words of a later version." in made["html en"]
    assert "blk.0.ffn_up.weight: Q4_K ではなく Q5_0; in words of a later version" in made["html ja"]


def test_that_two_sessions_with_the_same_answers_do_not_differ_by_nothing_to_nothing(tmp_path: Path) -> None:
    rows = [row.to_json() for row in heldout.judge([SUM] * 3, [WRONG] * 3, [RIGHT] * 3)]
    items = [row | {"id": str(at)} for at, row in enumerate(rows)]
    wrong = [row | {"right": {"base": False, "tuned": False}} for row in items]
    first, same, worse = (
        comparison.Measured(name, tmp_path, {}, answered)
        for name, answered in (("a", items), ("b", items), ("c", wrong))
    )
    alike, apart = comparison.compare([first, same, worse])["pairs"]

    assert say(comparison.verdict(alike), "en") == (
        "b against a: no difference, each of the 3 questions came out alike in both."
    )
    assert "0 questions gained and 3 lost: so small" in say(comparison.verdict(apart), "en")


@pytest.mark.parametrize(
    ("strength", "last", "said"),
    [
        (
            {"delivered": 0.38197, "goal": 0.38197},
            0.447,
            "trained at an alpha of 0.447; the model has the goal of 0.382",
        ),
        (
            {"delivered": 0.61, "goal": 0.38197},
            0.62,
            "Alpha came to 0.610, which the model has, not to its goal of 0.382",
        ),
        ({"delivered": 0.38197, "goal": 0.38197}, 0.38201, ""),
        ({}, 0.447, ""),
        ({"delivered": 0.38197, "goal": 0.38197}, None, ""),
    ],
)
def test_what_alpha_came_to_is_told_where_it_is_not_what_was_to_be(
    tmp_path: Path, strength: dict[str, float], last: float | None, said: str
) -> None:
    body = result([SUM], [WRONG], [RIGHT]) | ({"strength": strength} if strength else {})
    body["training"] = {"ppo": body["training"]["ppo"] | {"alpha": [1.0, last]}}
    made = pages(tmp_path, body)
    assert ("trained at an alpha of" not in made["md en"] and "Alpha came to" not in made["md en"]) or said
    assert said in made["md en"] and ("目標" in made["md ja"]) == bool(said)
    assert report_page.Speaker("en").strength(body | {"training": {}}) == ""


def test_what_alpha_came_to_is_read_of_what_was_trained(tmp_path: Path) -> None:
    config = make_config([{"name": "none", "source": "local", "path": "none"}])
    assert report.strength(tmp_path, config) == {}
    (tmp_path / "adapter").mkdir()
    file = tmp_path / "adapter" / "alpha.json"
    for text in ("", "[]", "{}", '{"alpha": 0.5, "updates": 0}'):
        file.write_text(text)
        assert report.strength(tmp_path, config) == {}
    file.write_text('{"alpha": 0.5, "mode": "geodesic", "updates": 4}')
    assert report.strength(tmp_path, config) == {"delivered": 0.5, "goal": config.alpha.final}
    gateless = config.model_copy(update={"gate": config.gate.model_copy(update={"enabled": False})})
    assert report.strength(tmp_path, gateless) == {}


@pytest.mark.parametrize(("count", "ends"), [(9, (0.0, 8.0)), (20, (0.5, 18.5)), (21, (0.5, 19.5))])
def test_of_each_phase_its_first_and_last_tenth_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, ends: tuple[float, float]
) -> None:
    points = [UpdatePoint(x, "ppo", float(x), 1.0 - x / 100, None if x < 5 else 2.0) for x in range(count)]
    other = [UpdatePoint(0, "warmup", 7.0, None, None)]
    monkeypatch.setattr(report.report_chart, "updates_of", lambda entries: [*other, *points])
    found = report.training(tmp_path)

    assert list(found) == ["warmup", "ppo"] and found["warmup"]["loss"] == [7.0, 7.0]
    assert found["ppo"]["loss"] == list(ends) and found["ppo"]["updates"] == count
    assert found["ppo"]["reward"] == [None, 2.0]
    assert found["ppo"]["alpha"] == [1.0, 1.0 - (count - 1) / 100]


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (4, 4), (6, 4)])
def test_so_many_questions_of_a_category_are_shown_and_none_twice(count: int, shown: int) -> None:
    sums = [SUM._replace(id=str(number), prompt=f"{number}?", answer=str(number)) for number in range(count)]
    right = [f"<final>{example.answer}</final>" for example in sums]
    found = report.samples(sums, ["<final>x</final>"] * count, right)

    assert len(found) == len({row["prompt"] for row in found}) == shown


def test_a_shipped_description_is_told_in_the_readers_language_and_ones_own_as_it_is() -> None:
    speak = report_page.Speaker("ja")
    about = dict(config_file.presets())["demo"]

    assert speak.description(str(about)) == say(about, "ja") != str(about)
    assert speak.description("My own run") == "My own run"


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ({"training": {}, "strength": {"delivered": 0.4, "goal": 0.4}}, None),
        ({"training": {"ppo": {"alpha": [1.0, 0.4]}}}, None),
        ({"training": {"ppo": {"alpha": [1.0, 0.4]}}, "strength": {"delivered": 0.4, "goal": 0.4}}, None),
        ({"training": {"ppo": {"alpha": [1.0, 0.5]}}, "strength": {"delivered": 0.4, "goal": 0.4}}, "0.500"),
        ({"training": {"ppo": {"alpha": [1.0, 0.5]}}, "strength": {"delivered": 0.5, "goal": 0.4}}, "0.500"),
    ],
)  # fmt: skip
def test_the_strength_of_the_gates_is_told_where_the_model_has_another_than_was_trained_or_meant(
    result: dict[str, Any], code: str | None
) -> None:
    told = report_page.Speaker("en").strength({"algorithm": "ppo", **result})

    assert told == "" if code is None else code in told


@pytest.mark.parametrize(
    ("language", "main", "other", "file"),
    [("en", True, "ja", "report.ja.html"), ("ja", True, "en", "report.en.html"), ("ja", False, "en", "report.html")],
)
def test_a_page_leads_to_the_one_in_the_other_language(language: str, main: bool, other: str, file: str) -> None:
    found = report_page._other(language, main)

    assert (found["language"], found["file"]) == (other, file) and found["name"] == report_page.NAMES[other]


@pytest.mark.parametrize(
    ("warmed", "learnt", "last"),
    [(True, True, "After PPO"), (True, False, "Tuned"), (False, True, "Tuned"), (False, False, "Tuned")],
)
def test_the_last_column_is_called_by_what_made_it_where_that_can_be_told_apart(
    warmed: bool, learnt: bool, last: str
) -> None:
    made = result([SUM], [WRONG], [RIGHT], [RIGHT] if warmed else None, learnt=learnt)
    columns = report_page._columns(made, report_page.Speaker("en"))

    assert ("warmed" in columns) is warmed and columns["tuned"].lower().startswith(last.lower())
