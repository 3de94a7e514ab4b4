"""The number of a start: above all that were, whatever became of the counter, and never given twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from so8t_engine.session import lock, start_counter, store
from so8t_engine.session.state import PipelineState, dump

TAKE = """
import sys
from pathlib import Path
from so8t_engine.session import start_counter
print("ready", flush=True)
sys.stdin.readline()
print(*[start_counter.next_number(Path(sys.argv[1])) for _ in range(25)])
"""


def make(root: Path, name: str, started: int) -> Path:
    session = store.create(root, name, "", "now", started=started)
    return session


def test_every_start_gets_the_next_number(tmp_path: Path) -> None:
    root = tmp_path / "not" / "there" / "yet"
    assert [start_counter.next_number(root) for _ in range(3)] == [1, 2, 3]
    assert json.loads((root / "starts.json").read_text()) == {"last": 3}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b'{"last": "7"}', b'{"last": -4}', b'{"last": true}', b'{"last": 1e400}',
                b'{"last": 99999999999999999999}', b'{"first": 1}', b"[" * 5_000, b"\xff\xfe"],
)  # fmt: skip
def test_a_damaged_counter_goes_on_above_all_sessions(tmp_path: Path, content: bytes) -> None:
    make(tmp_path, "a", 41)
    make(tmp_path, "b", 7)
    (tmp_path / "starts.json").write_bytes(content)

    assert [start_counter.next_number(tmp_path) for _ in range(2)] == [42, 43]


def test_a_lost_counter_and_a_session_from_elsewhere_change_nothing(tmp_path: Path) -> None:
    make(tmp_path, "a", 5)
    assert start_counter.next_number(tmp_path) == 6
    make(tmp_path, "brought", 500)
    assert start_counter.next_number(tmp_path) == 501
    (tmp_path / "starts.json").unlink()
    assert start_counter.next_number(tmp_path) == 501


def test_a_session_that_is_gone_does_not_give_its_number_back(tmp_path: Path) -> None:
    make(tmp_path, "a", 9)
    assert start_counter.next_number(tmp_path) == 10
    (tmp_path / "a" / store.STATE).unlink()
    assert start_counter.next_number(tmp_path) == 11


@pytest.mark.parametrize("number", [-1, 2**60, "12", None, True, [3]])
def test_a_number_that_is_none_is_passed_over(tmp_path: Path, number: object) -> None:
    session = make(tmp_path, "a", 3)
    body = json.loads(dump(PipelineState("a"))) | {"started": number}
    (session / store.STATE).write_text(json.dumps(body))

    assert start_counter.next_number(tmp_path) == 1


@pytest.mark.parametrize(("number", "following"), [(0, 1), (1, 2), (2**53 - 1, 2**53), (2**53, 1)])
def test_a_number_counts_from_one_up_to_the_last_that_json_can_hold(
    tmp_path: Path, number: int, following: int
) -> None:
    make(tmp_path, "a", number)

    assert start_counter.next_number(tmp_path) == following


def test_engines_that_start_at_once_get_different_numbers(tmp_path: Path) -> None:
    takers = [
        subprocess.Popen([sys.executable, "-c", TAKE, str(tmp_path)], stdin=-1, stdout=-1, text=True) for _ in range(4)
    ]
    for taker in takers:
        assert taker.stdout is not None and taker.stdout.readline() == "ready\n"
    for taker in takers:
        assert taker.stdin is not None
        taker.stdin.write("\n")
        taker.stdin.flush()
    numbers = [int(number) for taker in takers for number in taker.communicate()[0].split()]

    assert sorted(numbers) == list(range(1, 101))


def test_a_counter_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    make(tmp_path, "a", 3)
    (tmp_path / "starts.json").mkdir()

    assert start_counter.next_number(tmp_path) == 4


def test_someone_who_never_lets_go_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_counter, "WAIT_SECONDS", 0.05)
    with lock.briefly(tmp_path, 0.0) as held:
        assert held and start_counter.next_number(tmp_path) == 1
    with lock.briefly(tmp_path, 0.0) as held:
        assert held
