"""Step 2: rows become records of one schema, with clean text, no duplicates and a held-out part that never leaks.

One unit is one collected shard; which training records hold a held-out question is seen at the end. What was kept
before (data/sieve/sieve.py: duplicates, questions of evaluation sources) is read back from the shards already written,
so that a restart needs nothing but the counts. `dropped.json` has the first rows that each rule took, of each source.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from so8t_engine import garbage
from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import (
    admission,
    drop_examples,
    drop_reasons,
    first_rows,
    provenance,
    reading_rules,
    shard_helpers,
    shards,
    step_state,
)
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.known import hh_pairs
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.admitted import Admitted
from so8t_engine.data.drop_examples import LeftOut
from so8t_engine.data.notes import label_notes, source_notes
from so8t_engine.data.record import Record
from so8t_engine.data.shard_helpers import ShardHelpers, ShardWork
from so8t_engine.data.sieve import decontamination, duplicates, heldout_leaks, heldout_split, limits
from so8t_engine.data.sieve.sieve import Compared, Sieve
from so8t_engine.data.step_state import ShardTally
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import in_turn, sentence
from so8t_engine.session import durable, manifest
from so8t_engine.session.state import Cursor

SHARD_NAME = re.compile(r"\d+-(.+)-\d+(?:-swept)?\.parquet")
SEEN = "seen"  # folder of what the sieve keeps on the disk while the step lasts
COMPARED = ["key", "prompt_key", "prompt", "response", "choices"]
COUNTED: Mapping[str, Callable[[Record], str]] = {
    "split": lambda record: record.split,
    "language": lambda record: record.language,
    "category": lambda record: record.category,
}
NOTHING: Mapping[str, Any] = {"records": 0, "split": {}, "language": {}, "category": {}, "sources": {}}


@garbage.rarely_looked_for()
def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `data/integrated/` is complete. Raises EngineError dataset_shape, dataset_empty, session_damaged."""
    collected = shards.listed(context.session, shards.COLLECTED)
    begun = _read_alike(context, cursor)
    tally = step_state.read_tally(context, NOTHING) if begun else ShardTally({}, dict(NOTHING))
    _check_written(context, tally.listed)
    sources: dict[str, list[Path]] = {}
    for path in collected:
        sources.setdefault(_source_of(path), []).append(path)
    context.begin({"shard": len(collected)})
    with contextlib.closing(_helpers(context, sources, collected[begun:] or collected)) as helpers:
        if begun < len(collected):
            tally = _integrated(context, collected, begun, tally, sources, helpers)
        replaced = tally.listed
        tally = _without_leaks(context, tally, helpers)
    notes = {"counts.json": tally.counts, "dropped.json": tally.examples}
    shards.write_notes(context, shards.INTEGRATED, notes)  # before a refusal, which sends people to look at them
    _check(context, tally.counts)
    shards.finish(context, shards.INTEGRATED, tally.listed, notes, replaced=replaced)


def _integrated(
    context: StepContext,
    collected: Sequence[Path],
    begun: int,
    tally: ShardTally,
    sources: Mapping[str, Sequence[Path]],
    helpers: ShardHelpers,
) -> ShardTally:
    """The collected shards from `begun` on, each with what was kept of it. What the sieve knows ends with this."""
    datasets = {dataset.name: dataset for dataset in context.config.datasets}
    sieve = _sieve(context, tally.listed, datasets)
    licences = provenance.licences(shards.folder(context.session, shards.COLLECTED))
    tasks = [(_source_of(path), path) for path in collected[begun:]]
    for unit, admitted in enumerate(helpers.admitted(tasks), begun):
        path = collected[unit]
        dataset = datasets[_source_of(path)]
        allowed = limits.Limits(
            context.config.integrate, dataset.name, licence=licences.get(dataset.name), counts=tally.counts
        )
        table, left_out = _sifted(admitted, sieve, allowed, evaluation=dataset.use == "evaluation")
        dropped = Counter(str(item.reason) for item in left_out)
        counts = _count(tally.counts, dataset.name, table, dropped)
        if sources[dataset.name][0] == path:
            _check_shape(dataset, counts["sources"][dataset.name], sources[dataset.name])
            _say_once(context, dataset, path, shards.values(admitted.table["prompt"]))
        data = shards.parquet(table.select(shards.INTEGRATED_SCHEMA.names))
        context.write(shards.folder(context.session, shards.INTEGRATED) / path.name, data)
        listed = tally.listed | {path.name: manifest.digest(data)}
        if context.config.integrate.max_records and dataset.use == "evaluation":
            counts["evaluation"] = step_state.added(counts.get("evaluation", {}), limits.kinds_of(table))
        tally = ShardTally(listed, counts, drop_examples.added(tally.examples, dataset.name, left_out))
        metrics = {"source": dataset.name, "kept": table.num_rows, "dropped": sum(dropped.values())}
        context.tick(Cursor(context.cursor.step, unit + 1), "shard", metrics, tally.payload)
    return tally


