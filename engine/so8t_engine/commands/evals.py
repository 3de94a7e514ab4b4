"""`so8t eval`: lm-evaluation-harness on the models of a finished session."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from so8t_engine.commands import start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_MODEL, EXIT_SESSION, EngineError
from so8t_engine.sentences import Sentence, from_json, sentence
from so8t_engine.session import catalog, results


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    evals = commands.add_parser("eval", help="measure a finished session's models with lm-eval", parents=[common])
    evals.add_argument("session", nargs="?", metavar="SESSION", help="default: the last run that has a GGUF file")
    evals.add_argument("--tasks", nargs="+", default=["so8t"], metavar="TASK",
                       help="lm-eval's names; so8t: the session's own held-out questions (default)")  # fmt: skip
    evals.add_argument("--models", nargs="+", default=[], metavar="MODEL",
                       help="final_model, or types of GGUF such as Q8_0 (default: all there are)")  # fmt: skip
    evals.add_argument("--limit", type=_count, metavar="N", help="at most so many items of each task")
    evals.add_argument("--include", type=Path, metavar="FOLDER", help="a folder with task files of your own (YAML)")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def _eval(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.benchmark import lm_eval_package

    lm_eval_package.refuse_without_lm_eval()
    from so8t_engine.benchmark import in_report, kept_result
    from so8t_engine.chat import answerer
    from so8t_engine.export import gguf_choice

    root = start.sessions_root(options.data_root)
    answerer.refuse_while_training(root)
    session = catalog.find(root, options.session) if options.session else gguf_choice.latest(root, printer.on_stderr)
    in_report.refuse_damaged(session)
    with kept_result.alone(session):
        return _measured(options, session, printer.about(session))


def _measured(options: argparse.Namespace, session: Path, printer: Printer) -> int:
    from so8t_engine.benchmark import harness, kept_result  # torch, transformers
    from so8t_engine.chat import answerer

    for told in take_in(session):
        printer.on_stderr(told)
    wanted = harness.Wanted(options.tasks, options.models, options.limit, options.include)
    before = kept_result.report_digest(session)
    try:
        benchmark = harness.run(session, answerer.config_of(session), wanted, printer.on_stderr)
    except KeyboardInterrupt:
        measured = kept_result.measured(session, before, wanted.to_json())
        if measured:
            printer.on_stderr(sentence("evaluate.lm_eval_interrupted", models=list(measured)))
        return EXIT_INTERRUPTED
    failed = [about["error"] for about in benchmark["models"].values() if "error" in about]
    if len(failed) == len(benchmark["models"]):
        kept_result.forget(session)
        raise EngineError("lm_eval", from_json(failed[0]))
    code = EXIT_MODEL if failed else EXIT_FINISHED
    try:
        if kept_result.report_digest(session) == before:
            kept_result.into_report(session, benchmark)
        else:
            printer.on_stderr(_of_another(session))
            code = EXIT_SESSION
    except EngineError as error:
        kept = kept_result.waiting(session) == benchmark
        printer.on_stderr(_waits(session, error) if kept else sentence("evaluate.lm_eval_lost", why=error.sentence))
        code = error.exit_code
    return printer.answer(benchmark, _lines(benchmark), code)


def take_in(session: Path) -> Iterator[Sentence]:
    """Puts into the report what an earlier `so8t eval` could not, and tells what became of it; nothing where nothing
    waits.
    """
    if not results.waiting_benchmark(session).is_file():
        return
    from so8t_engine.benchmark import kept_result

    benchmark = kept_result.waiting(session)
    if benchmark is None:
        return
    if kept_result.of_another_report(session):
        yield _of_another(session)
        return
    try:
        kept_result.into_report(session, benchmark)
        yield sentence("evaluate.lm_eval_taken_in")
    except EngineError as error:
        yield _waits(session, error)


def _of_another(session: Path) -> Sentence:
    return sentence("evaluate.lm_eval_of_another", path=results.waiting_benchmark(session))


def _waits(session: Path, error: EngineError) -> Sentence:
    place = results.waiting_benchmark(session)
    return sentence("evaluate.lm_eval_waits", why=error.sentence, path=place, session=session.name)


def _lines(benchmark: dict[str, Any]) -> Iterator[Sentence | str]:
    from so8t_engine.evaluate import benchmark_table

    for line in benchmark_table.lines(benchmark):
        figures = {model: benchmark_table.value(value, line.errors[model]) for model, value in line.values.items()}
        measured = ", ".join(f"{model} {figure}" for model, figure in figures.items())
        yield f"{line.task} {line.metric} ({line.items}): {measured}"
        if line.reported is not None:
            yield sentence("evaluate.lm_eval_reported", **line.reported)
    for model, about in benchmark["models"].items():
        if "error" in about:
            yield sentence("evaluate.lm_eval_without", model=model, why=from_json(about["error"]))


COMMANDS: dict[str, Command] = {"eval": _eval}
