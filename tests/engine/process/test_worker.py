"""What a worker says to the user, and what to its supervisor alone."""

from __future__ import annotations

import pytest

from so8t_engine.errors import EngineError, failed
from so8t_engine.process import worker
from so8t_engine.protocol import Message
from so8t_engine.sentences import verbatim


@pytest.mark.parametrize(
    ("message", "to_user", "to_supervisor"),
    [
        (Message("progress", {"unit": 1}), True, False),
        (Message("finished", {}), True, True),
        (Message("paused", {}), True, True),
        (failed(EngineError("dataset_missing", verbatim("x"))), True, True),
        (failed(EngineError("device_error", verbatim("x"))), False, True),  # perhaps another worker goes on
    ],
)
def test_whether_a_worker_that_may_be_replaced_has_failed_is_the_supervisors_to_say(
    message: Message, to_user: bool, to_supervisor: bool
) -> None:
    said: list[Message] = []
    told: list[Message] = []
    worker._telling(said.append, told.append)(message)
    assert (said == [message], told == [message]) == (to_user, to_supervisor)