def _read_alike(context: StepContext, cursor: Cursor) -> int:
    """How many units stand: none where a version with other rules made them, as a source is never read by two."""
    if not reading_rules.changed(context, "rows"):
        return cursor.unit
    what = "steps.read_again" if cursor.unit else "steps.read_otherwise"
    reading_rules.say(context, sentence(what))
    reading_rules.take(context, "rows")
    return 0


def _helpers(context: StepContext, sources: Mapping[str, Sequence[Path]], paths: Sequence[Path]) -> ShardHelpers:
    """As many as the work on these shards is worth."""
    count = shard_helpers.wanted(context.config, paths)
    work = ShardWork(_with_share(context.config, sources), sources)
    return ShardHelpers(work, count, lambda why: context.warn("helper_ended", why))


def _with_share(config: RunConfig, sources: Mapping[str, Sequence[Path]]) -> RunConfig:
    """With the share of prompts that is held out of this many rows, known before the first of them is looked at."""
    learnt = [path for dataset in config.datasets if dataset.use == "train" for path in sources.get(dataset.name, ())]
    share = heldout_split.share(config.integrate, sum(pq.read_metadata(path).num_rows for path in learnt))
    return config.model_copy(update={"integrate": config.integrate.model_copy(update={"heldout_fraction": share})})


def _sifted(
    admitted: Admitted, sieve: Sieve, allowed: limits.Limits, evaluation: bool
) -> tuple[pa.Table, list[LeftOut]]:
    """The records of one collected shard that are kept, and all other rows, in order. The sieve remembers records."""
    left_out = list(admitted.left_out)
    never = evaluation or not allowed.may_refuse
    verdicts = sieve.sift(
        admitted.compared(evaluation),
        lambda row: None if never else allowed.refuse(admitted.record(row)),
        admitted.bands,
    )
    shown: Counter[str] = Counter()
    for row, verdict in enumerate(verdicts):
        if verdict is not None:
            shown[str(verdict.reason)] += 1
            example = admitted.record(row) if shown[str(verdict.reason)] <= drop_examples.MOST else None
            left_out.append(LeftOut(admitted.number(row), verdict.reason, record=example, like=verdict.like))
    kept = admitted.table.filter(pa.array([verdict is None for verdict in verdicts], pa.bool_()))
    return kept, sorted(left_out, key=lambda item: item.number)


def _check_shape(dataset: Dataset, counts: Mapping[str, Any], paths: Sequence[Path]) -> None:
    """That the source has a row whose shape is read: in its first shard (`counts`), or at the head of another one.

    A file or two of another shape, as they lie beside others in a folder or an archive, stop nothing and are counted.
    Raises EngineError dataset_shape, before a shard of such rows is done: they are read anew once columns are named.
    """
    if counts["kept"] or not admission.are_unfit(counts["dropped"], sum(counts["dropped"].values())):
        return
    heads = (row for path in paths[1:] for _, _, row in islice(shards.read_collected(path), 1))
    if not any(admission.fits(dataset, row) for row in heads):
        first = [row for _, _, row in islice(shards.read_collected(paths[0]), proposals.TRIED)]
        raise EngineError("dataset_shape", admission.unfit(dataset, first))


