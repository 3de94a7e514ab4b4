"""Where a teacher writes sections: what that will cost, and whether the key it needs is there."""

from __future__ import annotations

import os

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import machine
from so8t_engine.doctor.findings import Finding
from so8t_engine.run import workload
from so8t_engine.sentences import sentence


def check(config: RunConfig) -> list[Finding]:
    convert = config.convert
    if convert.missing_sections != "teacher":
        return []
    gpus = machine.gpus() if config.runtime.device != "cpu" else []
    guess = workload.teacher_cost(config, workload.rows(config), float(gpus[0].total) if gpus else 0.0)
    numbers = {"tokens": guess.tokens / 1e6, "hours": guess.hours, "speed": guess.speed}
    findings = [Finding("ok", sentence("teacher.cost", records=guess.records, **numbers))]
    key = convert.teaching.api_key_env
    if key is not None and not os.environ.get(key, "").strip():
        findings.append(Finding("error", sentence("teacher.no_key", name=key), change=sentence("teacher.set_key")))
    return findings
