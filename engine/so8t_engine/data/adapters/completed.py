"""What a proposed line lacks: the reasons, what a question is about or goes on to say; and what it should not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields

TITLE = re.compile(
    r"(?i)(?:.*[ _])?(?:title|subject|betreff|titel|thema|titre|objet|sujet|titolo|oggetto|título|titulo|asunto)"
    r"|assunto|件名|題名|タイトル|表題|标题|主题|제목|тема|заголовок"
)
BODY = re.compile(
    r"(?i)(?:.*[ _])?(?:body|description|selftext|beschreibung|problembeschreibung|descripción|descripcion|descrição"
    r"|descrizione|corps)|問い合わせ内容|本文|내용|描述|正文|описание"
)
OF_MACHINES = re.compile(  # beside what people wrote
    r"n?mt|mt_(?:output|text|translation)|hyp|machine_translat\w+|(?:google|deepl)_translat\w+|機械翻訳\w*"
)
FIGURE = re.compile(r"(?i)(?:.*[ _])?(?:ratings?|scores?|stars|grade)|評価|点数?|スコア")


def completed(where: Columns, rows: Sequence[Fields], texts: Mapping[str, Sequence[str]]) -> Columns:
    """`texts`: what stands in the places that hold texts in most rows."""
    more: dict[str, str | None] = {}
    inside = f"{where.response}."
    others = [place for place in texts if place not in where.model_dump().values() and not place.startswith(inside)]
    if where.prompt is not None and where.prompt in texts and where.query is None and where.response:
        body = next((place for place in others if BODY.fullmatch(_leaf(place)) and _varies(texts[place])), None)
        if TITLE.fullmatch(_leaf(where.prompt)) and body is not None:
            more["prompt"] = f"{{{where.prompt}}}\\n\\n{{{body}}}"
        elif _plain(where.prompt) in column_names.QUESTIONS:
            about = (*column_names.QUERY, *column_names.ABOUT)
            more["query"] = next((place for place in others if _plain(place) in about and place != where.prompt), None)
    if where.reasoning is None and where.response in rows[0] and where.messages is None:
        reasons = column_names.answering(tuple(others))[2]
        more["reasoning"] = reasons
    if where.label:
        graded = verdict_names.is_revision(_leaf(str(where.response)))  # a figure is of the draft
        told = [name for name in where.label.split(", ") if _judges(name, rows)]
        told = [name for name in told if not (graded and FIGURE.fullmatch(_leaf(name)))]
        more["label"] = ", ".join(told) or None
    return where.model_copy(update={role: place for role, place in more.items() if place or role == "label"})


def asks_itself(where: Columns) -> bool:
    """Whether it is a question's title with the question's own body as the answer."""
    asked, said = str(where.prompt), str(where.response)
    return TITLE.fullmatch(_leaf(asked)) is not None and BODY.fullmatch(_leaf(said)) is not None


def is_of_machine(place: str | None) -> bool:
    return place is not None and OF_MACHINES.fullmatch(verdict_names.plain(_leaf(place))) is not None


def is_figure(place: str | None) -> bool:
    """Whether its name says that it grades."""
    return place is not None and FIGURE.fullmatch(_leaf(place)) is not None


def is_rating(place: str | None, texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether it grades, and there is more than the text alone that is graded."""
    return place is not None and is_figure(place) and len({*texts} - {place}) > 1


def _judges(name: str, rows: Sequence[Fields]) -> bool:
    """Whether some rows say good or bad; a status in words that nobody knows says neither."""
    said = [value for row in rows if (value := row.get(name)) not in (None, "")]
    is_status = re.search(r"(?i)status|state|ステータス|状態|estado|statut|stato", name) is not None
    return not is_status or any(verdict_values.stated(value) is not None for value in said)


def _varies(said: Sequence[str]) -> bool:
    return len({*said}) * 2 >= len(said)


def _leaf(place: str) -> str:
    return place.rpartition(".")[2].strip()


def _plain(place: str) -> str:
    return re.sub(r"[^\w]+", "_", _leaf(place).lower())