def _say_once(context: StepContext, dataset: Dataset, path: Path, prompts: Sequence[str]) -> None:
    """What the beginning of a source says of its mapping; a record that was left out as a copy counts too."""
    rows = [row for _, _, row in islice(shards.read_collected(path), first_rows.ROWS)]
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    notes = source_notes.notes(dataset, rows[0] if rows else None, prompts)
    unused, untold = source_notes.verdicts_unused(dataset, rows, index), label_notes.numbers_untold(index)
    roles, pairs = source_notes.roles_unknown(dataset, rows), hh_pairs.untold(dataset, rows, index)
    votes = source_notes.votes(dataset, rows, index)
    for note in [*notes, *unused, *votes, *untold, *roles, *pairs]:
        context.warn("columns_unused", note)


def _check_written(context: StepContext, listed: Mapping[str, shards.Digest]) -> None:
    """Raises EngineError session_damaged where a shard that this step has written is another now."""
    folder = shards.folder(context.session, shards.INTEGRATED)
    for name, digest in listed.items():
        if not (folder / name).is_file() or manifest.digest_file(folder / name) != digest:
            what = sentence("steps.shard_changed", session=context.session.name, shard=name)
            raise EngineError("session_damaged", what)


def _sieve(context: StepContext, listed: Mapping[str, shards.Digest], datasets: Mapping[str, Dataset]) -> Sieve:
    """After a restart it knows the shards this step has written."""
    folder = shards.folder(context.session, shards.INTEGRATED)
    if (folder / SEEN).exists():
        durable.discard(folder / SEEN)
    sieve = Sieve(context.config.integrate, folder / SEEN, context.write)
    for name in listed:
        evaluation = datasets[_source_of(folder / name)].use == "evaluation"
        sieve.remember(
            [
                Compared(
                    row["key"], row["prompt_key"],
                    (duplicates.plain(row["prompt"]), duplicates.plain(row["response"])),
                    decontamination.asked(row["prompt"], row["choices"]), evaluation,
                )
                for row in pq.read_table(folder / name, columns=COMPARED).to_pylist()
            ]
        )  # fmt: skip
    return sieve


def _without_leaks(context: StepContext, tally: ShardTally, helpers: ShardHelpers) -> ShardTally:
    """Training records that hold a held-out question are left out, by new shards in place of those that had them."""
    rules = context.config.integrate
    evaluation = {dataset.name for dataset in context.config.datasets if dataset.use == "evaluation"}
    folder = shards.folder(context.session, shards.INTEGRATED)
    paths = [folder / name for name in sorted(tally.listed) if _source_of(folder / name) not in evaluation]
    if not rules.decontaminate or not rules.heldout_fraction:
        return tally
    for path, leaks in zip(paths, helpers.leaks(paths), strict=True):
        source = _source_of(path)
        context.say("shard", {"source": source, "dropped": len(leaks)})
        if not leaks:
            continue
        stay, left_out = heldout_leaks.without(path, leaks)
        data = shards.parquet(stay)
        swept = path.with_name(f"{path.stem}-swept.parquet")
        context.write(swept, data)
        listed = {name: digest for name, digest in tally.listed.items() if name != path.name}
        gone = [item.record for item in left_out if item.record is not None]
        counts = _count_off(tally.counts, source, gone, str(drop_reasons.HOLDS_EVALUATED))
        examples = drop_examples.added(tally.examples, source, left_out)
        tally = ShardTally(listed | {swept.name: manifest.digest(data)}, counts, examples)
    return tally


