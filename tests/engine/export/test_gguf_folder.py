"""How long a conversation with a GGUF file may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.export import gguf_folder


@pytest.mark.parametrize(
    ("shape", "context"),
    [
        ({"max_position_embeddings": 131072, "original_max_position_embeddings": 4096}, 4096),
        ({"max_position_embeddings": 131072, "original_max_position_embeddings": 512}, 600 + 512),
        ({"max_position_embeddings": 1000, "original_max_position_embeddings": 512}, 1000),
    ],
)
def test_it_is_the_original_context_or_what_was_trained_where_that_is_more(shape: dict[str, int], context: int) -> None:
    words = ["ppo.max_prompt_length=600", "evaluate.max_new_tokens=512"]
    assert gguf_folder.context_of(shape, config_file.load_preset("phi35-so8t", words)) == context


TURN = "<|{{ one['role'] }}|>\n{{ one['content'] }}<|end|>\n"
BEGINS = "{{ '<|assistant|>\n' }}"
TURNS = f"{{% for one in messages %}}{TURN}{{% endfor %}}{BEGINS}"
WITHOUT_SYSTEM = TURNS.replace("in messages", "in messages if one['role'] != 'system'")
SYSTEM_IN_QUESTION = (
    "{% for one in messages if one['role'] != 'system' %}<|{{ one['role'] }}|>\n"
    "{% if loop.first and messages[0]['role'] == 'system' %}{{ messages[0]['content'] }}\n{% endif %}"
    "{{ one['content'] }}<|end|>\n{% endfor %}" + BEGINS
)


@pytest.mark.parametrize(
    ("template", "written", "system"),
    [
        (None, False, True),
        (TURNS, True, True),
        (WITHOUT_SYSTEM, True, False),
        (SYSTEM_IN_QUESTION, False, True),
        ("{{ messages[0]['content'] }}", False, True),
    ],
)
def test_a_modelfile_has_the_system_prompt_unless_the_models_turns_leave_it_out(
    tmp_path: Path, template: str | None, written: bool, system: bool
) -> None:
    (tmp_path / "config.json").write_text('{"max_position_embeddings": 512}')
    about = {} if template is None else {"chat_template": template}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(about), encoding="utf-8")
    config = config_file.load_preset("phi35-so8t", ["convert.system_prompt=Think first."])

    lines = gguf_folder._modelfile(tmp_path, config, "x.gguf").splitlines()
    assert any(line.startswith("TEMPLATE") for line in lines) == written
    assert any(line.startswith("SYSTEM") for line in lines) == system
