"""Broken encoding is repaired, personal data masked, repetition found; ordinary text stays as it is."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import ftfy.badness
import pytest
from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES

from helpers.data_sources import records
from helpers.sessions import Session, local, make_config, refused, write_lines
from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import limits
from so8t_engine.data.texts import text_rules

ALL = Integrate()


SOME = Record("0" * 16, "a", prompt="Why?", response="So.", category="chat", language="en", split="train")


@pytest.mark.parametrize(
    ("text", "kept", "rules"),
    [
        ("The cafÃ© doesnâ€™t open.", "The café doesn’t open.", ["fix_encoding"]),
        ("日本語".encode().decode("latin-1"), "日本語", ["fix_encoding"]),
        ("Write to anna.b+x@mail.company.co.jp today.", "Write to [e-mail] today.", ["mask_personal_data"]),
        ("Call +81 3-1234-5678 or (415) 555-0123.", "Call [phone] or [phone].", ["mask_personal_data"]),
        ("電話は03-1234-5678です。", "電話は[phone]です。", ["mask_personal_data"]),
        ("Écoute, c’est naïve “quoted” – 日本語 ½ × 3 = ?", None, []),
        ("Mail user@example.com, 10-20-30, 2024-01-15, 3 - 4 + 12, f(x) = (1) 2", None, []),
        ("1234567890123 + 555 = ?; @decorator; a@b", None, []),
        ("Ring +1 (415) 555-0123 or +44 20 7946 0958.", "Ring [phone] or [phone].", ["mask_personal_data"]),
        ("It rose by +12.50 to +20 000 (+10-20 a day): +12.50 -13.25, +23.45 12.30, (+1234567.8901).", None, []),
    ],
)
def test_what_a_text_becomes(text: str, kept: str | None, rules: list[str]) -> None:
    assert text_rules.prepared(text, ALL) == (text if kept is None else kept, rules)
    assert text_rules.prepared(text, Integrate(fix_encoding=False, mask_personal_data=False)) == (text, [])


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("富士山です。".encode().decode("cp1252", errors="ignore"), True), ("富士山ã§ã™ã€‚", True), ("Ð¿Ñ€Ð", True),
        ("こんにちは世界".encode().decode("cp932", errors="ignore"), True), ("A \ufffd.", True),
        ("こんにちは".encode("cp932").decode("cp1252", errors="ignore"), True),
        ("« Où est le café ? À Genève, près de l’hôtel n° 5… »", False), ("„Größe“ – 5 µm, ½ à 3 €, São José", False),
        ("富士山です。", False), ("繧繝縁の畳", False), ("Le “café”… à\xa0« demain » : 3 °C", False),
    ],
)  # fmt: skip
def test_letters_of_another_encoding_that_no_rule_repairs_are_lost_ones(text: str, broken: bool) -> None:
    assert text_rules.is_broken(text_rules.prepared(text, ALL)[0]) == broken


def test_a_text_is_repaired_before_controls_are_taken_out_of_it() -> None:
    lost = "富士山です。".encode().decode("latin-1")

    assert text_rules.restored(lost) == "富士山です。"
    assert text_rules.restored("Où est-ce ?") == "Où est-ce ?"


def test_a_look_around_signs_alone_finds_every_text_that_was_read_in_a_wrong_encoding() -> None:
    """What all of the installed ftfy's pattern finds, in texts of its own characters, most of them no sign alone."""
    beyond = sorted({mark for mark in BADNESS_RE.pattern if not mark.isascii()})
    draw = random.Random(5)
    texts = ["".join(draw.choices([*beyond, *"aZ 1.\nあ"], k=draw.randrange(1, 9))) for _ in range(20_000)]
    texts += map("".join, itertools.product([*MOJIBAKE_CATEGORIES["common"], *"aZ 1あ"], repeat=3))
    said = [text_rules.is_bad(text) for text in texts]
    assert said == [ftfy.badness.is_bad(text) for text in texts]
    assert (any(said), all(said)) == (True, False)
    assert text_rules.OF_SIGNS.search("漢字とかな、カナ。ー！？「」한국어 don’t – wait …") is None


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("I am fine. " * 12, True),
        ("ありがとうございます。" * 9, True),
        ("ha" * 900, True),
        ("It is 4.", False),
        ("Step 1. Add 2 and 3.\nStep 2. Multiply by 4.\nStep 3. Subtract 1.\nSo the answer is 19.", False),
        ("\n".join(f"| {n} | {n * n} |" for n in range(60)), False),
        ("def f(x):\n    return x\n\n\ndef g(x):\n    return 2 * x\n", False),
    ],
)
def test_which_text_repeats_itself(text: str, repeats: bool) -> None:
    assert text_rules.repeats_itself(text) is repeats


