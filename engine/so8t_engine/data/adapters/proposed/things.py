"""Tables of things that say nothing to a model without a question: recipes, products, terms, articles of laws.

Only proposed, as templates that ask in the language of the columns: what to ask is the user's choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

LONGEST_BESIDE = 60  # characters of what stands beside a thing and its text
FEWEST = 3  # rows that tell whether texts differ


class ThingKind(NamedTuple):
    """How its columns are called: the thing, what may stand beside it in the question, the text that answers; `asked`
    and `asked_ja`: without and with that part. `needs_part`: without it the names could mean anything.
    """

    thing: re.Pattern[str]
    part: re.Pattern[str]
    text: re.Pattern[str]
    asked: tuple[str, str]
    asked_ja: tuple[str, str]
    needs_part: bool = False


KINDS = (
    ThingKind(
        re.compile(r"(?:recipe|dish)?_?(?:title|name)|recipe|dish|料理名?|レシピ名?|メニュー名?|品名|タイトル|名前"),
        re.compile(r"(?:\w+_)?ingredients?(?:_list)?|材料|食材|材料一覧"),
        re.compile(
            r"(?:cooking_|recipe_)?(?:steps|instructions?|directions?|method|preparation)|作り方|つくり方|手順|調理手順|調理方法|工程|レシピ"
        ),
        ("How do I make {thing}?", "How do I make {thing} with these ingredients?\\n\\n{part}"),
        ("{thing}の作り方を教えてください。", "次の材料で作る{thing}の作り方を教えてください。\\n\\n{part}"),
        needs_part=True,
    ),
    ThingKind(
        re.compile(r"(?:article|section|clause)(?:_(?:no|number|name|title))?|条|条番号|条名|条項|条文番号"),
        re.compile(r"law|act|statute|regulation|code|法令名?|法律名?|規則名?|条例名?|規程名?"),
        re.compile(r"(?:article_|section_|full_)?(?:text|content|body|provision)|条文|本文|内容"),
        ("What does {thing} say?", "What does {thing} of {part} say?"),
        ("{thing}の条文は何ですか。", "{part}の{thing}の条文は何ですか。"),
    ),
    ThingKind(
        re.compile(r"(?:product|item|goods)(?:_(?:name|title))?|商品名?|製品名?|品名|アイテム名"),
        re.compile(r"category|カテゴリー?|分類|ジャンル"),
        re.compile(r"(?:product_|item_|long_)?description|(?:商品|製品)?(?:の?説明|紹介)文?|特徴"),
        ("Describe this product: {thing}", "Describe this product ({part}): {thing}"),
        ("次の商品を紹介してください: {thing}", "次の商品 ({part}) を紹介してください: {thing}"),
    ),
    ThingKind(
        re.compile(r"term|word|headword|用語名?|単語|語句|言葉|見出し語|キーワード"),
        re.compile(r"field|domain|分野|領域"),
        re.compile(r"definition|meaning|description|explanation|意味|定義|語義|説明文?|解説"),
        ("What does '{thing}' mean?", "What does '{thing}' mean? ({part})"),
        ("「{thing}」の意味は何ですか。", "{part}の用語「{thing}」の意味は何ですか。"),
    ),
)
JAPANESE = re.compile(r"[ぁ-んァ-ヶー一-龠]")


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """The first kind whose columns are there, where their texts differ and nothing else is as long."""
    return next(filter(None, (_of_kind(kind, rows) for kind in KINDS)), None)


def _of_kind(kind: ThingKind, rows: Sequence[Fields]) -> Columns | None:
    names = {name: verdict_names.plain(name) for name in rows[0]}
    thing, part, text = (
        next((name for name, called in names.items() if wanted.fullmatch(called)), None)
        for wanted in (kind.thing, kind.part, kind.text)
    )
    if thing is None or text is None or len({thing, part, text}) < 3 or (kind.needs_part and part is None):
        return None
    if not all(_vary([row.get(name) for row in rows]) for name in (thing, text)):
        return None
    if part is None and _come_again([row.get(thing) for row in rows]):
        return None
    beside = [row.get(name) for row in rows for name in names if name not in (thing, part, text)]
    if any(isinstance(value, list) or not all(map(_is_short, _values(value))) for value in beside):
        return None
    asked = (kind.asked_ja if JAPANESE.search(f"{thing}{text}") else kind.asked)[part is not None]
    prompt = asked.replace("{thing}", f"{{{thing}}}").replace("{part}", f"{{{part}}}")
    is_list = any(isinstance(talk.opened(row.get(text)), list) for row in rows)
    return Columns(prompt=prompt, response=f"{{{text}}}" if is_list else text)


def _values(value: Any) -> list[Any]:
    """What stands in a value: of an object (how it was rated, who wrote it) that of each key."""
    return [*value.values()] if isinstance(value, dict) else [value]


def _is_short(value: Any) -> bool:
    return not isinstance(value, (list, dict)) and len(str(value)) <= LONGEST_BESIDE


def _vary(values: Sequence[Any]) -> bool:
    said = [text for value in values if (text := talk.words_if_any(talk.opened(value)).strip())]
    return len(said) >= FEWEST and 2 * len(said) >= len(values) and 2 * len({*said}) >= len(said)


def _come_again(values: Sequence[Any]) -> bool:
    """Whether a quarter are names that another row has too, as of a section with several pages in it."""
    said = [text for value in values if (text := talk.words_if_any(talk.opened(value)).strip())]
    return 4 * len({*said}) <= 3 * len(said)
