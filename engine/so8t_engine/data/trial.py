"""One source tried out before there is a session: how its rows would be read, and what would become of the first."""

from __future__ import annotations

import dataclasses
import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from so8t_engine import sentences, shells
from so8t_engine.config import overrides
from so8t_engine.config.run_config import Columns, Dataset, RunConfig
from so8t_engine.data import admission, drop_reasons, first_rows, provenance
from so8t_engine.data.adapters import choose_adapter, column_names
from so8t_engine.data.adapters.choose_adapter import AsRead
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.data.admission import Seen
from so8t_engine.data.files.local_files import Reading
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.data.hub import hub, hub_files
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.data.notes import absent_columns, context_notes, source_notes
from so8t_engine.data.record import Record
from so8t_engine.data.thought import thought_table
from so8t_engine.sentences import Sentence, sentence

Count = Callable[[str], int]
SHOWN = 10  # rows, before and after
TEXTS = {
    "prompt": "data.try_length_of_prompt", "reasoning": "data.try_length_of_reasoning",
    "response": "data.try_length_of_response",
}  # fmt: skip
WITH_LINES = ("steps.no_adapter_fits", "steps.letters_alone")
LONGEST = 400  # characters of a text that is shown to people


@dataclass
class Trial:
    """`adapter`: a dataset known by name, or "columns"; `line`: the mapping as the configuration has it, if it is one.

    `unused`: columns that nothing is taken from. `examples`: rows with their record, and the reason why there is none
    or its answer is not learnt.
    `thought`: what the records hold, as a run would count it that learnt them all. `lengths`: of prompt, reasoning,
    response in characters; `tokens`: the same in those of `model`, where its tokenizer is on this disk.
    `kept`: records, of which a row has several where `turns: all`; `asked`: those of which only the question is used.
    `changed`: how many texts a rule has changed, by its name.
    """

    dataset: Dataset
    rows: int = 0
    whole: bool = False
    adapter: str | None = None
    line: str | None = None
    unused: list[str] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[Fields, Record | None, Sentence | None]] = field(default_factory=list)
    thought: thought_table.Table = field(default_factory=dict)
    lengths: dict[str, dict[str, int]] = field(default_factory=dict)
    tokens: dict[str, dict[str, int]] = field(default_factory=dict)
    model: str | None = None
    asked: int = 0
    changed: Counter[str] = field(default_factory=Counter)

    @property
    def share_dropped(self) -> float:
        return sum(self.dropped.values()) / self.answers if self.answers else 0.0

    @property
    def answers(self) -> int:
        """As many as rows, but for a source all answers of whose talks are learnt."""
        return self.kept + sum(self.dropped.values())


def run(config: RunConfig, count: Count | None = None) -> Trial:
    """Of the configuration's first source; of one on the Hub too. `count`: the tokens that a text has for its model.

    Raises EngineError dataset_*.
    """
    [dataset, *_] = config.datasets
    trial = Trial(dataset, model=config.model.model_name_or_path)
    rows = _rows(config, dataset, trial)
    index, seen = choose_adapter.index_of(dataset, lambda: iter(rows)), Seen()
    shown = choose_adapter.from_read(dataset, rows)
    read = choose_adapter.as_read(dataset, shown)
    where = _describe(dataset, shown[0], read, index, trial) if rows else None
    records: list[Record] = []
    bad: list[Sentence] = []
    for row in rows:
        for item in admission.of_row(config, dataset, source=dataset.name, row=row, index=index, seen=seen):
            record, reason = (None, item) if isinstance(item, Sentence) else (item.record, item.bad_answer)
            if isinstance(item, Sentence):
                trial.dropped[str(item)] += 1
            else:
                records.append(item.record)
                trial.changed.update(item.changed)
            bad += [reason] if reason is not None else []
            if len(trial.examples) < SHOWN:
                trial.examples.append((row, record, reason))
    trial.kept = len(records)
    same = source_notes.equal_prompts(dataset, trial.unused, [record.prompt for record in records])
    obeyed = source_notes.verdicts_obeyed(where, bad, read.tool) if where is not None else None
    others = source_notes.other_results(where, bad, read.tool) if where is not None else None
    guessed = where if dataset.columns is None else None
    against = source_notes.contradictions(guessed, bad, read.tool) if guessed is not None else None
    harm = source_notes.prefers_harm(where, index, read.tool) if where is not None else None
    of_rows = source_notes.of_rows(dataset, shown, index)
    if (results := context_notes.right_results(of_rows, bad)) is not None:
        obeyed = others = None
    trial.notes += [note for note in (same, obeyed, others, against, harm) if note is not None]
    trial.notes += [*source_notes.of_records(dataset, rows, records), *of_rows]
    trial.notes += [results] if results is not None else []
    trial.lengths = _lengths(records, len)
    trial.tokens = _lengths(records, count) if count is not None else {}
    trial.asked = sum(not record.response for record in records)
    trial.thought = thought_table.of_records(records, config.convert.repeated_sections == "keep")
    if rows and admission.are_unfit(trial.dropped, len(rows)):
        trial.notes = [note for note in trial.notes if note.code != "data.unknown_roles"]  # said by what follows
        trial.notes.append(admission.unfit(dataset, rows))
        trial.adapter = trial.line = None
        trial.unused = []
        return trial
    trial.notes += absent_columns.notes(dataset, rows)
    if (in_part := admission.unfit_in_part(dataset, rows, trial.dropped)) is not None:
        trial.notes.append(in_part)
    return trial


