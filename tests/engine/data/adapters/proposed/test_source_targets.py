"""`source` and `target` alone: what makes the one into the other is said by their languages, or not guessed."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.proposed import source_targets

ENGLISH = ["The house is big.", "I like tea and you like milk.", "Where is the cat?", "It is not my dog."]
GERMAN = ["Das Haus ist groß.", "Ich mag Tee und du magst Milch.", "Wo ist die Katze?", "Es ist nicht mein Hund."]
JAPANESE = ["その家は大きいです。", "お茶が好きです。", "猫はどこですか。", "私の犬ではありません。"]
NONSENSE = ["blorp zind", "krem dolf", "vint sarp", "molk brend"]
ASKED = ["What is 2 + 2?", "Who is it?", "When is it?", "It is so, why?"]


def rows(source: list[str], target: list[str], **more: Any) -> list[dict[str, Any]]:
    return [
        {"source": text, "target": said, **{name: value[n % len(value)] for name, value in more.items()}}
        for n, (text, said) in enumerate(zip(source, target, strict=True))
    ]


@pytest.mark.parametrize(
    ("given", "path", "prompt"),
    [
        (rows(ENGLISH, GERMAN), "x.jsonl", "Translate into German:\\n\\n{source}"),
        (rows(GERMAN, ENGLISH), "x.jsonl", "Translate into English:\\n\\n{source}"),
        (rows(ENGLISH, JAPANESE), "x.jsonl", "次の文を日本語に訳してください。\\n\\n{source}"),
        (rows(ENGLISH, NONSENSE, target_lang=["fr"]), "x.jsonl", "Translate into French:\\n\\n{source}"),
        (rows(ENGLISH, NONSENSE, lang_pair=["en-fr"]), "x.jsonl", "Translate into French:\\n\\n{source}"),
        (rows(ENGLISH, NONSENSE, lang_pair=["de-en", "fr-en"], target_lang=["fr"]), "x.jsonl",
         "Translate into French:\\n\\n{source}"),
        (rows(ENGLISH, NONSENSE), "train.en-fr.jsonl", "Translate into French:\\n\\n{source}"),
        (rows(ENGLISH, NONSENSE), "en_to_it/train.jsonl", "Translate into Italian:\\n\\n{source}"),
        (rows(ENGLISH, NONSENSE, target_language=["French", "Italian"]), "x",
         "Translate into {target_language}:\\n\\n{source}"),
        (rows(ASKED, ENGLISH), "x.jsonl", "source"),
        (rows(ASKED, ["4", "Ann", "May", "So."]), "x.jsonl", "source"),
    ],
)  # fmt: skip
def test_a_line_is_proposed_that_says_what_to_do(given: list[dict[str, Any]], path: str, prompt: str) -> None:
    assert source_targets.mapping(given, path) == Columns(prompt=prompt, response="target")
    dataset = Dataset(name="x", path=path, source="local")
    assert choose_adapter.choose(dataset, given[0]) is None
    assert admission.unfit(dataset, given).code == "steps.no_adapter_fits"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (rows(ENGLISH, ENGLISH[::-1]), "x.jsonl"), (rows(ENGLISH, NONSENSE), "x.jsonl"),
        (rows(NONSENSE, GERMAN), "x.jsonl"), (rows(ASKED, [f"{text}?" for text in NONSENSE]), "x.jsonl"),
        (rows(ENGLISH, ENGLISH[::-1]), "train.en-de.jsonl"), (rows(ENGLISH, NONSENSE), "train.xx-fr.jsonl"),
         (rows(ENGLISH, GERMAN), "train.en-fr.jsonl"),
        (rows(ENGLISH, NONSENSE, target_lang=["fr", "it"]), "x.jsonl"),
        (rows(ENGLISH, NONSENSE, target_lang=["fra", "ita"]), "x.jsonl"),
        (rows(ENGLISH, NONSENSE, target_lang=["French", "Klingon"]), "x.jsonl"),
        (rows(ENGLISH, NONSENSE, lang_pair=["en-fr", "en-it"]), "x.jsonl"),
    ],
)  # fmt: skip
def test_what_is_not_told_is_not_guessed(given: list[dict[str, Any]], path: str) -> None:
    assert source_targets.mapping(given, path) is None
    said = admission.unfit(Dataset(name="x", path=path, source="local"), given)
    assert said.code == "steps.pairs_alone"
    assert '"Rewrite this:\n\n{source}", response: target' in str(said).replace("\\n", "\n")


def test_a_source_that_only_says_where_a_text_comes_from_is_no_pair() -> None:
    assert source_targets.pair({"source": "The daily news", "text": "It rains.", "target": "weather"}) is None
    assert source_targets.pair({"source": "wiki", "target": "It rains."}) is None
    assert source_targets.pair({"source": 1, "target": "It rains."}) is None
    assert source_targets.pair({"source": "It rains.", "target": "Es regnet.", "score": 1}) == ("source", "target")


def test_a_pair_with_its_reasons_is_a_question_and_its_answer() -> None:
    row = parsed({"source": "Which gas is it?", "rationale": "It burns.", "target": "Oxygen."})
    assert (row.prompt, row.reasoning, row.response) == ("Which gas is it?", "It burns.", "Oxygen.")
