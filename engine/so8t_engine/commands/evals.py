"""`so8t eval`: lm-evaluation-harness on the models of a finished session."""

from __future__ import annotations

import argparse
from pathlib import Path

from so8t_engine import paths
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_MODEL, EngineError
from so8t_engine.sentences import Sentence, from_json, sentence
from so8t_engine.session import catalog, lock, sealed_folder

SECONDS = 5.0  # that somebody else may hold the session, to look at it


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    evals = commands.add_parser("eval", help="measure a finished session's models with lm-eval", parents=[common])
    evals.add_argument("session", nargs="?", metavar="SESSION", help="default: the newest that has a GGUF file")
    evals.add_argument("--tasks", nargs="+", default=["so8t"], metavar="TASK",
                       help="lm-eval's names; so8t: the session's own held-out questions (default)")  # fmt: skip
    evals.add_argument("--models", nargs="+", default=[], metavar="MODEL",
                       help="final_model, or types of GGUF such as Q8_0 (default: all there are)")  # fmt: skip
    evals.add_argument("--limit", type=_count, metavar="N", help="at most so many items of each task")
    evals.add_argument("--include", type=Path, metavar="FOLDER", help="a folder with task files of your own (YAML)")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of items")
    return int(text)


def _eval(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.benchmark import lm_eval_package

    lm_eval_package.refuse_without_lm_eval()
    from so8t_engine.benchmark import harness, in_report  # torch, transformers
    from so8t_engine.chat import answerer
    from so8t_engine.evaluate import benchmark_table
    from so8t_engine.export import gguf_choice

    root = paths.data_root(options.data_root)
    answerer.refuse_while_training(root)
    session = catalog.find(root, options.session) if options.session else gguf_choice.newest(root)
    in_report.refuse_damaged(session)
    wanted = harness.Wanted(options.tasks, options.models, options.limit, options.include)
    try:
        found = harness.run(session, answerer.config_of(session), wanted, printer.on_stderr)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    failed = [about["error"] for about in found["models"].values() if "error" in about]
    if len(failed) == len(found["models"]):
        raise EngineError("lm_eval", from_json(failed[0]))
    with lock.briefly(session, SECONDS) as held:
        if not held:
            raise lock.locked(session)
        in_report.add(sealed_folder.publish, session, found)
    lines: list[Sentence | str] = []
    for line in benchmark_table.lines(found):
        figures = {model: benchmark_table.value(value, line.errors[model]) for model, value in line.values.items()}
        said = ", ".join(f"{model} {figure}" for model, figure in figures.items())
        lines.append(f"{line.task} {line.metric} ({line.items}): {said}")
        if line.reported is not None:
            lines.append(sentence("evaluate.lm_eval_reported", **line.reported))
    for model, about in found["models"].items():
        if "error" in about:
            lines.append(sentence("evaluate.lm_eval_without", model=model, why=from_json(about["error"])))
    return printer.answer(found, lines, EXIT_MODEL if failed else EXIT_FINISHED)


COMMANDS: dict[str, Command] = {"eval": _eval}
