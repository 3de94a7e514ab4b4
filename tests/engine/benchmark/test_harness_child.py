"""What the child makes of its surroundings and of lm-eval's figures, without lm-eval."""

from __future__ import annotations

from types import SimpleNamespace

from so8t_engine.benchmark import harness_child
from so8t_engine.sentences import Sentence


def test_that_what_the_user_wants_reached_without_a_proxy_stays_so() -> None:
    assert harness_child.without_proxy({}) == "127.0.0.1,localhost"
    assert harness_child.without_proxy({"NO_PROXY": "hub.local"}) == "hub.local,127.0.0.1,localhost"


def test_that_what_is_no_number_does_not_come_into_the_result() -> None:
    figures = {"acc,none": 0.5, "acc_stderr,none": float("nan"), "f,flexible": float("inf"), "alias": "t",
               "sample_len": 4, "n": 3}  # fmt: skip

    assert harness_child._figures({"results": {"t": figures}}, "t") == {"items": None, "figures": {"acc": 0.5, "n": 3}}


def test_that_a_gguf_file_is_asked_only_for_what_it_can_write() -> None:
    """A server writes answers and gives no probabilities of given ones."""
    kinds = {"gsm8k": "generate_until", "mmlu": "multiple_choice"}
    manager = SimpleNamespace(load=lambda name: {"tasks": {name: SimpleNamespace(OUTPUT_TYPE=kinds[name])}})

    refused = harness_child._server({"tasks": list(kinds)}, manager)
    assert isinstance(refused, Sentence) and refused.args == {"tasks": ["mmlu"]}