def lines(trial: Trial) -> list[Sentence | str]:
    """What people are shown of it."""
    said: list[Sentence | str] = list(trial.notes)
    if trial.line is None and trial.adapter is None and (to_try := _to_try(trial)) is not None:
        said.append(to_try)
    if trial.line is not None:
        said.append(sentence("data.try_mapping", line=trial.line))
    elif trial.adapter is not None:
        said.append(sentence("data.try_adapter", adapter=trial.adapter))
    if trial.unused:
        said.append(sentence("data.try_unused", columns=trial.unused))
    for number, (row, record, reason) in enumerate(trial.examples, 1):
        said += ["", f"{number}. {_short(json.dumps(row, ensure_ascii=False))}"]
        if record is None:
            said.append(sentence("data.try_left_out", reason=reason))
        else:
            parts = [("?", record.prompt), ("*", record.reasoning), ("=", record.response)]
            said += [f"   {mark} {_short(text)}" for mark, text in parts if text]
            said += [sentence("data.try_not_learnt", reason=reason)] if reason is not None else []
    reasons = drop_reasons.with_counts(trial.dropped)
    more = {"rows": trial.rows, "kept": trial.kept, "share": trial.share_dropped}
    said += ["", Sentence(_result(trial), more | {"answers": trial.answers})]
    if reasons:
        said.append(sentence("data.try_reasons", reasons=reasons))
    said += [sentence("data.try_changed", rule=rule, count=count) for rule, count in trial.changed.items()]
    if trial.asked:
        said.append(sentence("data.try_asked", learnt=trial.kept - trial.asked, asked=trial.asked))
    if trial.tokens:
        said.append(sentence("data.try_tokens", model=trial.model, lengths=_said(trial.tokens)))
    elif trial.lengths:
        said.append(sentence("data.try_lengths", lengths=_said(trial.lengths)))
        if trial.model is not None:
            said.append(sentence("data.try_no_tokenizer", model=trial.model))
    said += thought_table.lines(trial.thought)
    thin = thought_table.thin(trial.thought)
    return said if thin is None else [*said, thin, sentence("data.more_thought")]


def _to_try(trial: Trial) -> Sentence | None:
    """The proposed line as it is typed behind this command."""
    notes = [part for note in trial.notes for part in note.args.get("parts", [note])]
    line = next((note.args["line"] for note in notes if note.code in WITH_LINES), None)
    words = overrides.typed(str(line)) if line is not None else None
    if words is None:
        return None
    sets = " --set ".join(map(shells.quoted, words))
    return sentence("data.try_line", path=shells.quoted(trial.dataset.path), sets=sets)


def _result(trial: Trial) -> str:
    """The template for how much becomes records, of the whole source or its first rows."""
    if trial.answers != trial.rows:
        return "data.try_answers" if trial.whole else "data.try_answers_of_first"
    if trial.kept == trial.rows:
        return "data.try_all" if trial.whole else "data.try_all_of_first"
    return "data.try_result" if trial.whole else "data.try_result_of_first"


