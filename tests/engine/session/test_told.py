"""What people were told of a session lies in its folder, with the time; whatever else lies there is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError, failed, warning
from so8t_engine.protocol import EVENTS, Message
from so8t_engine.sentences import verbatim
from so8t_engine.session import durable, told
from so8t_engine.session.place import Place

WHEN = "2026-11-28T20:00:00+00:00"
SLOW = warning("slow", verbatim("slow"))


def test_what_was_told_is_read_back_with_its_time_and_from_a_place_on(tmp_path: Path) -> None:
    told.add(tmp_path, SLOW, WHEN)
    first = told.read(tmp_path)
    assert first == told.Stretch((told.Told(WHEN, SLOW),), (tmp_path / told.NAME).stat().st_size)
    told.add(tmp_path, Message("finished", {}), "later")
    second = told.read(tmp_path, first.end)
    assert second.lines == (told.Told("later", Message("finished")),)
    assert told.read(tmp_path, second.end) == told.Stretch((), second.end)
    assert told.read(tmp_path, second.end + 1).lines == (*first.lines, *second.lines), "another file by now"


def test_no_place_of_this_machine_is_written_down(tmp_path: Path) -> None:
    """The session may be moved, or shown to somebody."""
    heard = list[Message]()
    tell = told.keeping(Place(tmp_path), heard.append, lambda: WHEN)
    events = [
        Message("session", {"session": "a", "path": "/home/me/a", "share": 0.5}),
        Message("finished", {"report": "/home/me/a/report", "gguf": "/home/me/a/gguf"}),
    ]
    for event in events:
        tell(event)
    assert heard == events
    kept = [line.event for line in told.read(tmp_path).lines]
    assert kept == [Message("session", {"session": "a", "share": 0.5}), Message("finished")]


def test_a_torn_line_is_skipped_and_the_next_one_is_whole(tmp_path: Path) -> None:
    told.add(tmp_path, SLOW, WHEN)
    with (tmp_path / told.NAME).open("ab") as file:
        file.write(b'{"v":2,"name":"warn')
    torn = told.read(tmp_path)
    assert len(torn.lines) == 1, "the torn one may still be on its way"
    told.add(tmp_path, SLOW, WHEN)
    assert len(told.read(tmp_path).lines) == 2 and len(told.read(tmp_path, torn.end).lines) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"", b"7", b"[]", b"{}", b'{"name":7}', b'{"name":"point","number":1}', b"\xff\xfe", b"[" * 9_000,
        b'{"name":"warning","said":"x"' + b" " * (1 << 20) + b"}",
    ],
    ids=range(9),
)  # fmt: skip
def test_nonsense_in_the_file_is_passed_over(tmp_path: Path, line: bytes) -> None:
    (tmp_path / told.NAME).write_bytes(line + b"\n")
    told.add(tmp_path, SLOW, WHEN)
    assert told.read(tmp_path).lines == (told.Told(WHEN, SLOW),)


def test_a_file_of_another_version_of_the_protocol_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / told.NAME).write_bytes(b'{"v":99,"name":"finished","said":7}\n')
    assert told.read(tmp_path).lines == (told.Told("7", Message("finished")),)


def test_nothing_depends_on_whether_it_can_be_written_or_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told.add(tmp_path / "gone", SLOW, WHEN)
    assert told.read(tmp_path / "gone") == told.Stretch() and not (tmp_path / "gone").exists()
    (tmp_path / "folder" / told.NAME).mkdir(parents=True)
    told.add(tmp_path / "folder", SLOW, WHEN)
    assert told.read(tmp_path / "folder") == told.Stretch()

    def refused(path: Path) -> None:
        raise EngineError("disk_error", verbatim("x"))

    monkeypatch.setattr(durable, "unshare", refused)
    told.add(tmp_path, SLOW, WHEN)
    assert told.read(tmp_path) == told.Stretch()


def test_no_file_grows_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told.add(tmp_path, SLOW, WHEN)
    size = (tmp_path / told.NAME).stat().st_size
    monkeypatch.setattr(told, "MOST_BYTES", 2 * size - 1)
    told.add(tmp_path, SLOW, WHEN)
    assert len(told.read(tmp_path).lines) == 1
    monkeypatch.setattr(told, "MOST_BYTES", 2 * size)
    told.add(tmp_path, SLOW, WHEN)
    assert len(told.read(tmp_path).lines) == 2
    monkeypatch.setattr(told, "MOST_BYTES", 2 * size - 1)
    assert told.read(tmp_path) == told.Stretch()


@pytest.mark.skipif(os.name == "nt", reason="links by hand")
def test_a_backup_by_hard_links_keeps_its_own(tmp_path: Path) -> None:
    told.add(tmp_path, SLOW, WHEN)
    backup = tmp_path / "backup"
    backup.hardlink_to(tmp_path / told.NAME)
    before = backup.read_bytes()
    told.add(tmp_path, SLOW, WHEN)
    assert backup.read_bytes() == before and len(told.read(tmp_path).lines) == 2


def test_what_a_person_would_want_to_find_again_is_kept_and_nothing_is_held_back(tmp_path: Path) -> None:
    heard: list[Message] = []
    keep = told.keeping(Place(tmp_path), heard.append, lambda: WHEN, watched=True)
    events = [
        Message("step", {"step": "train", "state": "running"}), Message("step", {"step": "train", "state": "done"}),
        failed(EngineError("stuck", verbatim("followed"))), failed(EngineError("training", verbatim("over"))),
        *(Message(name) for name in EVENTS if name not in ("step", "failed")),
    ]  # fmt: skip
    for event in events:
        keep(event)
    kept = [line.event for line in told.read(tmp_path).lines]
    assert heard == events and kept[:2] == [events[1], events[3]]
    assert [event.name for event in kept[2:]] == [
        "session", "incident", "mark", "waiting", "warning", "restarting", "paused", "finished",
    ]  # fmt: skip
    told.keeping(Place(tmp_path), heard.append, lambda: WHEN)(events[2])
    assert told.read(tmp_path).lines[-1].event == events[2], "by the one that watches: it is over"


def test_a_folder_that_is_another_one_by_now_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    place = Place(tmp_path / "s")
    (tmp_path / "s").rename(tmp_path / "away")
    (tmp_path / "s").mkdir()
    told.keeping(place, lambda _: None, lambda: WHEN)(SLOW)
    assert told.read(tmp_path / "s") == told.read(tmp_path / "away") == told.Stretch()
