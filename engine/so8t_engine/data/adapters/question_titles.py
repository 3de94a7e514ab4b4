"""A question in two columns, its title and its text: both are asked.

Only where the title's name says that it is the question's (question_title beside question_text, 質問タイトル beside
質問内容): a `title` alone may be an article's, a subject a mail's. Where the one holds the other it is not said twice.
"""

from __future__ import annotations

import functools
import re

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields

_ASKED = "(?:questions?|q|query|problem|inquiry|enquiry|thread|post|topic)"
TITLE = re.compile(
    rf"{_ASKED}_?(?:titles?|subjects?|headline|summary_line)|title_of_(?:the_)?question"
    r"|(?:ご?質問|相談|(?:お)?問い?合わ?せ|スレッド|投稿)の?(?:タイトル|件名|題名|見出し|表題)"
    r"|(?:问题|提问|帖子)的?标题|(?:질문|게시글)_?제목|fragen?_?titel|titel_der_frage|titre_(?:de_la_)?question"
    r"|título_(?:de_la_)?pregunta|titolo_(?:della_)?domanda|título_(?:da_)?pergunta|vraag_?titel|заголовок_вопроса"
)
BODY = re.compile(
    rf"{_ASKED}(?:_?(?:text|body|content|contents|desc|description|details?|message))?|(?:text|body)_of_(?:the_)?question"
    r"|(?:ご?質問|相談|(?:お)?問い?合わ?せ|スレッド|投稿)(?:の?(?:内容|本文|文|詳細|テキスト))?"
    r"|(?:问题|提问|帖子)的?(?:内容|描述|正文|详情)?|(?:질문|게시글)(?:_?(?:내용|본문))?|frage|fragen?_?text|text_der_frage"
    r"|(?:question|texte_(?:de_la_)?question)|pregunta|texto_(?:de_la_)?pregunta|domanda|testo_(?:della_)?domanda"
    r"|pergunta|texto_(?:da_)?pergunta|vraag|vraag_?tekst|вопрос|текст_вопроса"
)
SHORT, LONG = (
    ("question", "質問", "问题", "질문"),
    re.compile(  # what a short question goes on to say
        r"question_(?:details?|descriptions?|body|content)|質問の?(?:詳細|補足)|问题(?:描述|详情)|질문_?상세"
    ),
)


@functools.lru_cache(maxsize=512)
def pair(names: tuple[str, ...], asked: str) -> tuple[str, str] | None:
    """(title, text) of the question that the column `asked` holds one of."""
    by_name = {verdict_names.plain(name): name for name in names}
    called = verdict_names.plain(asked)
    if called in SHORT and (more := _first(LONG, by_name)) is not None:
        return asked, more
    if TITLE.fullmatch(called):
        texts = {name: column for name, column in by_name.items() if not TITLE.fullmatch(name)}
        text = _first(BODY, texts)
        return None if text is None else (asked, text)
    title = _first(TITLE, by_name) if BODY.fullmatch(called) else None
    return (title, asked) if title is not None else None


def whole(row: Fields, where: Columns) -> Columns:
    """The mapping to both, where the row has both and neither stands in the other."""
    if where.prompt not in row or where.query is not None or where.choices or where.messages:
        return where
    found = pair(tuple(row), where.prompt)
    if found is None or not {*found}.isdisjoint((where.response, where.answer, where.reasoning)):
        return where
    title, text = (_said(row.get(name)) for name in found)
    if title in text or text in title:  # or is empty
        return where
    return _to(where, *found)


@functools.lru_cache(maxsize=512)
def _to(where: Columns, title: str, text: str) -> Columns:
    return where.model_copy(update={"prompt": f"{{{title}}}\\n\\n{{{text}}}"})


def _first(pattern: re.Pattern[str], by_name: dict[str, str]) -> str | None:
    return next((column for name, column in by_name.items() if pattern.fullmatch(name)), None)


def _said(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