def test_a_text_is_restored_before_cleaning_only_where_controls_tell_of_lost_bytes() -> None:
    assert text_rules.restored("caf\u00c3\u00a9 \u00e3\u0081\u0082") == "caf\u00e9 \u3042"
    assert text_rules.restored("caf\u00c3\u00a9") == "caf\u00c3\u00a9", "that is for `fix_encoding` to say"
    assert text_rules.restored("caf\u00e9") == "caf\u00e9"


@pytest.mark.parametrize(
    ("text", "masked"),
    [("Ring 03-1234-5678.", True), ("Ring +44 20 7946 0958.", True), ("Ring (415) 555.0123.", True),
     ("Ring 5550123 or 415.", False)],
)  # fmt: skip
def test_a_telephone_number_is_seen_by_any_of_its_marks(text: str, masked: bool) -> None:
    assert text_rules.prepared(text, ALL) == (("Ring [phone].", ["mask_personal_data"]) if masked else (text, []))


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("ab " * 333, False),  # 999 bytes
        ("ab " * 333 + "a", True),
        (" ".join(str(number * number) for number in range(300)), False),
        ("It is so. " * 4, False),  # the first has no space before it
        ("It is so. " * 5, True),
        ("Yes. " * 5, False),  # too short to count: three letters
        ("It is so. " * 5 + "But this one is another sentence of its own.", False),  # 40 of 94 letters
        ("It is so. " * 5 + "But not this.", True),
        ("It is so. " * 5 + "x" * 29 + ".", False),  # 40 of 80: half and no more
        ("one line\n" * 3, False),
        ("one line\n" * 4, True),
        ("", False),
    ],
)
def test_a_text_repeats_itself_where_one_sentence_takes_more_than_half_or_it_packs_to_next_to_nothing(
    text: str, repeats: bool
) -> None:
    assert text_rules.repeats_itself(text) is repeats


def integrated(
    folder: Path, rows: list[dict[str, Any]], source: dict[str, Any] | None = None, judged: int = 1, **rules: Any
) -> Session:
    entry = local("a", write_lines(folder / "a.jsonl", rows), **(source or {}))
    asked = [local("judged", write_lines(folder / "b.jsonl", rows[:judged]), use="evaluation")] if judged else []
    session = Session(folder, make_config([entry, *asked], integrate={"heldout_fraction": 0.0, **rules}))
    session.run("collect", "integrate")
    return session


ROWS = [{"prompt": f"What is called number {n * n}, after {n} others?", "response": f"It is {n}."} for n in range(1, 9)]
JAPANESE = [{"prompt": f"{n * n}番目は何ですか。", "response": f"それは{n}です。"} for n in range(1, 9)]


def test_each_rule_is_counted_and_leaves_examples(tmp_path: Path) -> None:
    odd = [{"prompt": "Say it.", "response": "Yes, I do. " * 9}, {"prompt": "What is it?", "response": "A caf\ufffd."},
           {"prompt": "Whom do I write to?", "response": "To bob@company.org, whom else."}]  # fmt: skip
    session = integrated(tmp_path, [*ROWS, *JAPANESE, *odd], max_records={"language:ja": 3})

    of = session.notes("integrated", "counts.json")["sources"]["a"]
    assert of["dropped"] == {
        "its prompt is in an evaluation source": 1,
        "its response repeats itself": 1,
        "some of its characters were lost in a wrong encoding": 1,
        "more than integrate.max_records allows": 5,
    }
    assert of["changed"] == {"mask_personal_data": 1}
    assert set(session.notes("integrated", "dropped.json")["a"]) == set(of["dropped"])
    assert [item.response for item in records(session) if "write" in item.prompt] == ["To [e-mail], whom else."]
    assert [item.prompt for item in records(session) if item.language == "ja"] == [
        row["prompt"] for row in JAPANESE[:3]
    ]


def test_gold_answer_and_options_are_changed_as_the_prompt_and_the_response_are(tmp_path: Path) -> None:
    rows = [
        {"q": f"Whom does clerk {n} write to?", "a": "To bob@company.org.", "gold": "bob@company.org"} for n in (1, 2)
    ]
    session = integrated(tmp_path, rows, {"columns": {"prompt": "q", "response": "a", "answer": "gold"}}, judged=0)
    assert {(item.response, item.answer) for item in records(session)} == {("To [e-mail].", "[e-mail]")}

    (tmp_path / "choice").mkdir()
    row: dict[str, Any] = {
        "question": "Whom?",
        "choice0": "ann@company.org",
        "choice1": "a caf\u00c3\u00a9",
        "label": 1,
    }
    session = integrated(tmp_path / "choice", [row], judged=0)
    [kept] = records(session)
    assert kept.choices == ["[e-mail]", "a caf\u00e9"]
    assert kept.prompt == "Whom?\nA. [e-mail]\nB. a caf\u00e9"


def test_records_for_evaluation_take_no_place_from_those_that_are_learnt(tmp_path: Path) -> None:
    session = integrated(tmp_path, [*JAPANESE, *ROWS], max_records={"language:ja": 3}, judged=5)
    kept = [item for item in records(session) if item.language == "ja"]

    assert [(item.source, item.split) for item in kept] == [("judged", "heldout")] * 5 + [("a", "train")] * 3


