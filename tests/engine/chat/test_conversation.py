"""What a talk keeps, what is sent of it, and what becomes of it when llama.cpp's process dies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from so8t_engine.chat import answerer, llama_worker
from so8t_engine.chat.answerer import Answerer
from so8t_engine.chat.conversation import Conversation
from so8t_engine.chat.llama_process import Ended, Llama, Said
from so8t_engine.errors import EngineError
from so8t_engine.protocol import MAX_LINE_BYTES

TORN = """
import os
from so8t_engine import child_pipes
commands, answers = child_pipes.to_read("SO8T_CHAT_COMMANDS"), child_pipes.to_write("SO8T_CHAT_ANSWERS")
os.write(answers, b'{"ready": true}\\n')
child_pipes.read(commands)
os.write(answers, b'{"text": "a"}\\n{"te')
print("killed", flush=True)
"""

OBEDIENT = """
import json, os
from so8t_engine import child_pipes
commands, answers = child_pipes.to_read("SO8T_CHAT_COMMANDS"), child_pipes.to_write("SO8T_CHAT_ANSWERS")
os.write(answers, b'{"ready": true}\\n')
while command := child_pipes.read(commands):
    [command] = json.loads(command)
    os.write(answers, json.dumps({"text": command}).encode() + b"\\n")
    if command == "stop":
        os.write(answers, b'{"done": {"ended": "stopped"}}\\n')
"""


class ShortMemory:
    """Holds three messages."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    def ask(self, messages: Sequence[Said], max_new_tokens: int) -> Iterator[str | Ended]:
        self.sent.append(len(messages))
        yield "yes"
        yield Ended("stop", tokens=1, tokens_per_second=1.0, left_out=max(0, len(messages) - 3))


def test_that_what_the_context_does_not_hold_any_more_is_not_sent_again() -> None:
    llama = ShortMemory()
    about = Answerer(Path("s"), Path("f"), "tuned", system=None, context=9, max_new_tokens=1, threads=1)
    talk = Conversation(cast(Any, llama), about)
    for number in range(6):
        list(talk.ask(str(number)))

    assert llama.sent == [1, 3, 5, 5, 5, 5] and len(talk.said) == 4
    assert talk.said[-2] == {"role": "user", "content": "5"}


def test_that_a_process_which_dies_while_it_writes_and_a_question_it_could_not_hear_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torn_worker.py").write_text(TORN, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(llama_worker, "__name__", "torn_worker")
    with Llama(tmp_path / "x.gguf", context=64, threads=1) as llama:
        with pytest.raises(EngineError) as refused:
            list(llama.ask([{"role": "user", "content": (1 << 20) * "x"}], 1))
        answer = llama.ask([{"role": "user", "content": "x"}], 1)
        assert next(answer) == "a"
        with pytest.raises(EngineError) as died:
            next(answer)

    assert refused.value.code == "chat_too_long"
    assert refused.value.sentence.code == "chat.too_long" and refused.value.sentence.args == {"tokens": 64}
    assert died.value.code == "chat" and died.value.sentence.code == "evaluate.llama_ended_with"


def test_that_a_process_is_told_to_stop_when_somebody_wants_it_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "obedient_worker.py").write_text(OBEDIENT, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(llama_worker, "__name__", "obedient_worker")
    with Llama(tmp_path / "x.gguf", context=64, threads=1) as llama:
        answer = llama.ask([{"role": "user", "content": "x"}], 1)
        first = next(answer)
        llama.stop()
        rest = list(answer)

    assert (first, rest) == ("ask", ["stop", Ended("stopped", tokens=0, tokens_per_second=0.0)])


def test_that_heads_which_share_keys_and_values_need_less_memory() -> None:
    shape = {"num_hidden_layers": 40, "hidden_size": 5120, "num_attention_heads": 40}

    assert answerer.key_bytes(shape, 16_384) == 2 * 40 * 5120 * 16_384 * 2
    assert answerer.key_bytes(shape | {"num_key_value_heads": 10}, 16_384) == 2 * 40 * 1280 * 16_384 * 2


def test_that_a_line_as_long_as_one_may_be_is_sent_and_one_that_is_longer_is_not(tmp_path: Path) -> None:
    llama, file = Llama.__new__(Llama), tmp_path / "sent"
    with file.open("wb") as sent:
        llama._child, llama._context = cast(Any, SimpleNamespace(down=sent.fileno())), 64
        length = MAX_LINE_BYTES - len('{"x": ""}\n')
        llama._tell(x="x" * length)
        with pytest.raises(EngineError) as refused:
            llama._tell(x="x" * (length + 1))
    with pytest.raises(EngineError) as gone:
        llama._tell(stop=True)

    assert file.stat().st_size == MAX_LINE_BYTES and refused.value.code == "chat_too_long"
    assert gone.value.code == "chat" and gone.value.sentence.code == "evaluate.llama_failed"
