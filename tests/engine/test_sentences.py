"""Sentences: one catalogue, two languages, and every call held against it."""

from __future__ import annotations

import ast
import functools
import json
import re
import string
import tomllib
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import so8t_resources
from helpers.paths import PROJECT
from so8t_engine import sentences
from so8t_engine.config import file as config_file
from so8t_engine.config.types import Category
from so8t_engine.data.record import SECTIONS
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import CODES, EXIT_RETRY
from so8t_engine.evaluate import comparison, report_chart
from so8t_engine.export import model_card
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import (
    LANGUAGES,
    Sentence,
    amount_text,
    below,
    duration_text,
    first_line,
    from_json,
    in_turn,
    listed,
    named,
    say,
    sentence,
    to_json,
    verbatim,
)
from so8t_engine.session.state import STATUSES
from so8t_engine.teacher import verdicts

AREAS = sorted(so8t_resources.path("sentences").glob("*.toml"))
CATALOGUE = {
    f"{path.stem}.{name}": templates
    for path in AREAS
    for name, templates in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
LISTS = {
    "step": STEPS,
    "status": (*STATUSES, "cut", "newer", "damaged", "copy", "renamed"),
    "level": get_args(get_type_hints(Finding)["level"]),
    "incident": ("power", "killed", "damage", *(code for code, number in CODES.items() if number == EXIT_RETRY)),
    "unit": (
        "shard",
        "pretrain",
        "warmup",
        "rollout",
        "update",
        "cycle",
        "model",
        "gguf",
        "reference",
        "llama",
        "answers",
        "gguf_answers",
        "report",
    ),
    "mark": ("phase_transition", "exactness_break", "evaluated_again"),
    "rejected": verdicts.REASONS,
    "figure": ("loss", "alpha", "reward", "kl"),
    "section": SECTIONS,
    "category": get_args(Category),
    "tongue": ("en", "ja", "other"),
    "phase": report_chart.PHASES,
    "happened": ("began", "paused", "failed", "cut"),
    "setting": (*model_card.SETTINGS, *comparison.ALSO),
    "presets": tuple(name for name, _ in config_file.presets()),
}
TEMPLATES = sorted(so8t_resources.path("report").iterdir())
SAID = re.compile(r'(?:say\(|, )"((?:report|compare|inspected)\.\w+)"((?:[^()]|\([^()]*\))*)\)')  # with its arguments
SOURCES = [*sorted((PROJECT / "engine" / "so8t_engine").rglob("*.py")), *sorted((PROJECT / "gui").rglob("*.py"))]


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@functools.cache
def said_in_program() -> tuple[list[tuple[str, str, set[str] | None]], set[str]]:
    """(where, code, argument names; None where they are given by `**`) of every `sentence("...")` in the program, and
    all its strings: to take it apart is what lasts.
    """
    calls: list[tuple[str, str, set[str] | None]] = []
    strings = set[str]()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence":
                names = {keyword.arg for keyword in node.keywords}
                given = None if None in names else {name for name in names if name is not None}
                where = f"{path.relative_to(PROJECT)}:{node.lineno}"
                calls += [(where, code, given) for code in codes(node.args[0])]
    return calls, strings


def codes(node: ast.expr) -> list[str]:
    """The literals a code may be: itself, or both sides of a condition."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    return [*codes(node.body), *codes(node.orelse)] if isinstance(node, ast.IfExp) else []


def literals() -> set[str]:
    """Every string in the program that has the shape of a code, in the report's templates too."""
    templates = {
        code
        for path in TEMPLATES
        for code in re.findall(r'"((?:report|compare|inspected)\.\w+)"', path.read_text(encoding="utf-8"))
    }
    return templates | said_in_program()[1]


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_template_is_there_in_every_language_with_the_same_places(code: str) -> None:
    templates = CATALOGUE[code]

    in_window = {f"{language}{sentences.WINDOW}" for language in LANGUAGES}
    assert set(templates) in (set(LANGUAGES), set(LANGUAGES) | in_window) and all(templates.values())
    assert len({frozenset(places(template)) for template in templates.values()}) == 1, templates


COMMAND = re.compile(r"so8t [a-z]|(?<![\w-])--[a-z]")
FOR_THE_COMMAND_LINE = {"action.usage", "action.lm_eval", "action.dataset_dropped"}  # the window has no other way


@pytest.mark.parametrize("code", [code for code in CATALOGUE if code.partition(".")[0] in ("action", "doctor")])
def test_the_window_names_a_button_where_the_command_line_names_a_command(code: str) -> None:
    for language in LANGUAGES:
        said = CATALOGUE[code].get(language + sentences.WINDOW) or CATALOGUE[code][language]
        assert not COMMAND.search(said) or code in FOR_THE_COMMAND_LINE


IN_A_FILE = re.compile(r"(?<![\\w.])(use|adapter): [a-z]")  # keys whose column in the window's list of data has a name


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_window_names_a_column_of_its_list_of_data_and_not_what_a_file_says_there(code: str) -> None:
    for language in LANGUAGES:
        assert not IN_A_FILE.search(CATALOGUE[code].get(language + sentences.WINDOW) or CATALOGUE[code][language])


TYPED = re.compile(r"[a-z_]+\.[a-z_.0-9]+: (true|false|auto|sdpa|float32|\[)|(required|enabled|drop_\w+): (true|false)")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_window_speaks_of_ticks_and_choices_and_not_of_lines_of_a_file(code: str) -> None:
    for language in LANGUAGES:
        template = CATALOGUE[code].get(f"{language}{sentences.WINDOW}", CATALOGUE[code][language])
        assert not TYPED.search(template), "nobody can type that into the form"


def test_own_data_is_had_asked_by_a_key_of_a_file_or_a_tick_in_the_window() -> None:
    for code in ("doctor.own_not_asked", "report.next_own"):
        told = sentence(code, **({"names": ["faq"]} if "doctor" in code else {}))
        assert "use: evaluation" in say(told) and "Only to evaluate" in say(told, window=True)
        assert "use: evaluation" in say(told, "ja") and "「評価のみ」" in say(told, "ja", window=True)


def test_what_a_sentence_holds_is_said_to_the_window_by_its_buttons_too() -> None:
    held = below(sentence("session.unknown", name="x", root="/y"), sentence("action.disk_full"))
    assert "so8t resume" in say(held) and "so8t resume" not in say(held, window=True)
    assert say(held, "ja", window=True).endswith("そのディスクの空きを増やしてから、「再開」してください。")
    assert say(sentence("session.unknown", name="x", root="/y"), window=True) == str(held.args["parts"][0])


def test_every_sentence_in_the_program_has_a_template_and_all_its_arguments() -> None:
    wrong = []
    for where, code, given in said_in_program()[0]:
        if code not in CATALOGUE:
            wrong.append(f"{where}: {code} is in no catalogue")
        elif given is not None and given != places(CATALOGUE[code]["en"]):
            wrong.append(f"{where}: {code} has {sorted(places(CATALOGUE[code]['en']))}, given {sorted(given)}")
    assert not wrong, "\n".join(wrong)


def test_every_sentence_of_the_report_has_its_arguments() -> None:
    wrong = []
    for path in TEMPLATES:
        for code, given in SAID.findall(path.read_text(encoding="utf-8")):
            names = set(re.findall(r"(?:^|, )(\w+)=", given))
            if code not in CATALOGUE or names != places(CATALOGUE[code]["en"]):
                wrong.append(f"{path.name}: {code} is given {sorted(names)}")
    assert not wrong, "\n".join(wrong)


def test_every_template_is_said_somewhere() -> None:
    used = literals() | {f"action.{code}" for code in CODES}
    # by `named(area, name)`; by its English: test_help_texts; by its key: gui/forms/test_key_descriptions
    chosen = (*(f"{area}." for area in LISTS), "help.", "key.")

    assert sorted(code for code in set(CATALOGUE) - used if not code.startswith(chosen)) == []


@pytest.mark.parametrize("area", LISTS)
def test_every_name_of_a_list_has_its_word(area: str) -> None:
    assert {code for code in CATALOGUE if code.startswith(f"{area}.")} == {f"{area}.{name}" for name in LISTS[area]}


def test_a_preset_describes_itself_in_english_as_the_catalogue_does() -> None:
    for name, description in config_file.presets():
        assert say(description) == config_file.load_preset(name).description


def test_every_unit_of_an_evaluation_has_a_name() -> None:
    """It counts them by the kinds that `units` lists: none of them is said to people as it stands there."""
    source = ast.parse((PROJECT / "engine" / "so8t_engine" / "steps" / "evaluate.py").read_text(encoding="utf-8"))
    units = next(node for node in ast.walk(source) if isinstance(node, ast.FunctionDef) and node.name == "units")
    pairs = [node.elts[0] for node in ast.walk(units) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    kinds = {first.value for first in pairs if isinstance(first, ast.Constant) and isinstance(first.value, str)}
    assert kinds and kinds <= set(LISTS["unit"])


def test_a_name_without_a_word_is_shown_itself() -> None:
    assert str(named("unit", "somersault")) == "somersault"


def test_only_the_first_line_that_says_something_is_shown() -> None:
    assert first_line(RuntimeError("CUDA error: lost.\nFor debugging ...")) == "CUDA error: lost"
    assert first_line(ValueError("\nError(s) in loading:\n\tsize mismatch.")) == "size mismatch"
    assert first_line(MemoryError()) == "MemoryError" and len(first_line("x" * 900)) == 200


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("It is at 3", "It is at 3. Go on"), ("It is x", "It is x. Go on"), ("It is so", "It is so. Go on"),
        ("It is (so)", "It is (so). Go on"), ("It is so.", "It is so. Go on"), ("Is it?", "Is it? Go on"),
        ("a\nb", "a\nb Go on"),
    ],
)  # fmt: skip
def test_between_two_sentences_stands_one_stop(first: str, said: str) -> None:
    assert say(in_turn(verbatim(first), verbatim("Go on"))) == said


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [(9.4, "9 s", "9 秒"), (130, "2 min 10 s", "2 分 10 秒"), (3725, "1 h 02 min", "1 時間 02 分")],
)
def test_a_duration_has_two_units_at_most(seconds: float, english: str, japanese: str) -> None:
    assert (duration_text(seconds), duration_text(seconds, "ja")) == (english, japanese)