def test_a_share_is_kept_by_weight_the_same_records_in_any_order_and_of_evaluation_all(tmp_path: Path) -> None:
    rows = [{"prompt": f"Why is {n} * {n * n} what it is?", "response": f"As {n**3}."} for n in range(2, 402)]

    def kept(name: str, weights: dict[str, float], given: list[dict[str, str]] = rows) -> set[str]:
        (tmp_path / name).mkdir()
        asked = write_lines(tmp_path / "asked.jsonl", [{"prompt": "Who goes there?", "response": "Nobody."}])
        entries = [local("a", write_lines(tmp_path / name / "a.jsonl", given)), local("b", asked, use="evaluation")]
        session = Session(tmp_path / name, make_config(entries, integrate={"weights": {**weights, "source:b": 0.1}}))
        session.run("collect", "integrate")
        counts = session.notes("integrated", "counts.json")["sources"]
        assert (
            counts["a"]["dropped"].get("beyond the share that integrate.weights keeps", 0) == 400 - counts["a"]["kept"]
        )
        assert counts["b"]["kept"] == 1
        return {item.prompt for item in records(session) if item.source == "a"}

    half = kept("half", {"source:a": 0.5})
    assert 160 < len(half) < 240
    assert kept("turned", {"language:en": 0.5}, rows[::-1]) == half
    assert kept("quarter", {"source:a": 0.5, "category:chat": 0.5}) < half
    assert len(kept("all", {"language:ja": 0.1})) == 400


def test_only_licences_that_are_allowed_are_trained_on(tmp_path: Path) -> None:
    session = integrated(tmp_path, ROWS, {"license": "CC-BY-4.0"}, licenses=["mit", "cc by 4.0"])
    assert session.notes("integrated", "counts.json")["sources"]["a"]["kept"] == 7

    (tmp_path / "none").mkdir()
    error = refused(lambda: integrated(tmp_path / "none", ROWS, {"license": "CC-BY-NC-4.0"}, licenses=["MIT"]))
    assert (error.code, "integrate.licenses" in error.detail) == ("dataset_empty", True)


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT OR CC-BY-NC-4.0", True),
        ("(CC-BY-NC-4.0 | Apache-2.0)", True),
        ("mit, apache-2.0", True),  # as the Hub's tags are joined
        ("Apache 2.0 and MIT", True),
        ("mit, cc-by-nc-4.0", False),
        ("MIT/CC-BY-NC-4.0", False),
        ("MIT AND CC-BY-NC-4.0 OR GPL-3.0", False),
        ("Terms of Ours, and More", True),
        ("", False),
        (None, False),
    ],
)
def test_of_several_licences_one_or_all_must_be_allowed(licence: str | None, allowed: bool) -> None:
    assert limits.licensed(licence, ["MIT", "Apache-2.0", "terms of ours, and more"]) is allowed


def test_a_source_refused_by_an_earlier_version_is_refused_to_its_end() -> None:
    rules = Integrate(licenses=["MIT", "Apache-2.0"])
    for refused_before, reason in ((0, None), (3, drop_reasons.OTHER_LICENCE)):
        dropped = {str(drop_reasons.OTHER_LICENCE): refused_before}
        counts = {"sources": {"a": {"kept": 0, "dropped": dropped}}, "language": {}, "category": {}}
        of_shard = limits.Limits(rules, "a", licence="mit, apache-2.0", counts=counts)
        assert of_shard.refuse(SOME) == reason


def test_a_source_of_which_most_is_left_out_stops_the_run_with_the_reasons_unless_allowed(tmp_path: Path) -> None:
    again = [{"prompt": f"Tell me about the number {n}.", "response": "So it is. " * 9} for n in range(70)]
    rows = [{"prompt": f"How do I count from {n * n} to {n**3}?", "response": f"In {n} steps."} for n in range(2, 50)]

    error = refused(lambda: integrated(tmp_path, [*rows, *again]))
    assert error.code == "dataset_dropped"
    assert "its response repeats itself" in error.detail
    (tmp_path / "allowed").mkdir()
    session = integrated(tmp_path / "allowed", [*rows, *again], max_dropped_fraction=0.7)
    assert session.notes("integrated", "counts.json")["sources"]["a"]["dropped"]["its response repeats itself"] == 70


def test_the_same_data_added_twice_is_told_by_the_name_of_the_other_source(tmp_path: Path) -> None:
    rows = [{"prompt": f"How do I count from {n * n} to {n**3}?", "response": f"In {n} steps."} for n in range(2, 130)]
    paths = [write_lines(tmp_path / name, rows) for name in ("a.jsonl", "b.jsonl")]
    config = make_config([local("one", paths[0]), local("two", paths[1])])

    error = refused(lambda: Session(tmp_path, config).run())
    assert error.code == "dataset_dropped"
    assert "a duplicate" in error.detail and "two is the same data as one: take one of them out." in error.detail
