"""Whether what a judging column holds condemns an answer, and how that is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.data.adapters.verdict_names import OF_RUNS, Kind

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
    "thumbsdown",
} | UNFINISHED  # fmt: skip
STATED_GOOD = {
    "pass", "passed", "success", "succeeded", "correct", "right", "ok", "good", "合格", "正解", "○", "◯", "〇", "⭕",
    "✓", "✔", "✅", "良い", "正しい", "正答", "成功", "満足", "like", "liked", "👍", "thumbs up",
    "thumbs_up", "thumbs-up", "thumbsup",
} | FINISHED  # fmt: skip
BAD = {
    "false", "0", "-1", "undesirable", "rejected", "unsafe", "no", "negative", "有害", "危険", "誤", "不良", "不適切",
    "差し戻し", "差戻し", "いいえ",
    "却下", "不承認", "不可", "否", "不採用", "n", "f", "incorrect answer", "wrong answer", "bad answer",
    "incorrect response", "bad response", "👎🏻", "reject", "disapproved", "declined",
} | STATED_BAD  # fmt: skip
GOOD = {
    "true", "1", "desirable", "chosen", "safe", "yes", "positive", "無害", "安全", "正", "良好", "適切", "承認", "可",
    "採用", "はい", "👍🏻", "accept", "accepted", "approved", "y", "t", "",
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
        return True if word in HARMFUL else False if word in HARMLESS else None
    if kind in ("stated", "rating"):
        return stated(value)
    if kind in ("thumb", "vote", "critique") and word in BY_SIGN:
        return BY_SIGN[word]
    if kind in ("critique", "verdict"):
        return word in BAD or FAILED.fullmatch(word) is not None or CONDEMNS.search(word) is not None
    if kind == "thumb" and CONDEMNS.search(word):
        return True
    if kind == "safe":
        word = word.partition("\n")[0]  # "unsafe", and on a line of its own why
    if kind in ("run", "tests", "answer") and (part := PART.fullmatch(word)) is not None:
        return float(part[3]) < 100 if part[3] else int(part[1]) < int(part[2])
    if word in BAD or (kind in OF_RUNS and FAILED.fullmatch(word)):
        return True
    return False if word in GOOD or kind in OF_RUNS else None


def stated(value: Any) -> bool | None:
    """Whether a word condemns, wherever it stands; None of any other value."""
    word = word_of(value) if isinstance(value, str) else None
    return True if word in STATED_BAD else False if word in STATED_GOOD else None


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
    number = number_of(value)
    if number is not None and 0 < number < 1:
        return "0..1" if kind == "tests" else "0.5..1"
    if isinstance(value, str):
        return "< 100 %" if PART.fullmatch(value.strip()) else value.strip().partition("\n")[0]
    return str(value).lower() if isinstance(value, bool) else str(value)


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