def _count_off(counts: Mapping[str, Any], source: str, gone: list[Record], reason: str) -> dict[str, Any]:
    """The totals without records that were kept at first."""
    totals = {name: dict(Counter(counts[name]) - Counter(map(of, gone))) for name, of in COUNTED.items()}
    before = counts["sources"][source]
    now = before | {
        "kept": before["kept"] - len(gone),
        "dropped": dict(Counter(before["dropped"]) + Counter({reason: len(gone)})),
    }
    return {**counts, "records": counts["records"] - len(gone), **totals, "sources": counts["sources"] | {source: now}}


def _count(counts: Mapping[str, Any], source: str, kept: pa.Table, dropped: Counter[str]) -> dict[str, Any]:
    """New totals: records by split, language and category; rows kept and dropped by source and reason."""
    totals = {name: step_state.added(counts[name], shards.values(kept[name])) for name in COUNTED}
    before = counts["sources"].get(source, {"kept": 0, "dropped": {}})
    now = {"kept": before["kept"] + kept.num_rows, "dropped": dict(Counter(before["dropped"]) + dropped)}
    changed = Counter(before.get("changed", {})) + Counter(kept["changed"].combine_chunks().flatten().to_pylist())
    if changed:
        now["changed"] = dict(changed)
    return {
        **counts,
        "records": counts["records"] + kept.num_rows,
        **totals,
        "sources": counts["sources"] | {source: now},
    }


def _check(context: StepContext, counts: Mapping[str, Any]) -> None:
    """One warning that sums up what was dropped. Raises EngineError dataset_empty."""
    sources = [
        sentence(
            "steps.rows_of_source",
            source=source,
            kept=rows["kept"],
            reasons=drop_reasons.with_counts(rows["dropped"]),
        )
        for source, rows in counts["sources"].items()
        if rows["dropped"]
    ]
    reasons = {reason for rows in counts["sources"].values() for reason in rows["dropped"]}
    if any(drop_reasons.of_text(reason).code in drop_reasons.BY_A_VERDICT for reason in reasons):
        sources.append(sentence("steps.labelled_bad_kept"))
    uses = {dataset.name: dataset.use for dataset in context.config.datasets}
    collected = shards.folder(context.session, shards.COLLECTED)
    _check_sources(context.config.integrate.max_dropped_fraction, counts["sources"], uses, collected)
    heldout = sum(rows["kept"] for name, rows in counts["sources"].items() if uses.get(name) == "train")
    if heldout and not counts["split"].get("train"):
        share = context.config.integrate.heldout_fraction
        raise EngineError("dataset_empty", sentence("steps.all_held_out", count=heldout, share=share))
    if not counts["split"].get("train"):
        raise EngineError(
            "dataset_empty",
            sentence("steps.nothing_left", sources=sources) if sources else sentence("steps.no_rows_at_all"),
        )
    if sources:
        context.warn("records_dropped", sentence("steps.records_dropped", sources=sources))
    if not counts["split"].get("heldout"):
        context.warn("no_heldout", sentence("steps.no_heldout"))


def _check_sources(limit: float, sources: Mapping[str, Any], uses: Mapping[str, str], collected: Path) -> None:
    """Raises EngineError dataset_dropped where most of a source is left out for what its rows are."""
    for source, rows in sources.items():
        dropped = {reason: count for reason, count in rows["dropped"].items() if not drop_reasons.is_expected(reason)}
        gone, of = sum(dropped.values()), rows["kept"] + sum(rows["dropped"].values())
        if uses.get(source) == "train" and of >= provenance.ENOUGH_ROWS and gone > limit * of:
            reasons = drop_reasons.with_counts(dropped)
            what = sentence("steps.most_dropped", source=source, dropped=gone, rows=of, limit=limit, reasons=reasons)
            twice = provenance.same_data(collected, source)
            told = sentence("steps.same_data", source=source, others=twice)
            raise EngineError("dataset_dropped", in_turn(what, told) if twice else what)


def _source_of(path: Path) -> str:
    name = SHARD_NAME.fullmatch(path.name)
    if name is None:
        raise EngineError("session_damaged", sentence("steps.foreign_shard", shard=path.name))
    return name[1]
