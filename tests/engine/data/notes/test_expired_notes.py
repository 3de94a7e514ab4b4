"""Answers whose day is past: said with the line that leaves them out, and with that line left out."""

from __future__ import annotations

import datetime

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import score_limits, verdict_evidence, verdicts
from so8t_engine.data.notes import expired_notes, unread_verdicts

W, TODAY = Columns(prompt="q", response="a"), datetime.date(2026, 3, 1)
PAST, AHEAD = "2025-12-31", "2027-01-01"


@pytest.mark.parametrize(
    ("name", "held", "past"),
    [
        *(
            (name, [PAST, AHEAD, ""], 1)
            for name in ("valid_until", "Valid to", "expires", "Expiry date", "End date", "gültig bis", "有効期限",
                         "válido hasta", "valable jusqu'au", "Ablaufdatum", "有效期至", "expires_at")
        ),
        ("有効期限", ["2025年12月", "2026/2/28", "2026/3/1"], 2),
        ("expires", ["never", "", None, AHEAD], None), ("expires", ["4/3/2026", "2026-03"], None),
        *(
            (name, [PAST, PAST], None)
            for name in ("valid_from", "created", "date", "updated_at", "gültig ab", "作成日", "published",
                         "start_date", "last review", "birth date")
        ),
    ],
)  # fmt: skip
def test_only_a_day_until_which_answers_hold_and_which_is_past_is_told(
    name: str, held: list[object], past: int | None
) -> None:
    said = expired_notes.note(name, held, W, None, TODAY)
    assert (said and said.args["count"]) == past
    if said is not None:
        assert said.args["line"] == f'columns: {{prompt: q, response: a, label: "{name} >= 2026-03-01"}}'


def test_a_column_that_is_not_read_is_looked_at_by_todays_date() -> None:
    said = unread_verdicts.note("expires", ["1999-01-01", "2999-01-01"], W, None, of_runs=True)
    assert said is not None
    assert (said.code, said.args["values"]) == ("data.looks_expired", ["1999-01-01"])


@pytest.mark.parametrize(
    ("until", "is_bad"),
    [(PAST, True), (AHEAD, False), ("28.2.2026", True), ("1.3.2026", False), ("4/2/2026", False), ("", False)],
)
def test_by_the_line_what_no_longer_holds_is_not_learnt(until: str, is_bad: bool) -> None:
    where = W.model_copy(update={"label": "gültig bis >= 2026-03-01"})
    found = verdicts.of({"q": "How?", "a": "So.", "gültig bis": until}, where, {}, named=True)
    assert (found and found.reason) == (drop_reasons.labelled_bad("gültig bis", "< 2026-03-01") if is_bad else None)


@pytest.mark.parametrize(
    ("name", "value", "is_bad"),
    [
        ("superseded_by", "17", True), ("Superseded by", "FAQ-12", True), ("superseded_by", "", False),
        ("ersetzt durch", "4", True), ("後継FAQ", "F-3", True), ("status", "expired", True),
        ("Status", "abgelaufen", True),
        ("ステータス", "期限切れ", True), ("status", "active", False), ("expired", "yes", True),
        ("supersedes", "17", False), ("Outdated since", "2021-01-01", True), ("deleted_at", "2021-01-01 09:00", True),
        ("deleted_at", "NULL", False), ("Veraltet seit", "01.01.2021", True), ("Veraltet seit", "", False),
        ("Obsolète depuis", "01/01/2021", True), ("Obsoleto desde", "2021", True), ("Revogado em", "01/2021", True),
        ("Abrogato dal", "01.01.2021", True), ("Nieaktualne od", "2021-01-01", True), ("削除日", "2021/1/1", True),
        ("取下げ日", "2021/1/1", True), ("作废日期", "2021-01-01", True), ("폐기일", "2021-01-01", True),
        ("verified_at", "2021-01-01", False), ("Gültig seit", "01.01.2021", False), ("更新日", "2021/1/1", False),
    ],
)  # fmt: skip
def test_what_something_takes_the_place_of_is_not_learnt(name: str, value: str, is_bad: bool) -> None:
    rows = [{"q": "How?", "a": "So.", name: held} for held in (value, "active" if name.lower() == "status" else "")]
    index = verdict_evidence.look(iter(rows), W)
    assert (verdicts.of(rows[0], W, index) is not None) is is_bad


@pytest.mark.parametrize(("sign", "held"), [("<=", AHEAD), (">=", PAST), (">", TODAY.isoformat()), ("<", AHEAD)])
def test_a_limit_may_be_a_day_in_either_direction(sign: str, held: str) -> None:
    limit = score_limits.of({}, f"x {sign} {TODAY}")
    assert limit is not None
    assert score_limits.against(limit, held) is not None
