"""What lm-evaluation-harness said, put into a session's report: a file beside report.json, and a table on its pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jinja2

from so8t_engine.evaluate import report
from so8t_engine.export import final_model
from so8t_engine.session import manifest
from so8t_engine.session.sealed_folder import Publish

NAME, REPORT, FIGURES = "lm_eval.json", "report", "report.json"


def add(publish: Publish, session: Path, benchmark: dict[str, Any]) -> None:
    """The report once more, with what lm-evaluation-harness said: as lm_eval.json, and on its pages.

    All else stays as it is, the pages too where the report is of a version whose figures they cannot be made of.
    Raises EngineError disk_*.
    """
    folder = session / REPORT
    listed, about = manifest.read(folder)
    result, facts = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (FIGURES, report.FACTS))
    texts = {NAME: json.dumps(benchmark, ensure_ascii=False, indent=1, sort_keys=True) + "\n"}
    try:
        texts |= report.pages(session, result, facts, benchmark)
    except (jinja2.UndefinedError, KeyError, TypeError):
        pass
    kept = {name: digest for name, digest in listed.items() if name not in texts}

    def fill(part: Path) -> None:
        for name in kept:
            final_model.link(folder / name, part / name)
        report.fill(part, texts)

    publish(folder, fill, about, kept, readable=True)
