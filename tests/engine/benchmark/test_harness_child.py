"""What the child makes of its surroundings and of lm-eval's figures, without lm-eval."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

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


@pytest.fixture
def lm_eval(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stands in for a package that is not installed: two tasks, and figures for what it is asked. What it was asked."""
    asked: list[dict[str, Any]] = []

    def simple_evaluate(**words: Any) -> dict[str, Any]:
        asked.append(words)
        return {"results": {name: {"acc,none": 0.5} for name in reversed(words["tasks"])}}

    def manager(include_path: str | None, include_defaults: bool) -> SimpleNamespace:
        asked.append({"include_path": include_path, "include_defaults": include_defaults})
        return SimpleNamespace(
            task_index={"arc": 1, "gsm8k": 1},
            load=lambda name: {"tasks": {name: SimpleNamespace(OUTPUT_TYPE="loglikelihood")}},
        )

    monkeypatch.setitem(sys.modules, "lm_eval", SimpleNamespace(__version__="0.4", simple_evaluate=simple_evaluate))
    monkeypatch.setitem(sys.modules, "lm_eval.tasks", SimpleNamespace(TaskManager=manager))
    monkeypatch.setattr(os, "environ", {"OPENAI_API_KEY": "secret", "NO_PROXY": "hub.local"})
    return asked


REQUEST = {
    "online": False, "cache": "/questions", "include": "/own", "tasks": ["gsm8k", "arc"], "gguf": None, "limit": 3,
    "system": "Be brief.", "model": "/model", "dtype": "float32", "device": "cpu",
}  # fmt: skip


def test_that_the_model_is_measured_offline_by_tasks_that_are_known_and_figures_come_by_name(
    lm_eval: list[dict[str, Any]],
) -> None:
    found = harness_child._evaluated(REQUEST)

    assert found["lm_eval"] == "0.4" and list(found["tasks"]) == ["arc", "gsm8k"]
    assert found["tasks"]["arc"] == {"items": None, "figures": {"acc": 0.5}}
    manager, words = lm_eval
    assert manager == {"include_path": "/own", "include_defaults": False}
    assert {name: words[name] for name in ("model", "tasks", "limit", "apply_chat_template", "batch_size")} == {
        "model": "hf", "tasks": ["gsm8k", "arc"], "limit": 3, "apply_chat_template": True, "batch_size": 1,
    }  # fmt: skip
    assert (words["system_instruction"], words["device"]) == ("Be brief.", "cpu")
    assert {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} == {
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_DATASETS_CACHE": "/questions",
        "NO_PROXY": "hub.local,127.0.0.1,localhost", "no_proxy": "hub.local,127.0.0.1,localhost",
    }  # fmt: skip


def test_that_online_its_own_tasks_are_there_too(lm_eval: list[dict[str, Any]]) -> None:
    harness_child._evaluated(REQUEST | {"online": True})

    assert lm_eval[0]["include_defaults"] is True and "HF_HUB_OFFLINE" not in os.environ


@pytest.mark.parametrize(("tasks", "unknown"), [(["arc", "no such"], ["no such"]), (["own.yaml", "arc"], [])])
def test_that_tasks_which_are_neither_known_nor_a_file_are_named(
    lm_eval: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tasks: list[str], unknown: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").touch()
    found = harness_child._evaluated(REQUEST | {"tasks": tasks})
    if not unknown:
        assert sorted(found["tasks"]) == sorted(tasks)
        return
    assert found["problem"]["args"] == {"tasks": unknown} and len(lm_eval) == 1


def test_that_a_file_which_cannot_answer_a_task_is_not_asked(lm_eval: list[dict[str, Any]]) -> None:
    found = harness_child._evaluated(REQUEST | {"gguf": "/x.gguf"})

    assert found["problem"]["args"] == {"tasks": ["gsm8k", "arc"]} and len(lm_eval) == 1
