"""Rows that are turns of a talk: which columns say who speaks, what, of which talk and where among its turns."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from so8t_engine.data.adapters import column_languages, column_names
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk, ticket_marks

IDS = re.compile(
    r"(?:conv(?:ersation)?|dialog(?:ue)?|chat|session|thread|talk|call|ticket|transcript|case|topic|group|issue|inquiry)"
    r"_?(?:id|no|number|ts|uuid|guid|key)"
    r"|(?:gesprächs?|unterhaltungs?|sitzungs?|vorgangs?|chat|dialog)_?(?:id|nr|nummer|kennung)"
    r"|(?:id_(?:de_)?(?:la_)?)(?:conversation|session|discussion|conversación|conversacion|sesión|conversazione|sessione"
    r"|conversa|sessão)|(?:conversación|sesión|conversazione|sessione|conversa|sessão)_id"
    r"|(?:会话|对话|聊天)_?(?:id|编号)|(?:대화|세션|채팅)_?(?:id|번호)|id_(?:диалога|сессии)|(?:会話|対話|スレッド|セッション|チャット|チケット|通話|案件|問い?合わ?せ)_?(?:id|番号|no)"
)
BARE_IDS = re.compile(  # where a column says who speaks by its role
    r"conversation|dialog(?:ue)?|chat|session|thread|ticket|case|会話|対話|スレッド|セッション|チャット|チケット|通話|案件"
)
ID = re.compile(  # which may be a row's or a talk's
    r"(?:(?:sample|example|item|record|data|entry|row)[_ ]?)?(?:id|uuid|guid|key)|no\.?|nr\.?|number|番号|通番|整理番号"
)
SPEAKERS = (
    "speaker", "role", "sender", "speaker_role", "sender_type", "participant", "話者", "発話者", "発言者", "送信者",
    "送信者タイプ", "sprecher", "rolle", "absender", "locuteur", "rôle", "expéditeur", "hablante", "rol", "emisor",
    "remitente", "parlante", "ruolo", "mittente", "falante", "papel", "remetente", "роль", "отправитель", "角色",
    "发言人", "说话人", "화자", "역할", "발신자",
)  # fmt: skip
WITH_ID = (*SPEAKERS, "author_role", "author_type", "user_role", "user_type", "from", "author", "user", "who", "役割")
OF_TICKETS = (  # who wrote a message
    *ticket_marks.OF_CUSTOMER, *ticket_marks.OF_AGENT, "direction", "author_id", *ticket_marks.OF_USER,
    *ticket_marks.OF_BOT,
)  # fmt: skip
HIDES = (*ticket_marks.PRIVATE, *ticket_marks.PUBLIC)
KINDS = ("type", "comment_type", "message_type", "種別", "種類", "区分", "art", "tipo")
VISIBLE = (  # whom a message is for
    "visibility", "公開", "公開範囲", "公開区分", "公開状態", "公開設定", "sichtbarkeit", "visibilité", "visibilidad",
    "visibilità", "visibilidade",
)  # fmt: skip
TEXTS = (
    "text", "message", "content", "utterance", "body", "body_text", "plain_body", "comment_body", "msg", "message_text",
    "message_content", "発話", "発言", "発話内容", "発言内容", "メッセージ", "本文", "内容", "テキスト", "nachricht",
    "äußerung", "nachrichtentext", "texte", "contenu", "mensaje", "texto", "contenido", "messaggio", "testo",
    "contenuto", "mensagem", "conteúdo", "сообщение", "текст", "消息", "文本", "메시지", "발화",
)  # fmt: skip
ORDERS = (
    "turn", "turn_id", "turn_index", "turn_number", "turn_no", "order", "seq", "sequence", "position", "index", "idx",
    "message_index", "utterance_index", "順番", "順序", "ターン", "発話番号", "連番", "timestamp", "time", "ts",
    "message_no", "message_number", "msg_no", "turn_idx", "turn_num", "step", "step_id", "発言番号", "メッセージ番号",
    "created_at", "createdat", "sent_at", "sentat", "datetime", "date_time", "created", "date", "送信日時", "日時",
    "投稿日時", "発言日時", "時刻", "reihenfolge", "zeitstempel", "zeit", "uhrzeit", "datum", "horodatage", "heure",
    "ordre", "fecha", "hora", "orden", "ordine", "ora", "ordem", "время", "дата", "时间", "时间戳", "시간", "일시",
    "순서",
)  # fmt: skip
COUNTERS = frozenset(ORDERS[: ORDERS.index("連番")])  # which may begin anew at each talk
OF_SLACK, OF_DISCORD = {"type", "user", "ts", "text"}, {"authorid", "author", "content"}
OF_CHATS = (  # who, what and when: a message, and no question that somebody with a name has answered
    frozenset(("user", "name", "from", "author", "sender_name", "nickname", "名前", "送信者名", "ユーザー")),
    frozenset(("message", "msg", "text", "メッセージ", "発言", "内容")),
    frozenset(("date", "time", "datetime", "timestamp", "日付", "時刻", "日時", "送信日", "送信時刻", "送信日時")),
)
ASKER = "requester_id"
LONGEST_ID = 80  # characters

Turn = tuple[Any, ...]  # where it comes among the others, who speaks, what is said, what else is said of that


class TurnColumns(NamedTuple):
    """`talk`: which talk a turn is of."""

    talk: str | None
    speaker: str
    text: str
    order: str | None
    beside: tuple[str, ...] = ()  # what judges an answer, or is what was made of it
    ticket: tuple[tuple[str, str], ...] = ()  # what a help desk notes of it, by its plain name


@functools.lru_cache(maxsize=512)
def columns(names: tuple[str, ...]) -> TurnColumns | None:
    """None where a row is more than a turn."""
    plain = {verdict_names.plain(name): name for name in names}
    plain |= {column_languages.plain(name): name for name in names}
    talk_of = next((name for called, name in plain.items() if IDS.fullmatch(called)), None)
    of_slack = plain.keys() >= OF_SLACK
    talk_of = talk_of or (plain["ts"] if of_slack else None)  # a message without a thread may begin one
    named_so = talk_of or of_slack or plain.keys() >= OF_DISCORD
    speaker = next((plain[name] for name in (WITH_ID if named_so else SPEAKERS) if name in plain), None)
    if speaker is None and not any(map(plain.keys().isdisjoint, OF_CHATS)):
        speaker = next(plain[name] for name in plain if name in OF_CHATS[0])
    if speaker is not None and talk_of is None:
        talk_of = next((name for called, name in plain.items() if BARE_IDS.fullmatch(called)), None)
    if speaker is None and talk_of is not None:
        speaker = next((plain[name] for name in OF_TICKETS if name in plain), None)
    text = next((plain[name] for name in TEXTS if name in plain), None)
    if speaker is None or text is None or column_names.guess(tuple(set(names) - {speaker, text, talk_of})) is not None:
        return None
    order = next((plain[name] for name in ORDERS if name in plain), None)
    judging = {name for name, _ in verdict_names.judging(names, None)}
    beside = (name for name in names if name in judging or verdict_names.is_revised(name))
    noted = tuple((name, plain[name]) for name in (*HIDES, *KINDS, *VISIBLE, *OF_TICKETS, ASKER) if name in plain)
    beside = (name for name in beside if name not in (order, talk_of, *dict(noted).values()))
    return TurnColumns(talk_of, speaker, text, order, tuple(beside), noted)


def is_one(row: Fields) -> bool:
    """Whether a row is one turn of a talk that a column names."""
    where = columns(tuple(row))
    if where is None or where.talk is None or not _is_said(row[where.text]):
        return False
    return not any(isinstance(row[name], (list, Mapping)) for name in (where.talk, where.speaker))


def words(said: Any) -> str:
    return talk.words_if_any(said) if isinstance(said, list) else str(said or "")


def _is_said(value: Any) -> bool:
    """A text, or typed parts of one, as OpenAI's threads and Jan's files have it."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(part, Mapping) and part.get("type") == "text" for part in value)
    return not isinstance(value, Mapping)


