"""What was filled in for a session that has not begun outlives the window, but for what may be a secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from so8t_gui.forms import kept_drafts
from so8t_gui.forms.kept_drafts import KeptDrafts, fitting
from so8t_gui.forms.session_draft import SessionDraft

SEEDED = SessionDraft(preset="demo", changes={("seed",): 7, ("ppo", "gamma"): 0.5})
OWN = SessionDraft(file="/c.yaml", changes={("name",): "x"})


def body(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def test_what_is_shown_and_what_it_took_the_place_of_are_there_again(tmp_path: Path) -> None:
    file = tmp_path / kept_drafts.NAME
    first = KeptDrafts(file)
    assert first.read() == SessionDraft() and first.aside is None
    first.put_aside(OWN, SEEDED)
    first.keep(SEEDED)
    assert body(file)["now"] == {"preset": "demo", "file": "", "changes": {"seed": 7, "ppo.gamma": 0.5}}
    later = KeptDrafts(file)
    assert later.read() == SEEDED and later.aside == OWN


def test_nothing_is_put_aside_where_nothing_is_lost(tmp_path: Path) -> None:
    kept = KeptDrafts(tmp_path / "x")
    kept.put_aside(SessionDraft(preset="demo"), SEEDED)
    kept.put_aside(SEEDED, SessionDraft(preset="demo", changes=dict(SEEDED.changes)))
    assert kept.aside is None
    kept.put_aside(SEEDED, SessionDraft(preset="large", changes=SEEDED.changes))
    assert kept.aside == SEEDED


def test_what_a_session_has_begun_with_is_kept_no_longer(tmp_path: Path) -> None:
    file = tmp_path / "x"
    kept = KeptDrafts(file)
    kept.keep(SEEDED)
    kept.begun(SEEDED)
    assert not file.exists()
    kept.keep(OWN)
    assert body(file).keys() == {"now"}
    kept.begun(OWN)
    kept.aside = SEEDED
    kept.keep(OWN)
    assert body(file).keys() == {"aside"}
    kept.aside = SessionDraft(preset="demo")
    kept.keep(SessionDraft(preset="demo"))
    assert not file.exists(), "nothing was changed"


def test_what_has_begun_is_not_put_aside_and_not_offered_any_more(tmp_path: Path) -> None:
    """It was offered to be taken back beside what was pending, as if it had never been started."""
    kept = KeptDrafts(tmp_path / "x")
    kept.put_aside(SEEDED, OWN)
    kept.begun(OWN)
    assert kept.aside == SEEDED, "of that there is no session"
    kept.aside = None
    kept.put_aside(OWN, SEEDED)
    assert kept.aside is None
    kept.put_aside(SEEDED, OWN)
    kept.begun(SEEDED)
    assert kept.aside is None


def test_it_is_written_where_it_differs_and_where_it_cannot_be_the_page_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "x"
    kept = KeptDrafts(file)
    kept.keep(SEEDED)
    file.unlink()
    kept.keep(SEEDED)
    assert not file.exists()
    kept.keep(OWN)
    assert file.exists()
    KeptDrafts().keep(SEEDED)
    assert KeptDrafts().read() == SessionDraft()
    (tmp_path / "file").write_text("")
    barred = KeptDrafts(tmp_path / "file" / "x")
    barred.keep(SEEDED)
    assert barred._written == {}, "it is tried again"


@pytest.mark.parametrize(
    ("path", "value", "kept"),
    [
        (("convert", "teacher"), "https://name:word@host/v1", False),
        (("convert", "teacher"), "HTTP://host/v1?key=x", False),
        (("convert", "teacher"), "https://host/v1#x", False),
        (("convert", "teacher"), "https://host/v1", True),
        (("convert", "teacher"), "me@home", True),
        (kept_drafts.VARIABLE, "OPENAI_API_KEY", True),
        (kept_drafts.VARIABLE, "sk-1234", False),
        (kept_drafts.VARIABLE, "1KEY", False),
        (kept_drafts.VARIABLE, None, True),
        (("name",), "sk-1234", True),
    ],
)
def test_what_may_be_a_secret_is_not_written(tmp_path: Path, path: tuple[str, ...], value: Any, kept: bool) -> None:
    file = tmp_path / "x"
    KeptDrafts(file).keep(SessionDraft(preset="demo", changes={path: value, ("seed",): 1}))
    assert body(file)["now"]["changes"] == ({".".join(path): value, "seed": 1} if kept else {"seed": 1})


def test_within_a_list_a_secret_is_left_empty(tmp_path: Path) -> None:
    file = tmp_path / "x"
    data = [{"name": "a", "path": "https://n:w@host/a", "columns": {"prompt": "q"}, "max_rows": 3}]
    KeptDrafts(file).keep(SessionDraft(preset="demo", changes={("datasets",): data}))
    assert KeptDrafts(file).read().changes == {("datasets",): [{**data[0], "path": ""}]}


@pytest.mark.parametrize(
    "now",
    [
        None, [], "x", {}, {"preset": "demo", "file": ""}, {"preset": "", "file": "", "changes": {"seed": 1}},
        {"preset": 1, "file": "", "changes": {"seed": 1}}, {"preset": "demo", "file": "", "changes": {}},
        {"preset": "demo", "file": "", "changes": {"datasets": "x"}},
        {"preset": "demo", "file": "", "changes": {"datasets": [{"name": "a"}, {"path": "b"}]}},
        {"preset": "demo", "file": "", "changes": {"datasets": [{"name": "a"}, "b"]}},
    ],
)  # fmt: skip
def test_whatever_else_lies_there_is_no_draft(tmp_path: Path, now: Any) -> None:
    file = tmp_path / "x"
    file.write_text(json.dumps({"now": now, "aside": now}), encoding="utf-8")
    kept = KeptDrafts(file)
    assert kept.read() == SessionDraft() and kept.aside is None
    file.write_text("{", encoding="utf-8")
    assert kept.read() == SessionDraft()


def test_changes_of_keys_that_there_still_are_fit() -> None:
    values = {"seed": 1, "ppo": {"gamma": 1.0}, "grpo": None}
    changes = {
        ("seed",): 2,
        ("ppo", "gamma"): 0.5,
        ("ppo", "old"): 1,
        ("gone",): 1,
        ("grpo", "beta"): 1,
        ("seed", "x"): 1,
    }
    assert set(fitting(changes, values)) == {("seed",), ("ppo", "gamma"), ("grpo", "beta")}
