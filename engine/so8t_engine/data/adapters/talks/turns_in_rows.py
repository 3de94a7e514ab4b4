"""Talks whose turns lie in rows of their own (conversation_id, turn, speaker, text): read as talks at their first rows.

Rows of a talk may lie anywhere; where a number says in which order they are, that is theirs. A thread of a channel in
Slack where nobody's role is told is a question and somebody else's first reply.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names, mapped
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import every_answer, replies, talk, ticket_marks

IDS = re.compile(
    r"(?:conv(?:ersation)?|dialog(?:ue)?|chat|session|thread|talk|call|ticket|transcript|case|topic|group|issue|inquiry)"
    r"_?(?:id|no|number|ts|uuid|guid|key)|(?:会話|対話|スレッド|セッション|チャット|チケット|通話|案件|問い?合わ?せ)_?(?:id|番号|no)"
)
BARE_IDS = re.compile(  # where a column says who speaks by its role
    r"conversation|dialog(?:ue)?|chat|session|thread|ticket|case|会話|対話|スレッド|セッション|チャット|チケット|通話|案件"
)
ID = re.compile(  # which may be a row's or a talk's
    r"(?:(?:sample|example|item|record|data|entry|row)[_ ]?)?(?:id|uuid|guid|key)|no\.?|nr\.?|number|番号|通番|整理番号"
)
SPEAKERS = (
    "speaker",
    "role",
    "sender",
    "speaker_role",
    "sender_type",
    "participant",
    "話者",
    "発話者",
    "発言者",
    "送信者",
    "送信者タイプ",
)
WITH_ID = (*SPEAKERS, "author_role", "author_type", "user_role", "user_type", "from", "author", "user", "who", "役割")
OF_TICKETS = (*ticket_marks.OF_CUSTOMER, *ticket_marks.OF_AGENT, "direction", "author_id")  # who wrote a message
HIDES = (*ticket_marks.PRIVATE, *ticket_marks.PUBLIC)
KINDS = ("type", "comment_type", "message_type", "種別", "種類", "区分", "art", "tipo")
VISIBLE = (  # whom a message is for
    "visibility", "公開", "公開範囲", "公開区分", "公開状態", "公開設定", "sichtbarkeit", "visibilité", "visibilidad",
    "visibilità", "visibilidade",
)  # fmt: skip
TEXTS = (
    "text",
    "message",
    "content",
    "utterance",
    "body",
    "body_text",
    "plain_body",
    "comment_body",
    "msg",
    "message_text",
    "message_content",
    "発話",
    "発言",
    "発話内容",
    "発言内容",
    "メッセージ",
    "本文",
    "内容",
    "テキスト",
)
ORDERS = (
    "turn", "turn_id", "turn_index", "turn_number", "turn_no", "order", "seq", "sequence", "position", "index", "idx",
    "message_index", "utterance_index", "順番", "順序", "ターン", "発話番号", "連番", "timestamp", "time", "ts",
    "message_no", "message_number", "msg_no", "turn_idx", "turn_num", "step", "step_id", "発言番号", "メッセージ番号",
    "created_at", "createdat", "sent_at", "sentat", "datetime", "date_time", "created", "date", "送信日時", "日時",
    "投稿日時", "発言日時", "時刻",
)  # fmt: skip
COUNTERS = frozenset(ORDERS[: ORDERS.index("連番")])  # which may begin anew at each talk
OF_SLACK, OF_DISCORD = {"type", "user", "ts", "text"}, {"authorid", "author", "content"}
OF_CHATS = (  # who, what and when: a message, and no question that somebody with a name has answered
    frozenset(("user", "name", "from", "author", "sender_name", "nickname", "名前", "送信者名", "ユーザー")),
    frozenset(("message", "msg", "text", "メッセージ", "発言", "内容")),
    frozenset(("date", "time", "datetime", "timestamp", "日付", "時刻", "日時", "送信日", "送信時刻", "送信日時")),
)
OF_COPILOT = {"conversation", "time", "author", "message"}
ISO = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(?![\d:])"
)
BY_DAY = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})[T, ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP])M)?", re.IGNORECASE
)
SINCE = 2000_00_00_00_00_00  # so that thousandths of a second count
ASKER = "requester_id"
LONGEST_ID = 80  # characters
CHANNEL = "\0channel"  # in the index: several people write in threads, nobody by the name of a role

Turn = tuple[Any, ...]  # where it comes among the others, who speaks, what is said, what else is said of that


class TurnColumns(NamedTuple):
    talk: str | None
    speaker: str
    text: str
    order: str | None
    beside: tuple[str, ...] = ()  # what judges an answer, or is what was made of it
    ticket: tuple[tuple[str, str], ...] = ()  # what a help desk notes of it, by its plain name


@functools.lru_cache(maxsize=512)
def columns(names: tuple[str, ...]) -> TurnColumns | None:
    """None where a row is more than a turn."""
    plain = {re.sub(r"[^\w]+", "_", name.strip().lower()): name for name in names}
    talk_of = next((name for called, name in plain.items() if IDS.fullmatch(called)), None)
    of_slack = plain.keys() >= OF_SLACK
    talk_of = talk_of or (plain["ts"] if of_slack else None)  # a message without a thread may begin one
    named_so = talk_of or of_slack or plain.keys() >= OF_DISCORD or plain.keys() >= OF_COPILOT
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


def _words(said: Any) -> str:
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


def counts(row: Fields) -> bool:
    """Whether a row is one turn that says which of its talk it is, but not of which talk."""
    where = lacks_talk(row)
    if where is None or where.talk is not None or where.order is None or _number(row[where.order]) is None:
        return False
    return re.sub(r"[^\w]+", "_", where.order.strip().lower()) in COUNTERS


def _number(value: Any) -> int | None:
    said = str(value).strip().removesuffix(".0")
    return int(said) if said.isdecimal() else None


class _Ids:
    """What stands in the column `id` of turns that are counted anew in each talk: row after row."""

    def __init__(self) -> None:
        self._last, self._seen, self._offsets = "", set[str](), set[int | None]()
        self._came_back = False

    def hear(self, row: Fields, where: TurnColumns, number: int) -> None:
        name = next((name for name in row if name not in where[:4] and ID.fullmatch(name.strip().lower())), "")
        if (said := str(row.get(name) or "")) != self._last:
            self._came_back = self._came_back or said in self._seen
        self._seen.add(said)
        self._last, counted = said, _number(row.get(name))
        self._offsets.add(None if counted is None else counted - number)

    def tell_talks_apart(self) -> bool:
        """Whether one came back behind another one: of talks that lie among each other the counts tell nothing.

        Not where it counts the turns, too.
        """
        return self._came_back and (None in self._offsets or len(self._offsets) > 1)


def _by_restarts(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """The talks, by their first row, of turns that are counted anew in each; nothing where a number, or who speaks,
    leaves a doubt: 1, 2, 1, 2, ask and answer in turn.
    """
    found: dict[str, tuple[str, str]] = {}
    turns: list[Turn] = []
    first, start, talks = "", None, 0
    ids = _Ids()
    for row in rows:
        where = columns(tuple(row))
        number = _number(row.get(str(where.order))) if where is not None and counts(row) else None
        if where is None or number is None:
            return {}
        ids.hear(row, where, number)
        start = number if start is None else start
        if number == start:
            talks += 1
            _close(found, first, turns)
            turns, first = [], _key(row, where)
        elif number != start + len(turns):
            return {}
        role = talk.ROLES.get(str(row[where.speaker]).strip().lower())
        before = talk.ROLES.get(turns[-1][1].strip().lower()) if turns else None
        follows = {None: (talk.USER, talk.SYSTEM), talk.SYSTEM: (talk.USER,), talk.USER: (talk.ASSISTANT,)}
        if role not in follows.get(before, (talk.USER,)):
            return {}
        more = {name: row[name] for name in where.beside if row.get(name) not in (None, "")}
        turn = (number, str(row[where.speaker]), _words(row[where.text]))
        turns.append((*turn, more) if more else turn)
    _close(found, first, turns)
    return found if start in (0, 1) and talks > 1 and not ids.tell_talks_apart() else {}


def _close(found: dict[str, tuple[str, str]], first: str, turns: list[Turn]) -> None:
    """Of talks that begin alike and go on otherwise nothing tells which row is whose."""
    if turns:
        said = _as_text(turns)
        found[first] = (said if found.get(first, (said,))[0] == said else "[]", first)


def look(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """talk -> (its turns in order as JSON, the row that comes first); nothing where no talk has two turns.

    A talk whose rows lie together becomes text at its last one, which takes a third of the memory of its turns.
    """
    head = list(itertools.islice(rows, 1))
    rows = itertools.chain(head, rows)
    if head and counts(head[0]):
        return _by_restarts(rows)
    closed: dict[str, str] = {}
    open_talks: dict[str, list[Turn]] = {}
    first: dict[str, str] = {}
    name: str | None = None
    several = of_slack = False
    for row in rows:
        where = columns(tuple(row))
        if where is None or where.talk is None or row[where.talk] in (None, ""):
            continue
        of_slack = of_slack or (not first and row.keys() >= OF_SLACK)
        if where.ticket and _is_unread(row, where):
            continue
        before, name = name, str(row[where.talk])
        if before is not None and before != name and before not in closed:
            closed[before] = _as_text(open_talks.pop(before))
        if name not in first:
            first[name] = _key(row, where)
        turns = open_talks.get(name)
        if turns is None:  # which was closed too early stays open from now on
            turns = open_talks[name] = [tuple(turn) for turn in json.loads(closed.get(name, "[]"))]
        more = {name: row[name] for name in where.beside if row.get(name) not in (None, "")}
        turn = (_order(row, where, len(turns)), _who(row, where), _words(row[where.text]))
        turns.append((*turn, more) if more else turn)
        several = several or len(turns) > 1
    if not several:
        return {}
    closed |= {name: _as_text(turns) for name, turns in open_talks.items()}
    found = {name: (turns, first[name]) for name, turns in closed.items()}
    return {**found, CHANNEL: ("[]", "")} if of_slack and _is_channel(closed.values()) else found


def _is_channel(talks: Iterable[str]) -> bool:
    threads = [turns for one in talks if len(turns := json.loads(one)) > 1]
    who, began = {speaker for one in threads for _, speaker, *_ in one}, {one[0][1] for one in threads}
    several = len(who) >= replies.FEWEST or len(began) > 1  # two who ask each other have no roles
    return several and not any(name.strip().lower() in talk.ROLES for name in who)


def _as_text(turns: list[Turn]) -> str:
    return json.dumps(sorted(turns, key=lambda turn: turn[0]), ensure_ascii=False)


def read(row: Fields, index: Index, roles: Mapping[str, str] = {}) -> ParsedRow:
    """The whole talk, at its first row. Raises Skip at all others."""
    where = columns(tuple(row))
    if where is not None and where.talk is None and counts(row) and index:
        if (key := _key(row, where)) not in index:
            raise Skip(drop_reasons.OF_A_TALK)
        turns, first = index[key]
        if turns == "[]":
            raise Skip(drop_reasons.SAME_BEGINNING)
    elif where is None or where.talk is None:
        raise KeyError("a column for the talk")
    elif where.ticket and index and str(row[where.talk]) not in index:  # of which no customer reads anything
        raise Skip(drop_reasons.OF_A_TALK)
    else:
        turns, first = index[str(row[where.talk])]
    if _key(row, where) != first:
        raise Skip(drop_reasons.OF_A_TALK)
    said: list[Turn] = json.loads(turns)
    if CHANNEL in index and not roles:
        return _first_reply(said, str(row[str(where.talk)]))
    messages = [{"role": speaker, "content": text, **next(iter(more), {})} for _, speaker, text, *more in said]
    if len(messages) < 2:
        raise Skip(drop_reasons.UNANSWERED)
    return mapped.read(
        Columns(messages="messages"), {"messages": messages}, roles=roles, index=every_answer.mark(index)
    )


def _first_reply(said: list[Turn], thread: str) -> ParsedRow:
    """What began a thread, which is called by its time, and what somebody else replied first. Raises Skip."""
    (begun, asker, question, *_), *others = said
    if str(begun) != str(float(thread)):
        raise Skip(drop_reasons.NO_QUESTION)  # it was said before what is exported
    answer = next((text for _, speaker, text, *_ in others if speaker != asker and text.strip()), None)
    if answer is None:
        raise Skip(drop_reasons.UNANSWERED)
    return mapped.read(Columns(prompt="question", response="answer"), {"question": question, "answer": answer})


def speakers_of(rows: Sequence[Fields], roles: Mapping[str, str] = {}) -> list[tuple[str, list[str]]]:
    """(column, who speaks) of each talk; nobody where no roles are needed."""
    where = next((columns(tuple(row)) for row in rows if is_one(row)), None)
    if where is None:
        return []
    found = look(iter(rows))
    if CHANNEL in found and not roles:
        return []
    talks = (turns for said, _ in found.values() if len(turns := json.loads(said)) > 1)
    return [(where.speaker, [speaker for _, speaker, *_ in one]) for one in talks]


def _who(row: Fields, where: TurnColumns) -> str:
    """Who speaks; of a ticket's message whose side it is on, where that is noted."""
    noted = {plain: row.get(name) for plain, name in where.ticket}
    author, asker = noted.get("author_id"), noted.get(ASKER)
    if author is not None and asker is not None:
        return talk.USER if str(author) == str(asker) else talk.ASSISTANT
    return (ticket_marks.side(noted) if noted else None) or str(row[where.speaker])