def names_its_talk(row: Fields, place: str | None) -> bool:
    """Whether a column that is called as a talk only says of which talk a turn is: `chat: c1`."""
    value = row.get(str(place))
    found = columns(tuple(row)) if isinstance(value, (str, int)) and len(str(value)) <= LONGEST_ID else None
    return found is not None and found.talk == place and is_one(row)


def lacks_talk(row: Fields) -> TurnColumns | None:
    """Its columns where a row is one turn, and nothing says of which talk."""
    where = columns(tuple(row))
    if where is None or where.talk not in (None, where.order) or not isinstance(row[where.speaker], (str, int)):
        return None
    said = row[where.text]
    return where if isinstance(said, str) and "\n\n" not in said.strip() else None


def counted(row: Fields) -> tuple[TurnColumns, int] | None:
    """Its columns and its number where a row is one turn that says which of its talk it is, but not of which talk."""
    where = lacks_talk(row)
    if where is None or where.talk is not None or where.order is None:
        return None
    place, called = number(row[where.order]), column_languages.plain(where.order)
    return None if place is None or called not in COUNTERS else (where, place)


def number(value: Any) -> int | None:
    said = str(value).strip().removesuffix(".0")
    return int(said) if said.isdecimal() else None


def turn(row: Fields, where: TurnColumns, place: Any) -> Turn:
    """One turn; `place`: where it comes among the others."""
    more = {name: row[name] for name in where.beside if row.get(name) not in (None, "")}
    said = (place, who(row, where), words(row[where.text]))
    return (*said, more) if more else said


def who(row: Fields, where: TurnColumns) -> str:
    """Who speaks; of a ticket's message whose side it is on, where that is noted."""
    noted = {plain: row.get(name) for plain, name in where.ticket}
    author, asker = noted.get("author_id"), noted.get(ASKER)
    if author is not None and asker is not None:
        return talk.USER if str(author) == str(asker) else talk.ASSISTANT
    return (ticket_marks.side(noted, in_rows=True) if noted else None) or str(row[where.speaker])


def key(row: Fields, where: TurnColumns) -> str:
    return json.dumps([row.get(str(where.order)), row[where.speaker], row[where.text]], default=str)
