"""Where a teacher writes sections: what that will cost, and whether the key it needs is there; one that is named and
not asked."""

from __future__ import annotations

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.doctor import machine
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.run import workload
from so8t_engine.sentences import sentence
from so8t_engine.teacher import server_access


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
    return findings


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
