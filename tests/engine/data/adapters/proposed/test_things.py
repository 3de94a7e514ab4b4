"""Tables of things (recipes, products, terms, articles of laws): the line proposed asks for them in their language."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.proposed import proposals, things

THINGS = ("Pancakes", "Bread", "Waffles", "Scones")
TEXTS = ("Mix it well and bake it.", "Knead it and let it rest.", "Heat the iron first.", "Cut them round.")


def rows(thing: str, text: str, **more: Any) -> list[dict[str, Any]]:
    return [{thing: THINGS[n], **more, text: TEXTS[n]} for n in range(4)]


@pytest.mark.parametrize(
    ("given", "prompt", "response"),
    [
        (rows("title", "instructions", ingredients="flour, eggs"),
         "How do I make {title} with these ingredients?\\n\\n{ingredients}", "instructions"),
        (rows("name", "recipeInstructions", recipeIngredient="flour", aggregateRating={"ratingValue": 4.8, "count": 9}),
         "How do I make {name} with these ingredients?\\n\\n{recipeIngredient}", "recipeInstructions"),
        (rows("料理名", "作り方", 材料="小麦粉、卵", 分類="菓子"),
         "次の材料で作る{料理名}の作り方を教えてください。\\n\\n{材料}", "作り方"),
        (rows("product_name", "description", price="20"), "Describe this product: {product_name}", "description"),
        (rows("商品名", "商品説明", カテゴリ="食品"), "次の商品 ({カテゴリ}) を紹介してください: {商品名}", "商品説明"),
        (rows("term", "definition"), "What does '{term}' mean?", "definition"),
        (rows("用語", "説明"), "「{用語}」の意味は何ですか。", "説明"),
        (rows("条", "条文"), "{条}の条文は何ですか。", "条文"),
        (rows("条番号", "本文", 法令名="民法"), "{法令名}の{条番号}の条文は何ですか。", "本文"),
        (rows("section", "provision", law="BGB"), "What does {section} of {law} say?", "provision"),
    ],
)  # fmt: skip
def test_a_line_asks_for_a_thing_in_the_language_of_its_columns(
    given: list[dict[str, Any]], prompt: str, response: str
) -> None:
    assert proposals.propose(given) == Columns(prompt=prompt, response=response)


def test_steps_in_a_list_are_one_answer() -> None:
    given = [{"title": THINGS[n], "ingredients": ["flour", "eggs"], "steps": [TEXTS[n], "Bake."]} for n in range(4)]
    where = proposals.propose(given)
    assert where is not None
    read = mapped.read(where, given[0], named=True)
    assert read.prompt == "How do I make Pancakes with these ingredients?\n\nflour\neggs"
    assert read.response == "Mix it well and bake it.\nBake."
    assert proposals.propose([given[0] | {"steps": TEXTS[0]}, *given[1:]]) == where


@pytest.mark.parametrize(
    "given",
    [
        rows("title", "steps"), rows("title", "instructions", ingredients="flour", review="x" * 61),
        rows("name", "recipeInstructions", recipeIngredient="flour", review={"text": "x" * 61}),
        rows("name", "recipeInstructions", recipeIngredient="flour", step={"@type": "x", "of": ["y"]}),
        [{"product_name": "Lamp", "description": "A lamp."}] * 4, rows("product_name", "price"),
        [{"term": "rust", "definition": ""}] * 4,
    ],
)  # fmt: skip
def test_where_it_is_no_such_table_no_thing_is_asked_for(given: list[dict[str, Any]]) -> None:
    where = proposals.propose(given)
    assert where is None or "{" not in str(where.prompt)


def test_what_stands_beside_a_thing_is_short() -> None:
    short = rows("title", "instructions", ingredients="flour", review="x" * 60, by={"name": "x" * 60})
    assert things.mapping(short) == things.mapping(rows("title", "instructions", ingredients="flour")) is not None
    assert things.mapping(rows("title", "instructions", ingredients="flour", review=["x"])) is None


def test_texts_of_things_differ_in_half_of_the_rows_at_least() -> None:
    terms = [f"word {at}" for at in range(6)]
    for said, is_asked in (
        (["a", "b", "c", "", "", ""], True), (["a", "b", "", "", ""], False), (["a", "b", "c", "", "", "", ""], False),
        (["a", "a", "b", "b"], True), (["a", "a", "a", "b", "b"], False), (["a", "a", "a"], False),
    ):  # fmt: skip
        given = [{"term": term, "definition": text} for term, text in zip([*terms, "more"], said, strict=False)]
        assert (things.mapping(given) is not None) is is_asked, said
    assert things.mapping([{"term": "word", "definition": text} for text in "abc"]) is None
