"""What a text is an example of (a label in words) says nothing to a model that is not asked which labels there are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.judged import verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import tasks
from so8t_engine.data.adapters.talks import talk

MOST = 12  # different labels that a question names
ASKED = re.compile(r"[?？]|ですか|ますか")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?|(?i:true|false|yes|no|はい|いいえ)")
UNNAMED = re.compile(r"(?i)(?:v|x|c|f|col(?:umn)?|field|var|feature)?[ _]?\d{1,2}")
WORD = re.compile(r"[^\W\d_][\w-]*")
LONGEST_WORD = 20  # characters, without a space, as in Japanese
FEWEST = 4  # rows that tell a label from a text
FIRST = re.compile(r"\.0$")  # of a list
PLACE = re.compile(r"\{([^{}]+)\}")


def asked(where: Columns, rows: Sequence[Fields], texts: Mapping[str, Sequence[str]]) -> Columns:
    """The mapping with that question before the text; the same where there is one, or the labels are no few words."""
    name = FIRST.sub("", str(where.response)).rpartition(".")[2]
    of_class = column_words.CLASSES.fullmatch(name) or _unnamed(texts) == (where.prompt, where.response)
    if where.prompt is None or not of_class:
        return where
    places = [place for place in PLACE.findall(where.prompt) or [where.prompt] if place in texts]
    about = [place for place in places if len({*texts[place]}) * 2 > len(texts[place])]
    labels = sorted({talk.words_if_any(verdicts.at(row, str(where.response))).strip() for row in rows} - {""})
    told = "" if where.prompt in texts else PLACE.sub("", where.prompt).replace("\\n", "")
    if not about or told or _asks(about, texts):
        return where
    if not 1 < len(labels) <= MOST or len(labels) * 2 > len(rows) or any(map(NUMBER.fullmatch, labels)):
        return where
    if any("{" in label for label in labels) or max(map(len, labels)) > column_words.LONGEST_CLASS:
        return where
    in_japanese = tasks.KANA.search(texts[about[0]][0]) is not None
    question = (
        f"次のうちどれに当たりますか: {'、'.join(labels)}" if in_japanese else f"Which is it: {', '.join(labels)}?"
    )
    text = "\\n".join(f"{{{place}}}" for place in about)
    return where.model_copy(update={"prompt": f"{question}\\n\\n{text}"})


def of_unnamed(texts: Mapping[str, Sequence[str]]) -> Columns | None:
    """Of two columns whose names say nothing (v1, v2; column1, column2) the text, and the label that it has."""
    found = _unnamed(texts)
    return None if found is None else Columns(prompt=found[0], response=found[1])


def _unnamed(texts: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    if len(texts) != 2 or not all(map(UNNAMED.fullmatch, texts)):
        return None
    label, text = sorted(texts, key=lambda name: len({*texts[name]}))
    labels, several = {*texts[label]}, sum(" " in one or len(one) > LONGEST_WORD for one in texts[text])
    if not all(WORD.fullmatch(one) and not NUMBER.fullmatch(one) for one in labels):
        return None
    few = FEWEST <= len(texts[label]) >= 2 * len(labels) and len(labels) > 1
    return (text, label) if few and 2 * several > len(texts[text]) < 2 * len({*texts[text]}) else None


def _asks(places: Sequence[str], texts: Mapping[str, Sequence[str]]) -> bool:
    said = texts[places[-1]]
    return sum(ASKED.search(text) is not None for text in said) * 2 > len(said)
