"""What the command line says about configurations, data and this machine: presets, config, data, alpha, doctor."""

from __future__ import annotations

import argparse
import json
from glob import has_magic
from pathlib import Path

from so8t_engine import paths
from so8t_engine.commands import queries, start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.findings import Finding, errors
from so8t_engine.errors import EXIT_DATA, EXIT_FINISHED, EngineError
from so8t_engine.sentences import Sentence, listed, named, sentence
from so8t_engine.session import catalog

BAR = 60  # characters of the longest bar of `so8t alpha`
ALPHA_LINES = 20


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    commands.add_parser("doctor", help="what this machine has, to copy into a report", parents=[common])
    commands.add_parser("presets", help="the shipped configurations", parents=[common])
    alpha = commands.add_parser("alpha", help="how the strength of the gates will fall", parents=[common])
    alpha.add_argument("--set", action="append", default=[], metavar="alpha.KEY=VALUE", help="change one value")
    config = commands.add_parser(
        "config",
        help="`config check FILE`: is it right? `show`: all its values; `schema`: all keys; `form`: both and more",
        parents=[common],
    )
    config.add_argument("action", choices=["check", "show", "schema", "form"])
    start.add_configuration(config)
    data = commands.add_parser(
        "data",
        help="`data try PATH`: what would become of a dataset's first rows; `data inspect SESSION`: what became of all",
        parents=[common],
    )
    data.add_argument("action", choices=["try", "inspect"])
    data.add_argument(
        "path", help="a file, a folder, a glob, or the id of a dataset on the Hugging Face Hub; `inspect`: a session"
    )
    data.add_argument("--example", metavar="ID", help="`inspect`: this training example alone, with its source row")
    keys = 'a key of its entry, e.g. split=test, columns.prompt=q, columns.label="rating >= 4" (good from 4 on)'
    data.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=keys)


def _doctor(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.doctor import checkup

    lines = checkup.doctor_report(paths.data_root(options.data_root), printer.language)
    return printer.answer({"lines": lines}, lines)


def _presets(_options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.process import columns

    presets = config_file.presets()
    lines = columns.aligned([(name, printer.say(description)) for name, description in presets])
    return printer.answer(queries.presets(), lines)


def _alpha(options: argparse.Namespace, printer: Printer) -> int:
    points = queries.alpha_curve(config_file.load_preset("demo", options.set))
    shown = points[:: len(points) // ALPHA_LINES]
    lines = [f"{share:>5.0%}  {value:.4f}  {'#' * round(BAR * value)}" for share, value in shown]
    return printer.answer({"points": points}, lines)


def _config(options: argparse.Namespace, printer: Printer) -> int:
    """`schema`, `show`, `form`, or `check`, which as JSON answers what is wrong, and for people complains."""
    if options.action == "schema":
        return printer.answer(queries.schema(), [json.dumps(queries.schema(), indent=2, ensure_ascii=False)])
    if options.action == "check":
        return _check(options, printer)
    config = start.load_config(options.file, options.preset, options.set)
    if options.action == "form":
        return Printer(printer.out, json=True).answer(queries.form(config), [])
    return printer.answer(queries.values(config), [config_file.dump(config).rstrip("\n")])


def _data(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.data import inspection, trial
    from so8t_engine.data.files import local_files  # with pyarrow, which no other command of this group needs
    from so8t_engine.doctor import token_estimate

    other = {"inspect": ("--set", options.set), "try": ("--example", options.example)}[options.action]
    if other[1]:
        raise EngineError("usage", sentence("commands.option_of_other", option=other[0], action=options.action))
    if options.action == "inspect":
        seen = inspection.look(catalog.find(start.sessions_root(options.data_root), options.path), options.example)
        return printer.answer(seen, inspection.lines(seen, options.example is not None))
    if (wrong := config_file.no_address(options.path)) is not None:
        raise EngineError("dataset_missing", sentence("config.problem_of_key", key=options.path, what=wrong))
    file = paths.looks_local(options.path) or local_files.is_known(options.path)  # no repository is called x.csv
    local = options.path.startswith(config_file.DEMO) or file or has_magic(options.path)
    source = "local" if local or Path(options.path).exists() else "hub"
    config = config_file.of_source(source, options.path, options.set)
    model = config.model.model_name_or_path
    count = None if model is None else token_estimate.counter(model, config.model.revision)
    found = trial.run(config, count)
    return printer.answer(trial.to_json(found), trial.lines(found), EXIT_FINISHED if found.kept else EXIT_DATA)


def _check(options: argparse.Namespace, printer: Printer) -> int:
    def load() -> RunConfig:
        return start.load_config(options.file, options.preset, options.set)

    if printer.json:
        return printer.answer(queries.check(load, options.data_root), [])
    from so8t_engine.doctor import checkup

    config = load()
    source = options.file or sentence("config.preset", name=options.preset)
    sources, inputs = queries.data_sources(config), checkup.inputs(config)
    machine = start.before_a_run(config, paths.data_root(options.data_root or config.data_root), inputs)
    findings = [*sources.findings, *machine]
    problems = [sentence("config.problem_of_key", key=_named(key, config), what=what) for key, what in sources.problems]
    problems += [finding.whole for finding in errors(findings)]
    if problems:
        problems += [_line(finding) for finding in findings if finding.level == "warning"]
        if sources.problems or errors([*inputs, *sources.findings]):
            raise EngineError("config_invalid", listed(sentence("commands.valid_but_unfit", source=source), problems))
        raise EngineError("environment", listed(sentence("commands.valid_elsewhere", source=source), problems))
    about = {"source": source, "name": config.name, "datasets": len(config.datasets)}
    unseen = any(finding.unseen for finding in findings)
    correct = sentence("commands.correct_as_far", **about) if unseen else sentence("commands.correct", **about)
    return printer.answer({}, [correct, *map(_line, findings)])


def _line(item: Finding) -> Sentence:
    return sentence("commands.finding", level=named("level", item.level), finding=item.whole)


def _named(key: str, config: RunConfig) -> str:
    """`datasets.9.path` with the dataset's name: nobody counts the entries of a file."""
    return f"{key} ({config.datasets[int(key.split('.')[1])].name})"


COMMANDS: dict[str, Command] = {
    "doctor": _doctor, "presets": _presets, "alpha": _alpha, "config": _config, "data": _data,
}  # fmt: skip