def test_every_error_code_says_what_to_do() -> None:
    assert {f"action.{code}" for code in CODES} == {code for code in CATALOGUE if code.startswith("action.")}


@pytest.mark.parametrize("code", CODES)
def test_what_to_do_does_not_point_at_a_place_on_a_page_it_may_not_be_on(code: str) -> None:
    """It stands in notifications, tables and logs too, where nothing may be above it."""
    for said in CATALOGUE[f"action.{code}"].values():
        assert not re.search(r"\babove\b|\bbelow\b|上の|上に|上記|下の|下記", said), said


def test_a_base_that_does_not_fit_names_the_keys_and_what_to_do_fits_one_that_was_built_too() -> None:
    for code in ("model.context_short", "model.built_context_short", "model.lora_unfit", "model.hidden_size"):
        templates = CATALOGUE[code]
        assert all(re.search(r"\{over\}|[a-z]+\.[a-z_]+", templates[language]) for language in ("en", "ja"))
    assert "model.build.max_position_embeddings" in CATALOGUE["model.built_context_short"]["ja"]
    assert say(sentence("action.model_unfit"), window=True).startswith("In a new session (Duplicate as new on the page")


def test_a_sentence_is_said_in_the_language_of_the_reader_with_sentences_in_its_places() -> None:
    why = sentence("session.set_aside", checkpoint="000041", why=sentence("session.file_changed"))

    assert str(why) == "checkpoint 000041 set aside: its content has changed since it was written"
    assert say(why, "ja") == "チェックポイント 000041 を退避しました: 書き込み後に内容が変わっています"


