"""A limit on function calls: to the call, not in the middle of what must not be torn, and without traces."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from so8t_engine.rewards import call_budget


def calling(times: int) -> Callable[[], int]:
    """It is a call itself: `times` and one more."""

    def step() -> None: ...

    def action() -> int:
        for _ in range(times):
            step()
        return times

    return action


def test_the_limit_holds_to_the_call_and_a_debugger_is_given_back() -> None:
    def debugger(*_: object) -> None: ...

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        assert call_budget.within(10, calling(9)) == 9
        assert sys.gettrace() is debugger
        with pytest.raises(call_budget.Exceeded):
            call_budget.within(10, calling(10))
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)


def test_a_generator_is_not_ended_but_what_is_called_after_it() -> None:
    def count() -> Iterator[int]:
        yield from (number for number in range(20))

    def called_after_it() -> int:
        total = sum(count())
        reached.append(total)
        return calling(0)()

    reached: list[int] = []
    with pytest.raises(call_budget.Exceeded):
        call_budget.within(2, called_after_it)
    assert reached == [190]


def test_an_import_is_not_ended_and_what_it_took_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "imported_within_a_budget"
    (tmp_path / f"{name}.py").write_text("def f(): ...\nfor _ in range(60): f()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    tries: list[str] = []

    def action() -> int:
        tries.append("begun")
        importlib.import_module(name)
        return calling(30)()

    assert call_budget.within(50, action) == 30
    assert len(tries) == 2
    with pytest.raises(call_budget.Exceeded):
        call_budget.within(20, action)
    assert len(tries) == 3
    del sys.modules[name]