def to_json(trial: Trial) -> dict[str, Any]:
    dropped = [(drop_reasons.of_text(reason), count) for reason, count in trial.dropped.items()]
    return {
        "path": trial.dataset.path,
        "rows": trial.rows,
        "whole": trial.whole,
        "adapter": trial.adapter,
        "line": trial.line,
        "unused": trial.unused,
        "notes": [sentences.to_json(note) for note in trial.notes],
        "kept": trial.kept,
        "dropped": [{"reason": sentences.to_json(reason), "rows": count} for reason, count in dropped],
        "share_dropped": trial.share_dropped,
        "thought": thought_table.rows(trial.thought),
        "lengths": trial.lengths,
        "model": trial.model,
        "tokens": trial.tokens or None,
        "asked": trial.asked,
        "changed": trial.changed,
        "examples": [
            {
                "row": row,
                "record": None if record is None else record._asdict(),
                "reason": None if reason is None else sentences.to_json(reason),
            }
            for row, record, reason in trial.examples
        ],
    }  # fmt: skip


def _rows(config: RunConfig, dataset: Dataset, trial: Trial) -> list[Fields]:
    """The first good rows; on the Hub they are streamed."""
    if dataset.source == "local":
        look = FirstRows(dataset, provenance.begin(dataset))
        rows = first_rows.read(config, look)
        trial.whole, trial.notes = look.whole, look.notes
        if look.source.skipped:
            trial.notes.append(provenance.summary(look.source))
    else:
        few = dataset.model_copy(update={"max_rows": first_rows.ROWS})
        rows = []
        for item in _of_the_hub(config, few):
            if isinstance(item, RawRow):
                rows.append(json.loads(item.text))
            if len(rows) == first_rows.ROWS:
                break
    trial.rows = len(rows)
    return rows


def _of_the_hub(config: RunConfig, few: Dataset) -> Iterator[RawRow | BadRow]:
    patience = Patience()
    columns = choose_adapter.columns_of(few) if few.columns is None else None  # the others are shown as not used
    pinned = hub_files.pin(few, patience)
    files, revision = hub_files.choose(few, pinned, patience), pinned.revision
    if files is None or revision is None:
        yield from hub.library_rows(few, revision, columns, patience)
        return
    reading = dataclasses.replace(Reading.of(few), columns=columns or ())
    at_once = config.collect.parallel_downloads
    for file in hub.open_files(few, revision, files, at_once=at_once, patience=patience):
        yield from hub.read(file, config.collect.max_line_bytes, 0, reading, lambda said: None)


def _describe(dataset: Dataset, row: Fields, read: AsRead, index: Index, trial: Trial) -> Columns | None:
    """The mapping, if rows are read by one."""
    adapter = choose_adapter.choose(dataset, row)
    known = choose_adapter.ADAPTERS.items()
    trial.adapter = read.tool or next((name for name, of_name in known if of_name is adapter), None)
    where = source_notes.mapping(read.dataset, read.rows[0], index) if read.rows else None
    if adapter is not None and trial.adapter is None:
        trial.adapter = "columns"
    said = source_notes.compared(dataset, row)
    if said is not None:
        trial.notes.append(said)
        trial.unused = source_notes.unused(dataset, row)
    if where is not None:
        trial.line = column_names.line(where, read.tool)
        trial.unused = source_notes.unused(read.dataset, read.rows[0], index, read.rows[1:])
        if where.rejected is not None:
            trial.notes.append(sentence("data.rejected_unused", column=where.rejected))
    return where


def _said(lengths: dict[str, dict[str, int]]) -> list[Sentence]:
    return [Sentence(TEXTS[name], length) for name, length in lengths.items()]


def _lengths(records: list[Record], count: Count) -> dict[str, dict[str, int]]:
    found = {name: [count(text) for record in records if (text := getattr(record, name))] for name in TEXTS}
    return {
        name: {"least": min(sizes), "median": statistics.median_low(sizes), "most": max(sizes)}
        for name, sizes in found.items()
        if sizes
    }


def _short(text: str) -> str:
    plain = text.replace("\n", " / ")
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
