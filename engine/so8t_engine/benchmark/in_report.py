"""What lm-evaluation-harness said, put into a session's report: a file beside report.json, and a table on its pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jinja2

from so8t_engine.errors import EngineError
from so8t_engine.evaluate import report_files, report_page
from so8t_engine.export import final_model
from so8t_engine.sentences import LANGUAGES, Sentence, of_error, sentence
from so8t_engine.session import manifest, report_figures, results
from so8t_engine.session.sealed_folder import Publish

NAME, REPORT, FIGURES = results.BENCHMARK, "report", "report.json"


def refuse_damaged(session: Path) -> None:
    """As nothing could be put there, before hours of work as after them; one that is not there is another's matter.

    Raises EngineError results_damaged.
    """
    if not (session / REPORT / FIGURES).is_file():
        return
    try:
        _read(session)
    except (OSError, ValueError) as error:
        raise EngineError("results_damaged", _damage(session / REPORT, error)) from error


def add(publish: Publish, session: Path, benchmark: dict[str, Any]) -> None:
    """The report once more, with what lm-evaluation-harness said: as lm_eval.json, and on its pages.

    All else stays as it is, the pages too where the report is of a version whose figures they cannot be made of. Made
    again in another language, report.html takes the place of the page in that language beside it.
    Raises EngineError disk_*.
    """
    _renew(publish, session, {NAME: json.dumps(benchmark, ensure_ascii=False, indent=1, sort_keys=True) + "\n"})


def pages_again(publish: Publish, session: Path) -> None:
    """Its pages as they would be made now, where they can be; all else stays as it is. Raises EngineError disk_*."""
    _renew(publish, session, {})


def _renew(publish: Publish, session: Path, texts: dict[str, str]) -> None:
    """The report with these files besides, and with pages that tell of them."""
    folder = session / REPORT
    (listed, about), result, facts = _read(session)
    replaced: set[str] = set()
    try:
        said = texts.get(NAME) or ((folder / NAME).read_text(encoding="utf-8") if NAME in listed else None)
        texts = texts | report_files.pages(session, result, facts, None if said is None else json.loads(said))
        replaced = {report_page.file_name(language) for language in LANGUAGES}
    except (jinja2.UndefinedError, LookupError, TypeError, AttributeError, ValueError):
        if not texts:
            return
    kept = {name: digest for name, digest in listed.items() if name not in texts and name not in replaced}

    def fill(part: Path) -> None:
        for name in kept:
            final_model.link(folder / name, part / name)
        report_files.fill(part, texts)

    publish(folder, fill, about, kept, readable=True)


def _damage(folder: Path, error: Exception) -> Sentence:
    """What its manifest finds, as that names the file; else what reading it met."""
    try:
        found = manifest.problems(folder)
    except OSError:
        found = []
    return found[0] if found else sentence("session.problem_at", place=folder.name, what=of_error(error))


def _read(session: Path) -> tuple[Any, Any, Any]:
    """(what its manifest says, report.json, run.json: {} in a report of a version that wrote none). Raises OSError,
    ValueError.
    """
    folder = session / REPORT
    sealed = manifest.read(folder)
    facts = {}
    if report_files.FACTS in sealed[0]:
        facts = json.loads(manifest.sealed_data(folder / report_files.FACTS, report_figures.MOST_BYTES))
    return sealed, report_figures.read(session), facts
