"""The model card of `final_model/` (README.md): what it was made from, how, and what came of it.

The YAML block in front is read by the Hugging Face hub and by llama.cpp's converter, which takes the model's name from
it: by that name llama.cpp decides whether white space behind special tokens counts (`gguf_writer.model_name`).
https://huggingface.co/docs/hub/model-cards
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from so8t_engine import VERSION, paths
from so8t_engine.config import in_words
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import own_questions
from so8t_engine.data.record import SECTION_TAGS
from so8t_engine.plain_text import plain

NAME = "README.md"
FENCE = "---"
MOST_BYTES = 1_000_000
SETTINGS = {
    "built": "base model made here",
    "trained": "trained",
    "gates": "SO(8) rotation gates",
    "strength": "their strength",
    "warmup": "supervised warm-up",
    "learning": "reinforcement learning",
    "seed": "seed",
}
LICENCE = ("license", "license_name", "license_link")
Results = Mapping[str, Any]  # what report.json holds


@dataclass(frozen=True)
class Base:
    """`name`: a hub id, the name of a local folder, or None for a model that was built here."""

    name: str | None
    hub: bool
    revision: str | None
    licence: Mapping[str, str]


def base_of(config: RunConfig, folder: Path) -> Base:
    """`folder`: where the base model's files lie. No folder of this machine is named."""
    name = config.model.model_name_or_path
    if name is None:
        return Base(None, hub=False, revision=None, licence={})
    hub = not Path(name).is_dir() and not paths.looks_local(name)
    revision = folder.name if hub and folder.parent.name == "snapshots" else config.model.revision
    settings = front_matter(folder / NAME)
    licence = {key: str(settings[key]) for key in LICENCE if isinstance(settings.get(key), str)}
    return Base(name if hub else folder.name, hub, revision, licence)


def front_matter(card: Path) -> dict[str, Any]:
    """The YAML block at the beginning of a model card; {} where there is none that can be read."""
    try:
        if card.stat().st_size > MOST_BYTES:
            return {}
        head, fence, rest = card.read_text(encoding="utf-8").partition(FENCE + "\n")
        block, end, _ = rest.partition("\n" + FENCE)
        body = yaml.safe_load(block) if fence and end and not head.strip() else None
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return body if isinstance(body, dict) else {}


def render(
    config: RunConfig,
    *,
    base: Base,
    model_name: str,
    languages: Sequence[str],
    sources: Sequence[Mapping[str, Any]],
    results: Results | None = None,
) -> str:
    """`sources`: as in report.json's `data`; `results`: report.json, once the model was measured."""
    head = {
        "model_name": model_name,
        **base.licence,
        **({"base_model": base.name} if base.hub else {}),
        **({"language": list(languages)} if languages else {}),
        "library_name": "transformers",
        "pipeline_tag": "text-generation",
        "tags": ["so8t", "thinking"],
    }
    datasets = sorted({str(source["path"]) for source in sources if source["source"] == "hub"})
    if datasets:
        head["datasets"] = datasets
    block = yaml.safe_dump(head, sort_keys=False, allow_unicode=True)
    parts = [
        [f"# {_text(config.name)}", *([_text(config.description)] if config.description else [])],
        _about(base),
        _results(results) if results is not None else [],
        _settings(config),
        _data(sources),
        _made(config),
    ]
    return f"{FENCE}\n{block}{FENCE}\n\n" + "\n\n".join(line for part in parts for line in part) + "\n"


def _about(base: Base) -> list[str]:
    where = "a small model that SO8T built for this run"
    if base.name is not None:
        revision = f", revision `{_text(base.revision)}`" if base.revision else ""
        where = f"`{_text(base.name)}`{revision}"
    licence = base.licence.get("license")
    terms = f"The base model's licence: {_text(licence)}." if licence else "The base model's licence applies to it."
    tags = ", ".join(f"`<{tag}>`" for tag in SECTION_TAGS)
    return [
        f"Base model: {where}. {terms}" if base.name is not None else f"Base model: {where}.",
        f"It may think in sections before it answers: {tags}, each closed, in this order, any of them left out; then "
        "`<final>` with the answer. Only the final section is for the reader.",
    ]


def _results(results: Results) -> list[str]:
    heldout = results["heldout"]
    figures = heldout["groups"]["all"]
    if not figures["records"]:
        return ["## Results", "Nothing was held out, so nothing was measured."]
    columns = [(key, name) for key, name in COLUMNS.items() if key in figures]
    names = [name for _, name in columns]
    rows = [[f"right answers, of {figures['graded']}", *(_share(figures[key]) for key, _ in columns)]]
    if not figures["graded"]:
        rows = []  # no question has an answer that could be checked
    rows.append([f"well-formed, of {figures['records']}", *(_share(figures[f"{key}_format"]) for key, _ in columns)])
    return ["## Results", "On questions that training never saw, each answered word by word the likeliest; in "
            "parentheses 95 % intervals (Wilson).", _table(["", *names], rows)]  # fmt: skip


COLUMNS = {"base": "base", "warmed": "after warm-up", "tuned": "this model"}


def _share(figures: Mapping[str, Any]) -> str:
    if not figures["total"]:
        return "-"
    percent = [100 * figures[key] for key in ("share", "low", "high")]
    return f"{percent[0]:.1f} % ({percent[1]:.1f} to {percent[2]:.1f})"


def _settings(config: RunConfig) -> list[str]:
    return ["## Settings", _table(["", ""], [[SETTINGS[name], str(said)] for name, said in in_words.settings(config)])]


def _data(sources: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [
        [source["name"], _origin(source["path"]), (source["revision"] or "-")[:12], source["licence"] or "-",
         source["use"], str(source["kept"])]
        for source in sources
    ]  # fmt: skip
    return ["## Data", _table(["dataset", "from", "revision", "licence", "use", "rows"], rows)] if rows else []


def _origin(path: str | None) -> str:
    if path is None:
        return "a local file"
    return "the demo's questions, which come with SO8T" if path.startswith(own_questions.DEMO) else path


def _made(config: RunConfig) -> list[str]:
    return [
        "## How it was made",
        f"By SO8T {VERSION}: a supervised warm-up in the format above, then reinforcement learning against checked "
        "answers; LoRA and gates were merged into the base model's own weights in float32, so it needs no code of its "
        "own.",
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_text(cell) for cell in line) + " |" for line in lines)


def _text(value: object) -> str:
    """Foreign text as one line that neither breaks out of a table nor is HTML."""
    text = plain(str(value))
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("`", "'")):
        text = text.replace(sign, instead)
    return text
