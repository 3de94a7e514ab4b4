"""Lists of a help centre's pages (title, body; タイトル, 本文): a title that asks, or says what one wants to do.

Any other titles may as well be those of news, and those in a section may need its name: no line is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import nearest_mapping, tags

FEWEST = 3  # rows
LONGEST, LONGEST_BESIDE = 150, 60  # characters of a title, of what stands beside it
TITLES = re.compile(
    r"(?:page_|article_|faq_)?(?:title|heading|headline|name|subject|topic)|titel|überschrift|titre|título|titolo"
    r"|(?:記事)?タイトル|見出し|件名|記事名|項目名?|表題|标题|제목"
)
TEXTS = re.compile(
    r"(?:page_|article_|html_)?(?:body|content|contents|text|article)(?:_html)?|inhalt|text|contenu|contenido|contenuto"
    r"|本文|内容|記事|記事本文|記事内容|本文内容|正文|본문|내용"
)
SECTIONS = re.compile(
    r"\w*(?:section|category|topic|kategorie|rubrik|rubrique|項目|カテゴリー?|分類|区分)\w*"
)  # of a title
ASKS = re.compile(r".*(?:[?？]|(?:です|ます|ません|でした|ました)か。?)\s*", re.DOTALL)
WANTS = re.compile(
    r"(?i)\s*(?:how to|how do i|how can i|wie (?:man|ich|sie|kann)|so (?:ändern|geht)|comment|cómo|como|come)\b.*"
    r"|.*(?:方法|手順|仕方|やり方|するには|とき|場合|したい|について|できない|られない|怎么办|하는 방법)[はを。]?\s*",
    re.DOTALL,
)
JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")
OF_ASKERS = re.compile(
    r"\b(?:I|I'm|I've|I'd)\b|\bmy\b|(?:^|[.!]\s+)My\b|(?i:\b(?:me|ich|mein\w*|je|j'ai|mon|mes|mi|mis|mio)\b)|[?？]|でしょうか|ですか|ますか"
    r"|困って|わかりません|分かりません|教えてください|教えて下さい|請問|请问"
)
HELPS = re.compile(  # whoever reads it
    r"(?i)\b(?:you|your|sie|ihr\w*|vous|votre|usted|su)\b"
    r"|^\W*(?:<[^<>]*>)?(?:yes|no|we|open|go|click|press|choose|select|tap|hold|fill|enter|sign|log|use|contact|visit|check"
    r"|turn|install|download|follow|please|ja|nein|oui|non|sí)\b"
    r"|ください|下さい|できます|いただけ|頂け|可能です|お願い|请|您|하세요|합니다"
)


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """Titles that ask are the question as they are; what one wants to do is asked about."""
    names = {name: verdict_names.plain(name) for name in rows[0]}
    title = next((name for name, called in names.items() if TITLES.fullmatch(called)), None)
    text = next((name for name, called in names.items() if TEXTS.fullmatch(called)), None)
    if title is None or text is None or len(rows) < FEWEST:
        return None
    titles, texts = ([_said(row.get(name)) for row in rows] for name in (title, text))
    if max(map(len, titles)) > LONGEST or len({*titles}) < len(titles):
        return None
    if any(map(OF_ASKERS.search, texts)) or 2 * sum(HELPS.search(one) is not None for one in texts) < len(texts):
        return None  # what somebody asks in a forum stands below a title, too
    if any(tags.answers(called) for name, called in names.items() if name not in (title, text)):
        return None  # the text is what is asked, below its title
    beside = [(names[name], value) for row in rows for name, value in row.items() if name not in (title, text)]
    if any(isinstance(value, (list, dict)) or len(str(value)) > LONGEST_BESIDE for _, value in beside):
        return None
    asks = _most(titles, ASKS)
    if not asks and (not _most(titles, ASKS, WANTS) or any(SECTIONS.fullmatch(called) for called, _ in beside)):
        return None
    asked = f"「{{{title}}}」について教えてください。" if JAPANESE.search("".join(titles)) else f"Explain: {{{title}}}"
    label = nearest_mapping.judging(rows[0], title, text)
    return Columns(prompt=title if asks else asked, response=text, label=label)


def _most(titles: Sequence[str], *patterns: re.Pattern[str]) -> bool:
    """Whether two in three are so."""
    return 3 * sum(any(pattern.fullmatch(one) for pattern in patterns) for one in titles) >= 2 * len(titles)


def _said(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