def _is_unread(row: Fields, where: TurnColumns) -> bool:
    """Whether it is a note among agents, or a receipt that a program sent."""
    noted = {plain: row.get(name) for plain, name in where.ticket}
    if ticket_marks.is_hidden({name: value for name, value in noted.items() if name in HIDES}):
        return True
    if any(ticket_marks.OF_NOTES.search(str(noted[name])) for name in KINDS if noted.get(name)):
        return True
    if any(ticket_marks.UNSEEN.search(str(noted[name])) for name in VISIBLE if noted.get(name)):
        return True
    of_desk = any(name in noted for name in (*HIDES, *VISIBLE, *OF_TICKETS))
    return of_desk and ticket_marks.is_receipt(_words(row[where.text]))


def _key(row: Fields, where: TurnColumns) -> str:
    return json.dumps([row.get(str(where.order)), row[where.speaker], row[where.text]], default=str)


def _order(row: Fields, where: TurnColumns, otherwise: int) -> float:
    value: Any = row.get(str(where.order))
    try:
        return float(value)
    except (TypeError, ValueError):
        time = _time(value) if isinstance(value, str) else None
        return otherwise if time is None else time


def _time(said: str) -> float | None:
    """A day and what time it was, as a number that grows; a month stands first between slashes where it may."""
    if (match := ISO.match(said)) is not None:
        parts = [(part or "").rjust(2, "0") for part in match.groups()[:6]]
        return int("".join(parts)) - SINCE + int((match[7] or "").ljust(3, "0")) / 1000
    if (match := BY_DAY.match(said)) is None:
        return None
    one, other, hour = int(match[1]), int(match[3]), int(match[5])
    day, month = (other, one) if one <= 12 and (match[2] == "/" or other > 12) else (one, other)
    if match[8]:
        hour = hour % 12 + 12 * (match[8].lower() == "p")
    return float(int(f"{match[4]}{month:02}{day:02}{hour:02}{match[6]}{match[7] or '00'}") - SINCE)
