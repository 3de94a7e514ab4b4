"""`source` and `target` alone: the one is made into the other, and only their languages say how.

Named by columns beside them (`source_lang`), by the file (`train.en-de.jsonl`), or told by their commonest words; where
the sources ask, the targets answer. Of all others nothing is proposed: a summary is no translation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import tasks

OTHER_TEXT = re.compile(  # then a source may be where that comes from
    r"(?i)(?:\w+_)?(?:text|sentence|content|body|title|headline|question|query|instruction|prompt|input|document|article"
    r"|passage|context|rationale|output|response|answer)|文章?|本文|質問|指示"
)
SEVERAL_WORDS = re.compile(r"\S\s+\S|[ぁ-んァ-ヶ一-龠가-힣]{4}")
ASKS = re.compile(r"[?？؟]\s*$")
OF_SOURCE = re.compile(r"(?:source|src|from|input)_?(?:lang(?:uage)?s?(?:_code)?|locale)|原文?言語")
OF_TARGET = re.compile(r"(?:target|tgt|trg|to|output)_?(?:lang(?:uage)?s?(?:_code)?|locale)|訳文?言語")
OF_BOTH = re.compile(r"(?:lang(?:uage)?_?pairs?|lp|direction|langs|pair)")
IN_PATHS = re.compile(r"(?<![A-Za-z])([a-z]{2,3})(?:_to_|-to-|[-_]|2)([a-z]{2,3})(?![A-Za-z])")
SCRIPTS = (("Korean", re.compile("[가-힣]")), ("Russian", re.compile("[а-яА-Я]")), ("Chinese", re.compile("[一-龠]")))
COMMON = {  # words of each language that are hardly any of another
    "English": "the and of to is are was that it with you have this for not my",
    "German": "der die das und ist nicht ein eine ich sie mit zu den auf für auch wir",
    "French": "le les et est des une du que dans il pas je nous vous avec pour sur",
    "Spanish": "el los las y en es por con para está muy como pero más yo del al",
    "Italian": "il lo gli che di è sono per non del della una ho anche nel alla",
    "Portuguese": "os as não um uma em do da com mais você está ao ele são na",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
WORD = re.compile(r"[^\W\d_]+")
FEWEST = 3  # such words, and twice as many as of any other


UNTOLD = "Translate this:"


class Pair(NamedTuple):
    source: str
    target: str


def pair(row: Fields) -> Pair | None:
    """The two columns, where no other one says what is done."""
    source = next((name for name in row if tasks.SOURCE.fullmatch(name)), None)
    target = next((name for name in row if tasks.TARGET.fullmatch(name)), None)
    if source is None or target is None or not isinstance(row[source], str) or not isinstance(row[target], str):
        return None
    others = [name for name in row if name not in (source, target)]
    if any(OTHER_TEXT.fullmatch(name) or tasks.POST_EDITED.fullmatch(name) for name in others):
        return None
    return Pair(source, target) if SEVERAL_WORDS.search(row[source]) else None


def mapping(rows: Sequence[Fields], path: str = "") -> Columns | None:
    """`path`: where the rows lie, which may name their languages."""
    found = pair(rows[0])
    if found is None:
        return None
    sources = [str(row.get(found.source) or "") for row in rows]
    targets = [str(row.get(found.target) or "") for row in rows]
    of_source, of_target = language(sources), language(targets)
    said, place = _told(rows)
    named = tasks.LANGUAGES.get(said.lower()) if said else None
    named = named or _of_path(path) or of_target
    other = of_source is not None and of_source == of_target
    if place is not None and not other:
        return Columns(prompt=f"Translate into {{{place}}}:\\n\\n{{{found.source}}}", response=found.target)
    if named is not None and of_source not in (None, named) and of_target in (None, named):
        asked = tasks.INTO_JAPANESE if named == "Japanese" else f"Translate into {named}:"
        return Columns(prompt=f"{asked}\\n\\n{{{found.source}}}", response=found.target)
    if (other or None in (of_source, of_target)) and ask(sources) and not ask(targets):
        return Columns(prompt=found.source, response=found.target)
    return None


def into(where: Columns, rows: Sequence[Fields]) -> Columns:
    """The line with the language that it asks a translation into, where columns name that, or the texts show it."""
    asked = str(where.prompt)
    if not asked.startswith(UNTOLD):
        return where
    said, place = _told(rows)
    source, target = (
        asked.removeprefix(UNTOLD).removeprefix("\\n\\n").strip("{}"),
        str(where.response).partition(", ")[0],
    )
    texts = [[str(row.get(name) or "") for row in rows] for name in (source, target)]
    of_source, of_target = map(language, texts)
    named = tasks.LANGUAGES.get(said.lower()) if said else of_target
    if place is None and (named is None or of_source == named or of_target not in (None, named)):
        return where
    begun = tasks.INTO_JAPANESE if named == "Japanese" else f"Translate into {named or f'{{{place}}}'}:"
    return where.model_copy(update={"prompt": asked.replace(UNTOLD, begun, 1)})


def ask(texts: Sequence[str]) -> bool:
    """Whether most end as questions do."""
    return 2 * sum(ASKS.search(text) is not None for text in texts) > len(texts)


def language(texts: Sequence[str]) -> str | None:
    """By their script, else by the commonest words; None where that is not plain."""
    whole = " ".join(texts)
    if tasks.HIRAGANA.search(whole):
        return "Japanese"
    letters = len(re.findall(r"[^\W\d_]", whole))
    of_script = next((name for name, script in SCRIPTS if 2 * len(script.findall(whole)) > letters), None)
    if of_script is not None or not letters:
        return of_script
    words = Counter(WORD.findall(whole.lower()))
    counts = sorted(((sum(words[word] for word in known), name) for name, known in WORDS.items()), reverse=True)
    (most, name), (second, _) = counts[:2]
    return name if most >= FEWEST and most >= 2 * second else None


def _told(rows: Sequence[Fields]) -> tuple[str | None, str | None]:
    """(the language into which all rows go, as they name it; the column of it, where rows name several in words)."""
    plain = {verdict_names.plain(name): name for name in rows[0]}
    place = next((name for called, name in plain.items() if OF_TARGET.fullmatch(called)), None)
    both = next((name for called, name in plain.items() if OF_BOTH.fullmatch(called)), "")
    if place is None:
        pairs = {str(row.get(both)).strip().lower() for row in rows}
        match = IN_PATHS.fullmatch(pairs.pop()) if len(pairs) == 1 else None
        return (match[2] if match else None), None
    said = {tasks.SCRIPT.sub("", str(row.get(place) or "").strip()) for row in rows}
    if len(said) == 1:
        return said.pop(), None
    return None, place if all(tasks.LANGUAGES.get(one.lower()) == one.title() for one in said) else None


def _of_path(path: str) -> str | None:
    names = (tasks.LANGUAGES.get(match[2]) for match in IN_PATHS.finditer(path) if match[1] in tasks.LANGUAGES)
    return next((name for name in names if name is not None), None)
