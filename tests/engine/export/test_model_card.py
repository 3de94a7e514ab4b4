"""The model card says what the model is, and llama.cpp's converter takes the right name from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.sessions import make_config
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.evaluate import heldout
from so8t_engine.export import final_model, model_card
from so8t_engine.session import manifest, sealed_folder

FETCHED = {"source": "hub", "path": "openai/gsm8k", "licence": "MIT", "kept": 7, "revision": "a" * 40}
LOCAL = {"source": "local", "path": None, "licence": "a | b <i>", "kept": 3, "revision": None}
SOURCES = [{"name": "gsm8k", "use": "train"} | FETCHED, {"name": "own", "use": "train"} | LOCAL]


def config(**model: Any) -> RunConfig:
    return make_config([{"name": "a", "path": "o/n"}], name="mine", model=model or {"build": {}})


def card(settings: RunConfig, folder: Path, **more: Any) -> tuple[dict[str, Any], str]:
    base = model_card.base_of(settings, folder)
    text = model_card.render(
        settings, base=base, model_name="Phi-3 mine", languages=["en", "ja"], sources=SOURCES, **more
    )
    _, block, body = text.split("---\n", 2)
    return yaml.safe_load(block), body


def hub_folder(root: Path, front: str) -> Path:
    folder = root / "snapshots" / ("c" * 40)
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(front, encoding="utf-8")
    return folder


def test_base_revision_licence_data_and_languages_stand_in_front(tmp_path: Path) -> None:
    folder = hub_folder(tmp_path, "---\nlicense: mit\nlicense_link: https://x.y/LICENSE\n---\n# Phi\n")
    front, body = card(config(model_name_or_path="microsoft/Phi-3.5-mini-instruct"), folder)

    assert front["model_name"] == "Phi-3 mine" and front["base_model"] == "microsoft/Phi-3.5-mini-instruct"
    assert front["license"] == "mit" and front["license_link"] == "https://x.y/LICENSE"
    assert front["language"] == ["en", "ja"] and front["datasets"] == ["openai/gsm8k"]
    assert f"revision `{'c' * 40}`" in body and "The base model's licence: mit." in body


def test_a_local_base_is_named_without_its_place_and_one_built_here_is_called_so(tmp_path: Path) -> None:
    folder = tmp_path / "My-Phi"
    folder.mkdir()
    front, body = card(config(model_name_or_path=str(folder)), folder)
    _, built = card(config(), folder)

    assert "base_model" not in front and "`My-Phi`" in body and str(tmp_path) not in body
    assert "a small model that SO8T built for this run" in built


def test_foreign_text_breaks_out_of_no_table(tmp_path: Path) -> None:
    _, body = card(config(), tmp_path)

    assert "| own | a local file | - | a \\| b &lt;i&gt; | train | 3 |" in body


def test_the_demos_questions_are_no_local_file() -> None:
    assert model_card._origin("demo:maths") == "the demo's questions, which come with SO8T"
    assert model_card._origin("owner/data") == "owner/data"


def test_a_card_that_is_no_yaml_is_as_none(tmp_path: Path) -> None:
    for text in (
        "",
        "# no front matter",
        "---\n- a list\n---\n",
        "---\n{broken\n---\n",
        "words\n---\nlicense: mit\n---\n",
    ):
        (tmp_path / "README.md").write_text(text, encoding="utf-8")
        assert model_card.front_matter(tmp_path / "README.md") == {}


def test_the_results_stand_in_it_with_their_intervals(tmp_path: Path) -> None:
    example = Example("1", "s", "maths", "en", "heldout", "2?", "<final>2</final>", "2", "2", "number", None)
    figures = heldout.compare([example] * 10, ["1"] * 10, ["<final>2</final>"] * 10)
    _, body = card(config(), tmp_path, results={"heldout": figures})

    assert "| right answers, of 10 | 0.0 % (0.0 to 27.8) | 100.0 % (72.2 to 100.0) |" in body
    assert "| well-formed, of 10 | 0.0 % (0.0 to 27.8) | 100.0 % (72.2 to 100.0) |" in body


def test_without_a_held_out_question_it_says_that_nothing_was_measured(tmp_path: Path) -> None:
    _, body = card(config(), tmp_path, results={"heldout": heldout.compare([], [], [])})
    assert "\n## Results\n\nNothing was held out, so nothing was measured.\n" in body

    talk = Example("1", "s", "chat", "en", "heldout", "Hi", "<final>Hi</final>", "Hi", None, None, None)
    _, body = card(config(), tmp_path, results={"heldout": heldout.compare([talk], [""], ["<final>Hi</final>"])})
    assert "right answers" not in body and "| well-formed, of 1 |" in body
    assert model_card._share({"total": 0}) == "-"


def test_a_folder_named_like_a_model_of_the_hub_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "org" / "model").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    base = model_card.base_of(config(model_name_or_path="org/model"), Path("org/model"))
    assert base == model_card.Base("model", hub=False, revision=None, licence={})
    absent = model_card.base_of(config(model_name_or_path="./none/there"), Path("none/there"))
    assert (absent.name, absent.hub) == ("there", False)


def test_a_new_card_in_a_finished_folder_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "final_model"

    def fill(part: Path) -> None:
        (part / "model.safetensors").write_bytes(b"weights")
        (part / model_card.NAME).write_bytes(b"the first card")

    sealed_folder.publish(folder, fill, {"kind": "model"})
    before = manifest.read(folder)
    final_model.with_file(sealed_folder.publish, folder, model_card.NAME, "カード with results\n")
    listed, about = manifest.read(folder)

    assert (folder / model_card.NAME).read_bytes() == "カード with results\n".encode()
    assert (folder / "model.safetensors").read_bytes() == b"weights"
    assert sorted(path.name for path in folder.iterdir()) == sorted([*before[0], manifest.NAME])
    assert about == before[1] and listed["model.safetensors"] == before[0]["model.safetensors"]
    assert manifest.problems(folder) == []


def test_the_whole_card_part_by_part() -> None:
    base = model_card.Base("owner/model", True, "c" * 40, {"license": "mit"})
    text = model_card.render(config(model_name_or_path="owner/model"), base=base, model_name="Phi-3 mine",
                             languages=["en", "ja"], sources=SOURCES)  # fmt: skip
    front, name, about, tags, settings, _, data, rows, made, by = (
        part if place else part.partition("\n---\n")[0] for place, part in enumerate(text.rstrip("\n").split("\n\n"))
    )
    assert front.splitlines() == [
        "---", "model_name: Phi-3 mine", "license: mit", "base_model: owner/model", "language:", "- en", "- ja",
        "library_name: transformers", "pipeline_tag: text-generation", "tags:", "- so8t", "- thinking", "datasets:",
        "- openai/gsm8k", "---",
    ]  # fmt: skip
    assert (name, settings, data, made) == ("# mine", "## Settings", "## Data", "## How it was made")
    assert about == f"Base model: `owner/model`, revision `{'c' * 40}`. The base model's licence: mit."
    assert tags.startswith("It may think in sections before it answers: `<think-task>`, ") and "`<final>`" in tags
    assert rows.splitlines() == [
        "| dataset | from | revision | licence | use | rows |", "| --- | --- | --- | --- | --- | --- |",
        "| gsm8k | openai/gsm8k | aaaaaaaaaaaa | MIT | train | 7 |",
        "| own | a local file | - | a \\| b &lt;i&gt; | train | 3 |",
    ]  # fmt: skip
    assert by.startswith("By SO8T ") and text.endswith("own.\n")


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (model_card.Base(None, False, None, {"license": "mit"}), "a small model that SO8T built for this run."),
        (model_card.Base("My-Phi", False, None, {}), "`My-Phi`. The base model's licence applies to it."),
        (model_card.Base("o/m", True, "abc", {}), "`o/m`, revision `abc`. The base model's licence applies to it."),
    ],
)
def test_what_it_was_made_from_stands_in_one_line(base: model_card.Base, said: str) -> None:
    text = model_card.render(config(), base=base, model_name="m", languages=[], sources=[])

    assert f"\n\nBase model: {said}\n\n" in text and "language:" not in text and "datasets:" not in text
    assert "## Data" not in text and ("base_model: o/m\n" in text) is base.hub


def test_a_revision_is_the_one_that_was_downloaded_else_the_one_that_was_asked_for(tmp_path: Path) -> None:
    folder = hub_folder(tmp_path, "---\nlicense: mit\nlicense_name: 5\n---\n")
    asked = config(model_name_or_path="o/m", revision="v2")
    assert model_card.base_of(asked, folder) == model_card.Base("o/m", True, "c" * 40, {"license": "mit"})
    assert model_card.base_of(asked, tmp_path).revision == "v2"


@pytest.mark.parametrize(("size", "read"), [(model_card.MOST_BYTES, True), (model_card.MOST_BYTES + 1, False)])
def test_a_card_too_large_for_one_is_not_read(tmp_path: Path, size: int, read: bool) -> None:
    front = "---\nlicense: mit\n---\n"
    (tmp_path / "README.md").write_text(front + "x" * (size - len(front)), encoding="utf-8")

    assert bool(model_card.front_matter(tmp_path / "README.md")) is read
    assert model_card.front_matter(tmp_path / "none.md") == {}
