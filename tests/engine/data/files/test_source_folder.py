"""A folder that is the clone of a repository: its card says which files are which split, or its folders do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files


@pytest.mark.parametrize(
    "card",
    [
        "configs:\n", "configs: 3\n", "configs: main\n", "configs: [main, other]\n", "configs: {\n", "- main\n",
        "configs:\n- config_name: other\n", "configs:\n- {config_name: other, data_files: }\n",
    ],
)  # fmt: skip
def test_a_card_that_names_no_files_leaves_a_clone_to_its_folders(tmp_path: Path, card: str) -> None:
    for place in ("main/train", "main/test", "other/train", "other/test"):
        file = tmp_path / f"{place}-00000-of-00001.jsonl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"q": place, "a": "yes"}) + "\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(f"---\nlicense: mit\n{card}---\n# A set\n", encoding="utf-8")

    dataset = Dataset(name="x", path=str(tmp_path), source="local", config_name="main")
    [chosen] = local_files.choose(dataset).files
    assert chosen.path.relative_to(tmp_path).as_posix() == "main/train-00000-of-00001.jsonl"
