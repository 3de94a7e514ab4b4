"""Where a teacher writes sections: what that will cost, and whether the key it needs is there, or the model that it is;
one that is named and not asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.config.teaching import SELF, is_endpoint
from so8t_engine.doctor import machine, weights
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.run import workload
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.teacher import server_access

INSTEAD = {  # of what is said of a base model
    "doctor.name_a_model": sentence("teacher.name_another"),
    "doctor.complete_the_model": sentence("teacher.complete_it"),
    "doctor.name_what_it_was_made_from": sentence("teacher.serve_it"),
}


def check(config: RunConfig) -> list[Finding]:
    convert = config.convert
    if convert.missing_sections != "teacher":
        return [] if convert.teacher is None else [_not_asked(convert.teacher)]
    gpus = machine.gpus() if config.runtime.device != "cpu" else []
    records = sum(_rows(config, dataset) for dataset in config.datasets)
    guess = workload.teacher_cost(config, records, float(gpus[0].total) if gpus else 0.0)
    numbers = {"tokens": guess.tokens / 1e6, "hours": guess.hours, "speed": guess.speed}
    findings = [Finding("ok", sentence("teacher.cost", records=guess.records, **numbers))]
    try:
        server_access.key(convert.teaching.api_key_env)
    except EngineError as error:
        findings.append(Finding("error", error.sentence, change=sentence("teacher.set_key")))
    return [*findings, *_model(str(convert.teacher))]


def _model(teacher: str) -> list[Finding]:
    """Of one that is neither the base model nor behind an address."""
    if teacher == SELF or is_endpoint(teacher):
        return []
    found = weights.open_model(teacher, None)
    if isinstance(found, Path):
        return [Finding("ok", sentence("teacher.model_is_there", name=teacher))]
    return [replace(each, why=_why(each), change=_change(each)) for each in found]


def _why(finding: Finding) -> Sentence | None:
    """A GGUF file cannot be trained, which a teacher need not be."""
    return None if finding.why is not None and finding.why.code == "doctor.gguf_only_answers" else finding.why


def _change(finding: Finding) -> Sentence | None:
    change = finding.change
    return change if change is None else INSTEAD.get(change.code, change)


def _not_asked(teacher: str) -> Finding:
    return Finding(
        "warning", sentence("teacher.not_asked", teacher=teacher), change=sentence("teacher.let_it_be_asked")
    )


def _rows(config: RunConfig, dataset: Dataset) -> int:
    """How many rows a source may have: counted where there are few, else guessed from the size of its files."""
    from so8t_engine.data import first_rows, provenance
    from so8t_engine.data.files import local_files

    unseen = workload.rows_of(dataset)
    if dataset.source != "local":
        return unseen
    look = first_rows.FirstRows(dataset, provenance.begin(dataset))
    try:
        first_rows.read(config, look)
        guess = look.rows if look.whole else local_files.guess_rows(local_files.choose(dataset).files)
    except (EngineError, OSError):
        return unseen  # the check of the data says what is wrong
    return min(max(guess, look.rows), dataset.max_rows or guess)
