"""What questions are about: a passage, several paragraphs with their titles, a table; it stands before the question."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import tables
from so8t_engine.data.adapters.column_languages import plain

TEXTS = (
    "paragraph_text", "text", "content", "passage", "sentences", "sents", "page_content", "passage_text", "chunk",
    "chunk_text", "snippet", "body", "paragraph", "excerpt",
)  # fmt: skip
INSIDE = ("node", "document", "doc", "metadata", "payload", "kwargs", "_source", "chunk", "passage", "fields")
OF_DATABASES = re.compile(r".*(?:schema|ddl|tables?|スキーマ|テーブル定義)")
REFERENCE = re.compile(  # what a passage is called, or where it lies
    r"(?:https?:|www\.)\S+|(?=[!-~]*[\d_/\\-])[!-~]+|.{1,160}\.(?:pdf|docx?|txt|html?|md|csv|tsv|xlsx?|json|pptx?)",
    re.IGNORECASE,
)
PLACE = re.compile(r"\{([^{}]+)\}")
PROSE = re.compile(r"(?:\S+\s+){5}\S|[ぁ-んァ-ヶ一-龠가-힣][^\n]{11}|[.。!?！？]\s*\Z")
OF_EITHER = ("body", "text_body", "story_text")
PUT_IN = ("input", "入力")
SEPARATOR, LONGEST_TITLE = " [SEP] ", 120  # characters
OF_MEDIA = ("image", "audio", "video")


@functools.lru_cache(maxsize=512)
def stands_first(prompt: str | None, query: str | None) -> bool:
    """Whether these columns are a question and its passage; an instruction stands before what it is about."""
    about = plain((PLACE.search(str(query)) or ["", str(query)])[1])
    is_passage = about in (*column_words.BEFORE, *column_words.MESSAGES) or column_words.PASSAGE.fullmatch(about)
    return plain(str(prompt)) in column_words.QUESTIONS and bool(is_passage)


def is_told_first(row: Mapping[str, Any], prompt: str | None, query: str | None) -> bool:
    """The same; a `body` is a story before its question where it stands there, and a question's own text behind it."""
    names = list(row)
    is_question = plain(str(prompt)) in column_words.QUESTIONS
    if is_question and prompt in names and query in names and plain(str(query)) in OF_EITHER:
        return query in names[: names.index(str(prompt))]
    return stands_first(prompt, query)


@functools.lru_cache(maxsize=512)
def asks(prompt: str | None) -> bool:
    """Whether a column of this name asks, and may ask about a text beside it."""
    return plain(str(prompt)) in (*column_words.ASK_OF_PASSAGES, *column_words.QUESTIONS)


@functools.lru_cache(maxsize=512)
def may_be_example(query: str) -> bool:
    """Whether a column of this name may as well hold what a passage is called (`document: report.pdf`), or the whole
    example as it is trained on (`text`).
    """
    called = plain(query)
    named = (
        called in (*column_words.ABOUT, *column_words.MESSAGES) or column_words.PASSAGE.fullmatch(called) is not None
    )
    return named and called not in column_words.QUERY


def is_one(value: Any, name: str) -> bool:
    """Whether a column of that name holds something to ask about, and not only what that is called."""
    if value is None:
        return True
    if plain(name) in column_words.CASES:  # which may as well be one word for many questions
        return isinstance(value, str) and PROSE.search(value) is not None
    if isinstance(value, str):
        return not value or not may_be_example(name) or REFERENCE.fullmatch(value) is None
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return not value or not may_be_example(name) or any(REFERENCE.fullmatch(one) is None for one in value)
    return text_of(value, name) is not None


def put_in(value: Any) -> str | None:
    """What an instruction is given to work on, where that is an object or a list of such: a table with a head, any
    other as JSON, with all of its keys. None of any other value: a text of JSON stays as it is, which may be asked for.
    """
    if not isinstance(value, (Mapping, list)) or not value or _is_of_media(value):
        return None
    if isinstance(value, list) and not any(isinstance(one, (Mapping, list)) for one in value):
        return None
    if isinstance(value, Mapping) and len(value) == 1 and (alone := value.get(next(iter({*value} & {*TEXTS}), ""))):
        return alone if isinstance(alone, str) else None
    table = tables.text_of(value) if isinstance(value, Mapping) else None
    return table or json.dumps(value, ensure_ascii=False, default=str)


def _is_of_media(value: Mapping[str, Any] | list[Any]) -> bool:
    ones = value if isinstance(value, list) else [value]
    return any(isinstance(one, Mapping) and any(kind in str(one.get("type")) for kind in OF_MEDIA) for one in ones)


def text_of(value: Any, name: str | None = None) -> str | None:
    """HotpotQA's `{title: [], sentences: [[]]}` and `[[title, [sentences]]]`, MuSiQue's objects, what a search
    has found, a table; of a column `name` for a database's schema any object. None of any other.
    """
    if not isinstance(value, (Mapping, list)) or not value:
        return None
    found = _of_titles(value) or _of_objects(value) or tables.text_of(value)
    if found is None and name is not None and isinstance(value, Mapping) and OF_DATABASES.fullmatch(plain(name)):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return found


def below_title(text: str) -> str:
    """A passage of which BERT's separator parts the title, as JSQuAD has them, with that on a line of its own."""
    if SEPARATOR not in text:  # most
        return text
    title, _, body = text.partition(SEPARATOR)
    is_title = (
        len(title) <= LONGEST_TITLE and "\n" not in title.strip() and "[CLS]" not in title and SEPARATOR not in body
    )
    return f"{title.strip()}\n\n{body.strip()}" if is_title else text


def _of_titles(value: Mapping[str, Any] | list[Any]) -> str | None:
    """Lists beside each other, or pairs of a title and its sentences."""
    if isinstance(value, Mapping):
        texts = next((value[name] for name in TEXTS if isinstance(value.get(name), list)), None)
        titles = value.get("title") or [""] * len(texts or ())
        if texts is None or not isinstance(titles, list) or len(titles) != len(texts):
            return None
        return _joined([(title, texts[number]) for number, title in enumerate(titles)])
    if all(isinstance(one, list) and len(one) == 2 and isinstance(one[1], list) for one in value):
        return _joined([(title, texts) for title, texts in value])
    return None


def _of_objects(value: Mapping[str, Any] | list[Any]) -> str | None:
    """Each with its text, and its title if it has one."""
    ones = [value] if isinstance(value, Mapping) else value
    if not all(isinstance(one, Mapping) for one in ones):
        return None
    return _joined([(one.get("title") or _inside(one, "title") or "", _text_in(one)) for one in ones])


def _text_in(one: Mapping[str, Any]) -> Any:
    if _is_of_media(one):
        return None
    said = next((one[name] for name in TEXTS if isinstance(one.get(name), (str, list))), None)
    return said if said is not None else next(filter(None, (_inside(one, name) for name in TEXTS)), None)


def _inside(one: Mapping[str, Any], name: str) -> Any:
    held = (one[around] for around in INSIDE if isinstance(one.get(around), Mapping))
    return next((each[name] for each in held if isinstance(each.get(name), str)), None)


def _joined(parts: Sequence[tuple[Any, Any]]) -> str | None:
    found = []
    for title, said in parts:
        texts = said if isinstance(said, list) else [said]
        if not isinstance(title, str) or not all(isinstance(text, str) for text in texts):
            return None
        body = " ".join(text.strip() for text in texts if text.strip())
        found.append(f"{title}: {body}" if title.strip() else body)
    return "\n\n".join(found) or None