def test_names_stand_in_the_quotation_marks_of_the_language_and_no_share_is_none() -> None:
    bad = sentence("data.verdicts_obeyed", columns=["a", "b c"], line="x")
    assert str(bad).startswith("An answer that 'a' or 'b c' calls bad")
    assert say(bad, "ja").startswith("「a」、または「b c」が「悪い」とする")
    shares = [str(sentence("data.section_share", name="x", share=share)) for share in (0, 0.004, 0.333, 1)]
    assert shares == ["x none", "x under 1%", "x 33%", "x 100%"]


def test_sentences_in_turn_stand_one_after_the_other_with_a_space_only_where_the_language_has_one() -> None:
    said = in_turn(sentence("session.finished", session="a"), sentence("session.finished", session="b"))

    for language, between in (("en", " "), ("ja", "")):
        assert say(said, language) == between.join(
            say(sentence("session.finished", session=name), language) for name in "ab"
        )


def test_a_sentence_survives_the_protocol() -> None:
    said = listed(
        in_turn(sentence("session.finished", session="a"), verbatim("x")),
        [sentence("disk.full", path=Path("p"), error="e")],
    )

    again = from_json(json.loads(json.dumps(to_json(said))))

    assert again == said and say(again, "ja") == say(said, "ja")
    assert to_json(said)["text"] == str(said)


