"""Whether what a judging column holds condemns an answer, and how that is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.data.adapters.verdict_names import TELLING, Kind

# How far a text has come, as those who write together note it: what is not done or no longer holds is not learnt.
UNFINISHED = {
    "draft", "drafts", "wip", "unfinished", "incomplete", "in progress", "not started", "obsolete", "outdated",
    "deprecated", "withdrawn", "retracted", "deleted", "removed", "discarded", "discard", "needs work",
    "needs revision", "needs fix", "needs correction", "unapproved", "not approved", "下書き", "下書", "草案", "草稿",
    "ドラフト", "作成中", "執筆中", "編集中", "作業中", "進行中", "未着手", "未完成", "未完了", "廃止", "廃止済み",
    "無効", "削除", "削除済", "削除済み", "破棄", "要修正", "要訂正", "修正待ち", "修正中", "未承認", "使用不可",
    "使用禁止",
}  # fmt: skip
FINISHED = {
    "published", "released", "final", "done", "completed", "live", "公開", "公開済", "公開済み", "公開中", "完了",
    "完成", "確定", "承認済", "承認済み", "有効", "修正済", "修正済み", "掲載中",
}  # fmt: skip
UNSETTLED = {  # of which nobody can say whether they are to be learnt: told
    "未", "未済",
    "pending", "in review", "review", "under review", "todo", "to do", "open", "new", "unverified", "unreviewed",
    "unchecked", "not reviewed", "archived", "on hold", "private", "unpublished", "保留", "保留中", "確認中", "未確認",
    "要確認", "確認待ち", "レビュー待ち", "レビュー中", "承認待ち", "申請中", "非公開", "未公開", "未対応", "対応中",
    "アーカイブ",
}  # fmt: skip
# What may stand in a column that need not judge: words that say of hardly anything else whether it is right.
STATED_BAD = {
    "fail", "failed", "failure", "incorrect", "wrong", "ng", "bad", "不合格", "不正解", "×", "✕", "✗", "❌", "悪い",
    "誤り", "誤答", "失敗", "不満", "不満足", "dislike", "disliked", "👎", "thumbs down", "thumbs_down", "thumbs-down",
    "thumbsdown", "reject", "rejected", "disapproved", "declined", "not accepted", "inaccurate", "却下", "不承認",
    "不採用", "差し戻し", "差戻し", "不正確", "間違い", "間違っている",
} | UNFINISHED  # fmt: skip
STATED_GOOD = {
    "pass", "passed", "success", "succeeded", "correct", "right", "ok", "good", "合格", "正解", "○", "◯", "〇", "⭕",
    "✓", "✔", "✅", "良い", "正しい", "正答", "成功", "満足", "like", "liked", "👍", "thumbs up",
    "thumbs_up", "thumbs-up", "thumbsup", "accept", "accepted", "approved", "verified", "accurate", "承認", "採用",
    "正確", "確認済", "確認済み", "検証済み",
} | FINISHED  # fmt: skip
BAD = {
    "false", "0", "-1", "undesirable", "unsafe", "no", "negative", "有害", "危険", "誤", "不良", "不適切",
    "いいえ", "不可", "否", "n", "f", "incorrect answer", "wrong answer", "bad answer",
    "incorrect response", "bad response", "👎🏻",
} | STATED_BAD  # fmt: skip
GOOD = {
    "true", "1", "desirable", "chosen", "safe", "yes", "positive", "無害", "安全", "正", "良好", "適切", "可",
    "はい", "👍🏻", "y", "t", "",
} | STATED_GOOD  # fmt: skip
BY_SIGN = {
    **dict.fromkeys(("down", "downvote", "dislike", "disliked", "thumbs-down", "thumbsdown"), True),
    **dict.fromkeys(("up", "upvote", "like", "liked", "thumbs-up", "thumbsup"), False),
}
# Of a run.
FAILED = re.compile(
    r"fail(?:ed|ure)?|wrong[ _]\w+|(?:\w+[ _])?error|unsuccessful|low|(?:very )?poor|失敗|低"
    r"|\w*(?:error|exception)(?::.*)?|timeout|timed out"
    r"|length|max_tokens|truncated"  # why an answer ended
)
CUT_OFF = re.compile(r"(?i)length|max_tokens|truncated")
AT_ITS_END = re.compile(r"(?i).*(?:complete|truncated|(?:finish|stop)_?reasons?)")
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
PART = re.compile(r"(\d{1,9})\s*(?:/|of|out of)\s*(\d{1,9})|(\d{1,3}(?:\.\d{1,9})?)\s*%")  # of the tests
HARMFUL = {"true", "1", "yes", "harmful", "unsafe", "toxic", "有害", "危険", "あり", "有"}
HARMLESS = {"false", "0", "no", "unharmful", "harmless", "safe", "無害", "安全", "なし", "無", ""}
TICKED = {  # in a column of what is wrong, where the others are empty
    "要修正", "要訂正", "要確認", "要見直し", "要対応", "修正要", "wrong", "incorrect", "bad", "ng", "誤り", "誤答",
    "○", "◯", "〇", "✓", "✔", "✅", "●", "レ", "x", "y",
}  # fmt: skip
HARMFUL_TRICK = {"jailbreak", "attack", "malicious", "injection"}
HARMLESS_TRICK = {"benign", "normal"}
# A word at the head of what is said: "NG：…", "Correct - …".
SIGNS = ":：、。,，;；(（!！"
HEAD = re.compile(rf"\s*([^\s{SIGNS}][^{SIGNS}]{{0,19}}?)\s*(?:[{SIGNS}]|\s[-–—―])\s*\S.*", re.DOTALL)
STARS = re.compile(r"(?=.*[★☆⭐🌟])[★⭐🌟\ufe0f]*[☆✩]*")
NOTHING_AGAINST = {
    "",
    "-",
    "ー",
    "―",
    "なし",
    "無し",
    "無",
    "特になし",
    "none",
    "no",
    "n/a",
    "na",
    "nothing",
    "ok",
    "nan",
}
CONDEMNS = re.compile(
    r"(?:\b(?:answer|response|solution|reasoning|conclusion|verdict) ?(?:is|was|:)|(?:^|[.!?]\s+)(?:it|this) is)\s*"
    r"(?:\w+ly |thus )?(?P<en>incorrect|wrong|not correct|harmful|unsafe|dangerous|unacceptable)\b"
    r"|(?:回答|解答|答え|結論|判定)(?:は|が|:|：)[^。\n]{0,12}?(?P<ja>誤り|間違|不正解|不正確|有害|危険|不適切)(?!では)",
    re.IGNORECASE,
)
ENDS_OF_CRITIQUE = 400  # characters at each end, where its verdict stands
LOW = 1  # of HelpSteer's scales, 0 to 4
LONGEST = 40  # characters of a word


def finding(kind: Kind, value: Any) -> bool | None:
    """Whether a value of this kind condemns; None where it says nothing."""
    if isinstance(value, list):
        return _of_list(kind, value)
    number = number_of(value)
    if number is not None:
        return _of_number(kind, number)
    word = word_of(value)
    if word is None or kind == "predicted":
        return None
    if kind == "against":
        return word.strip("。.") not in NOTHING_AGAINST
    if kind in ("harm", "request", "wrong"):
        bad, good = (TICKED, {"ok"}) if kind == "wrong" else (HARMFUL_TRICK, HARMLESS_TRICK)
        return True if word in HARMFUL | bad else False if word in HARMLESS | good else None
    if kind in ("stated", "rating"):
        return stated(value)
    if kind in ("thumb", "vote", "critique") and word in BY_SIGN:
        return BY_SIGN[word]
    if kind in ("critique", "verdict"):
        known = word in BAD or FAILED.fullmatch(word) is not None or CONDEMNS.search(word) is not None
        return known or _begins(word) is True
    if kind == "thumb" and CONDEMNS.search(word):
        return True
    if kind == "safe":
        word = word.partition("\n")[0]  # "unsafe", and on a line of its own why
    if kind in ("run", "tests", "answer") and (part := PART.fullmatch(word)) is not None:
        return float(part[3]) < 100 if part[3] else int(part[1]) < int(part[2])
    if word in BAD or (kind in TELLING and FAILED.fullmatch(word)):
        return True
    return False if word in GOOD else _begins(word) if head_of(word) else False if kind in TELLING else None


def stated(value: Any) -> bool | None:
    """Whether a word condemns, wherever it stands; None of any other value."""
    word = word_of(value) if isinstance(value, str) else None
    return None if word is None else _of_word(word) if _of_word(word) is not None else _begins(word)


def _of_word(word: str) -> bool | None:
    return True if word in STATED_BAD else False if word in STATED_GOOD else None


def _begins(text: str) -> bool | None:
    """Whether the word at the head of a text condemns."""
    head = head_of(text)
    return None if head is None else _of_word(head.lower())


def head_of(text: str) -> str | None:
    """The word that a text begins with, where it is one for good or bad and more is said of it behind."""
    match = HEAD.fullmatch(text)
    return match[1] if match is not None and _of_word(match[1].lower()) is not None else None


def is_known(kind: Kind, value: Any) -> bool:
    """Whether a value is one of which it is known what it says; not a word that only says of no failure."""
    found = finding(kind, value)
    if kind in TELLING and found is False and isinstance(value, str) and number_of(value) is None:
        word = word_of(value) or ""
        return word in GOOD or head_of(word) is not None or PART.fullmatch(word) is not None
    return found is True if kind == "critique" else found is not None


def is_unsettled(value: Any) -> bool:
    """Whether a word tells that an answer has not been settled, which calls it neither good nor bad."""
    return isinstance(value, str) and value.strip().lower() in UNSETTLED


def cuts_off(place: str, said: str) -> bool:
    """Whether what condemns an answer says that it was not written to its end."""
    return AT_ITS_END.fullmatch(place) is not None and ("eason" not in place or CUT_OFF.fullmatch(said) is not None)


def told(kind: Kind, value: Any) -> str:
    """What condemns, as it stands in the file where that is one of few values."""
    if isinstance(value, list):
        return next((told(kind, one) for one in value if finding(kind, one)), "false")
    if kind == "against":
        return "…"
    in_words = isinstance(value, str) and kind in ("critique", "verdict", "thumb")
    if in_words and (match := CONDEMNS.search(word_of(value) or "")):
        return match["en"] or match["ja"]
    if isinstance(value, str) and finding(kind, value) and (head := head_of(value)) is not None:
        return head
    number = number_of(value)
    if number is not None and 0 < number < 1:
        return "0..1" if kind == "tests" else "0.5..1"
    if isinstance(value, str):
        return "< 100 %" if PART.fullmatch(value.strip()) else value.strip().partition("\n")[0]
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_grade(value: Any) -> bool:
    """Whether a value is a figure: a number, a share, stars."""
    text = value.strip() if isinstance(value, str) else ""
    return number_of(value) is not None or STARS.fullmatch(text) is not None or PART.fullmatch(text) is not None


def number_of(value: Any) -> float | None:
    """A number, also one that stands there as text, as everything does in CSV."""
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else value
    return float(value) if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else None


def word_of(value: Any) -> str | None:
    """What a value says in small letters; of a long text its beginning and its end."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return None
    if len(value) <= LONGEST:
        return value.strip().lower()
    return f"{value[:ENDS_OF_CRITIQUE]} {value[-ENDS_OF_CRITIQUE:]}".lower()


def _of_number(kind: Kind, number: float) -> bool | None:
    if kind == "low":
        return number <= LOW
    if kind in ("harm", "request", "wrong"):
        return number >= 0.5 if 0 <= number <= 1 else None
    if kind == "vote":
        return number < 0 if number else None
    if kind == "rating":  # -1 is a thumb down on any scale that has it
        return True if number == -1 else False if number > 0 else None
    if kind in ("word", "critique", "predicted", "stated", "against"):
        return None
    if kind == "rate" and number < 0:  # nobody knows the rate
        return None
    if kind == "tests" and 0 < number < 1:
        return True
    return True if number in (0, -1) else False if number > 0 else None


def _of_list(kind: Kind, values: Sequence[Any]) -> bool | None:
    """Of several tests each must be passed; several judges must all condemn, of people more than half."""
    found = [finding(kind, value) for value in values if not isinstance(value, list)]
    known = [one for one in found if one is not None]
    if not known:
        return None
    if kind in ("stated", "rating", "thumb", "vote", "verdict"):
        return known.count(True) > known.count(False)
    return any(known) if kind in ("run", "tests") else all(known)
