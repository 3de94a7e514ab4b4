"""A chat template taken apart: what stands around each turn, and what becomes of the system prompt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.sessions import shared
from so8t_engine.model import chat_template
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.chat_template import ChatTurns, TemplateBroken, TemplateRefused

SYSTEM = "Speak like a carpenter."
OPENING = "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}"
TURN = "{{ '<|' + m['role'] + '|>\n' + m['content'] + '<|end|>\n' }}"
REFUSING = "{% for m in messages %}{% if m['role']=='system' %}{{ raise_exception('System role not supported') }}"
TEMPLATES = {
    "chatml": "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    "dropping": "{% for m in messages %}{% if m['role']=='user' %}{{ '<|user|>\n' + m['content'] + "
    "'<|end|>\n<|assistant|>\n' }}{% elif m['role']=='assistant' %}{{ m['content'] + '<|end|>\n' }}"
    "{% endif %}{% endfor %}",
    "refusing": REFUSING + "{% endif %}" + TURN + "{% endfor %}" + OPENING,
    "one line": "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% else %}{{ eos_token }}{% endif %}",
    "bos": "{{ bos_token }}{% for m in messages %}" + TURN + "{% endfor %}" + OPENING,
    "last answer only": "{% for m in messages %}{% if m['role'] == 'user' or loop.last %}" + TURN + "{% endif %}"
    "{% endfor %}" + OPENING,
}


def render_of(folder: Path, template: str) -> chat_template.Render:
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"bos_token": {"content": "<s>"}, "eos_token": "</s>"}))
    render = chat_template.of_folder(folder)
    assert render is not None
    return render


def phi3(separator: str = "\n", head: str = "", system: bool = True) -> ChatTurns:
    frames = [(f"<|{role}|>{separator}", f"<|end|>{separator}") for role in ("system", "user", "assistant")]
    return ChatTurns(head, frames[0] if system else None, frames[1], frames[2], f"<|assistant|>{separator}")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chatml", None),
        ("dropping", phi3(system=False)),
        ("refusing", phi3(system=False)),
        ("one line", phi3(separator="")),
        ("bos", phi3(head="<s>")),
        ("last answer only", None),
    ],
)
def test_a_template_is_taken_apart_or_told_to_be_no_phi3_template(
    tmp_path: Path, name: str, expected: ChatTurns | None
) -> None:
    assert chat_template.turns(render_of(tmp_path, TEMPLATES[name])) == expected


def test_the_template_of_models_built_here_and_the_real_one_are_taken_apart_the_same(tmp_path: Path) -> None:
    assert chat_template.turns(render_of(tmp_path, tokens.CHAT_TEMPLATE)) == phi3()
    real = chat_template.of_folder(shared("phi-3.5-mini"))
    assert real is not None and chat_template.turns(real) == phi3()


def test_it_is_seen_whether_the_system_prompt_reaches_the_model(tmp_path: Path) -> None:
    assert chat_template.keeps_system(render_of(tmp_path, tokens.CHAT_TEMPLATE), SYSTEM)
    assert not chat_template.keeps_system(render_of(tmp_path, TEMPLATES["dropping"]), SYSTEM)
    with pytest.raises(TemplateRefused, match="System role not supported"):
        chat_template.keeps_system(render_of(tmp_path, TEMPLATES["refusing"]), SYSTEM)


def test_templates_are_found_in_the_settings_too_and_a_broken_one_is_told_with_its_line(tmp_path: Path) -> None:
    def found(value: object) -> bool:
        (tmp_path / "tokenizer_config.json").write_text(json.dumps({"chat_template": value}))
        return chat_template.of_folder(tmp_path) is not None

    named = [{"name": "tool_use", "template": "x"}, {"name": "default", "template": tokens.CHAT_TEMPLATE}]
    assert found(tokens.CHAT_TEMPLATE) and found(named)
    assert not found(None) and not found([])
    with pytest.raises(TemplateBroken, match="line 2: unexpected '}'"):
        found("{{ bos_token }}\n{{ messages[0}")


def test_settings_that_are_damaged_or_of_another_shape_are_none(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer_config.json"
    assert chat_template._settings(path) == {}
    for text, found in (("{", {}), ("[]", {}), ('{"a": 1}', {"a": 1})):
        path.write_text(text, encoding="utf-8")
        assert chat_template._settings(path) == found


def test_a_template_that_writes_the_date_is_found_out_also_where_only_a_system_prompt_has_it(tmp_path: Path) -> None:
    dated = "{% if messages[0]['role'] == 'system' %}{{ strftime_now('%d %b %Y') }}{% endif %}" + TEMPLATES["bos"]
    render_of(tmp_path, dated)

    assert chat_template.writes_the_date(tmp_path, SYSTEM) and not chat_template.writes_the_date(tmp_path, "")


def test_what_transformers_marks_as_the_assistants_words_is_written_as_it_is(tmp_path: Path) -> None:
    marked = "{% for m in messages %}{% generation %}" + TURN + "{% endgeneration %}{% endfor %}" + OPENING

    assert chat_template.turns(render_of(tmp_path, marked)) == phi3()


def test_a_template_runs_in_a_sandbox(tmp_path: Path) -> None:
    render = render_of(tmp_path, "{{ messages.__class__.__mro__[1].__subclasses__() }}")

    with pytest.raises(TemplateRefused):
        render([{"role": "user", "content": "x"}])


def test_line_breaks_around_blocks_are_no_part_of_a_prompt_and_a_token_that_is_not_set_is_nothing(
    tmp_path: Path,
) -> None:
    """As transformers reads templates; a model that was never given these white spaces answers worse with them."""
    talk = "{% for m in messages %}\n{{ m['content'] }}\n  {% endfor %}\nEnd"
    written = "{{ bos_token }}{{ pad_token }}{{ unk_token }}\n  " + talk
    (tmp_path / "chat_template.jinja").write_text(written, encoding="utf-8")
    settings = {"bos_token": {"content": "<s>"}, "pad_token": None, "unk_token": "<unk>"}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(settings))
    render = chat_template.of_folder(tmp_path)
    assert render is not None
    assert render([{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]) == "<s><unk>\na\nb\nEnd"


@pytest.mark.parametrize(
    ("name", "is_it"), [("chatml", False), ("bos", True), ("dropping", True), ("one line", True), ("refusing", True)]
)
def test_a_phi3_template_is_known_by_its_marks(tmp_path: Path, name: str, is_it: bool) -> None:
    assert chat_template.is_phi3(render_of(tmp_path, TEMPLATES[name])) is is_it
    assert chat_template.is_phi3(render_of(tmp_path, "{{ raise_exception('no') }}")) is False
    assert chat_template.is_phi3(render_of(tmp_path, "<|user|>{{ messages[0]['content'] }}<|assistant|>")) is False