def test_words_of_older_and_newer_versions_are_taken_as_they_are() -> None:
    assert str(from_json("The disk is full.")) == "The disk is full."
    assert str(from_json({"code": "moon.landed", "args": {}, "text": "We have landed."})) == "We have landed."
    assert str(from_json(None)) == ""


@pytest.mark.parametrize(
    "bad", [Sentence("no.such"), Sentence("session.finished"), Sentence("nothing"), Sentence("../x.y")]
)
def test_what_nobody_can_say_is_shown_and_never_raises(bad: Sentence) -> None:
    assert bad.code in say(bad, "ja")


def test_lists_have_the_commas_of_their_language() -> None:
    template = {"en": "{names:or}", "ja": "{names:or}"}
    formatter = {language: sentences._Formatter(language) for language in LANGUAGES}

    assert formatter["en"].vformat(template["en"], (), {"names": ["a", "b", "c"]}) == "a, b or c"
    assert formatter["ja"].vformat(template["ja"], (), {"names": ["a", "b", "c"]}) == "a、b、またはc"
    assert formatter["en"].vformat("{names:or}", (), {"names": ["a"]}) == "a"
    count = "{n:count|file is|files are} here"
    said = [formatter["en"].vformat(count, (), {"n": n}) for n in (0, 1, 1200, "x")]
    assert said == [
        "0 files are here",
        "1 file is here",
        "1,200 files are here",
        "x files are here",
    ]
    assert formatter["en"].vformat("{size:gib}", (), {"size": 3 << 30}) == "3.0 GiB"
    little = {"a": 40 << 20, "b": 1 << 20, "c": 500 << 10, "d": 3, "e": 0}
    said = formatter["en"].vformat("{a:gib}, {b:gib}, {c:gib}, {d:gib}, {e:gib}", (), little)
    assert said == "40 MiB, 1 MiB, 500 KiB, 1 KiB, 0 MiB"
    assert formatter["en"].vformat("{work:hours}, {work:millions}", (), {"work": 0.5}) == "30 min 00 s, 500 thousand"
    assert formatter["en"].vformat("{lines:lines}", (), {"lines": ["a", "b"]}) == "\n- a\n- b"


@pytest.mark.parametrize(
    ("number", "english", "japanese"),
    [
        (0, "0", "0"), (1, "1", "1"), (994, "990", "990"), (999, "1 thousand", "1,000"),
        (1_250, "1.2 thousand", "1,200"), (9_949, "9.9 thousand", "9,900"), (9_950, "10 thousand", "1万"),
        (123_456, "120 thousand", "12万"), (999_999, "1 million", "100万"), (2_800_000, "2.8 million", "280万"),
        (123_456_789, "120 million", "1.2億"), (4e12, "4,000 billion", "40,000億"),
    ],
)  # fmt: skip
def test_an_amount_has_two_digits_and_the_word_that_fits(number: float, english: str, japanese: str) -> None:
    assert (amount_text(number), amount_text(number, "ja")) == (english, japanese)


def test_a_full_stop_of_somebody_elses_words_is_not_said_twice() -> None:
    loaded = sentence("evaluate.llama_load", file="x.gguf", error="Failed to init.")

    assert str(loaded) == "llama.cpp could not load x.gguf: Failed to init."
    assert say(loaded, "ja").endswith(": Failed to init。")
    for code, templates in CATALOGUE.items():
        assert not re.search(r"\{(error|line)\}[.。]", " ".join(templates.values())), code


def test_between_two_sentences_stands_a_full_stop_also_behind_the_words_of_the_system() -> None:
    full = sentence("disk.full", path="/x", error="No space left on device")
    both = in_turn(full, sentence("run.save_will_wait"))
    assert str(both).startswith("The disk is full. /x: No space left on device. The run goes on")
    assert "No space left on device。次の保存" in say(both, "ja")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_shows_words_and_no_marks(language: str) -> None:
    """Whatever it says of the catalogue: on a command line a backtick sets apart what is typed."""
    for code, templates in CATALOGUE.items():
        for name in (language, language + sentences.WINDOW):
            assert "`" not in sentences.without_marks(templates.get(name, ""), language), code
    marked = sentence("data.header_length", names=2, fields=3)
    assert say(marked, "en").startswith("`header` names") and say(marked, "en", window=True).startswith(
        "'header' names"
    )
    assert say(in_turn(marked, marked), "ja", window=True).count("「header」") == 2
