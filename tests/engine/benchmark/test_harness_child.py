"""What the child makes of its surroundings and of lm-eval's figures, without lm-eval."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from so8t_engine.benchmark import harness_child
from so8t_engine.evaluate import llama_cpp
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


def test_the_merged_model_and_a_servers_address_are_asked_one_question_at_a_time() -> None:
    asked = {"model": "folder", "dtype": "bfloat16", "device": None}
    merged = harness_child._of_transformers(asked)
    about = {"pretrained": "folder", "dtype": "bfloat16", "trust_remote_code": False}
    assert merged == {"model": "hf", "model_args": about, "device": merged["device"]} and merged["device"] is not None
    assert harness_child._of_transformers(asked | {"device": "cuda:1"})["device"] == "cuda:1"
    assert harness_child._of_llama(SimpleNamespace(listening_address="http://127.0.0.1:9")) == {
        "model": "local-chat-completions",
        "model_args": {
            "base_url": "http://127.0.0.1:9/v1/chat/completions", "model": "so8t", "num_concurrent": 1,
            "max_retries": 1, "timeout": 3_600,
        },
        "gen_kwargs": {"cache_prompt": False, "reasoning_format": "none"},
    }  # fmt: skip


def test_a_file_that_can_write_all_of_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = SimpleNamespace(load=lambda name: {"tasks": {name: SimpleNamespace(OUTPUT_TYPE="generate_until")}})
    monkeypatch.setattr(llama_cpp, "load", lambda *arguments: arguments)
    asked = {"tasks": ["gsm8k"], "gguf": "x.gguf", "context": 64, "threads": 2}
    assert harness_child._server(asked, manager) == (Path("x.gguf"), 64, 2)
    mixed = {"a": SimpleNamespace(OUTPUT_TYPE="generate_until"), "b": SimpleNamespace(OUTPUT_TYPE="multiple_choice")}
    assert harness_child._kind(SimpleNamespace(load=lambda name: {"tasks": mixed}), "group") == ""


def test_right_answers_are_counted_where_a_task_judges_each() -> None:
    found = {
        "results": {"t": {"acc,none": 0.5}}, "n-samples": {"t": {"effective": 3}},
        "samples": {"t": [{"acc": 1.0}, {"acc": 0.0}, {"acc": 1}]},
    }  # fmt: skip
    assert harness_child._figures(found, "t") == {"items": 3, "figures": {"acc": 0.5}, "right": 2}
    found["samples"] = {"t": [{"exact_match": 1.0}]}
    assert "right" not in harness_child._figures(found, "t")
