"""What the first rows of the datasets say: which would stop the run, which were not looked at, what is left of them."""

from __future__ import annotations

from dataclasses import dataclass

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import drop_reasons, first_rows, own_questions, provenance
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.data.notes import absent_columns
from so8t_engine.data.sieve import limits
from so8t_engine.data.thought import thought_table
from so8t_engine.doctor import data_limits, data_shares, token_estimate
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, in_turn, sentence

SAYS_MORE = ("dataset_no_rows", "dataset_kind")  # codes whose action is more than to correct the path
NAMED = ("steps.no_adapter_fits", *absent_columns.CODES)  # what to write instead is said
MOST_DROPPED = 0.1  # of the rows; from here on it is worth a warning
MOST_COLUMNS = 12
WARNED = ("data.equal_prompts", *absent_columns.CODES)
OWN_NAME = (*WARNED, "steps.columns_unused")  # notes that name their source themselves
BY_DESIGN = (drop_reasons.NOT_FIRST_REPLY, drop_reasons.NOT_BEST_REPLY)  # of a tree of messages: most of its rows


@dataclass(frozen=True)
class Sources:
    """`problems`: (key, sentence) of what cannot run. `findings`: one of each other source, and of all together.

    `levels`: of each source, in the order of the configuration; a problem is an error.
    """

    problems: tuple[tuple[str, Sentence], ...]
    findings: tuple[Finding, ...]
    levels: tuple[str, ...]


def check(config: RunConfig) -> Sources:
    """Opens every local source."""
    looks = first_rows.look(config)
    problems, findings, levels = [], data_limits.check(config), []
    for number, look in enumerate(looks):
        if look.problem is not None:
            problems.append((f"datasets.{number}.{_key(look.problem)}", _whole(look.problem)))
            levels.append("error")
        elif look.dataset.source == "hub":
            levels.append("note")
        else:
            finding = _of_source(look)
            findings.append(finding)
            levels.append(finding.level)
        findings += [_note(look, what) for what in look.notes]
    names = [look.dataset.name for look in looks if look.dataset.source == "hub"]
    if names:
        what = sentence("doctor.data_of_the_hub", names=names)
        findings.append(Finding("note", what, sentence("doctor.not_looked_at")))
    if not problems:
        findings += data_shares.check(config, looks)
        findings += [*_together(config, looks), *_thought(config, looks), *_passes(config, looks)]
        findings += token_estimate.check(config, looks)
    return Sources(tuple(problems), tuple(findings), tuple(levels))


def _note(look: FirstRows, what: Sentence) -> Finding:
    if what.code in OWN_NAME:
        return Finding("warning" if what.code in WARNED else "note", what)
    return Finding("note", sentence("doctor.data_note", name=look.dataset.name, what=what))


def _of_source(look: FirstRows) -> Finding:
    name, path = look.dataset.name, look.dataset.path
    if look.unseen:
        what = sentence("doctor.data_not_opened", name=name, path=path)
        return Finding("note", what, sentence("doctor.data_too_large"))
    if look.advice is not None:
        what = sentence("doctor.data_no_row_fits", name=name, rows=look.rows)
        return Finding("error", what, _with_adapters(look.advice))
    if look.source.skipped:
        return Finding("warning", provenance.summary(look.source))
    expected = {str(reason) for reason in BY_DESIGN}
    lost = {reason: count for reason, count in look.dropped.items() if reason not in expected}
    of = look.kept + sum(look.dropped.values())
    if sum(lost.values()) > MOST_DROPPED * of:
        code = "doctor.data_drops" if look.dataset.turns == "last" else "doctor.answers_dropped"
        reasons = drop_reasons.with_counts(lost)
        return Finding("warning", sentence(code, name=name, rows=of, kept=look.kept, reasons=reasons))
    code = "doctor.data_fits" if look.whole else "doctor.data_begins_well"
    return Finding("ok", sentence(code, name=name, rows=look.rows, columns=_columns(look)))


def _together(config: RunConfig, looks: list[FirstRows]) -> list[Finding]:
    """Whether there is anything to train on, and to ask: known only where every source was seen to its end."""
    whole = all(look.whole for look in looks)
    heldout = sum(look.heldout for look in looks if look.dataset.use == "train")
    if whole and heldout and not any(look.train for look in looks):
        share = config.integrate.heldout_fraction
        return [Finding("error", sentence("steps.all_held_out", count=heldout, share=share))]
    if whole and not any(look.train for look in looks):
        reasons = [_of_source(look).what for look in looks if look.dropped and look.dataset.use == "train"]
        return [Finding("error", sentence("doctor.nothing_to_train_on"), in_turn(*reasons) if reasons else None)]
    asks = any(look.dataset.use == "evaluation" for look in looks) or config.integrate.heldout_fraction > 0
    if (whole and not any(look.heldout for look in looks)) or not asks:
        what, why = sentence("doctor.no_heldout"), sentence("doctor.no_heldout_measures_nothing")
        return [Finding("warning", what, why, sentence("doctor.hold_some_out"))]
    share = config.integrate.heldout_fraction
    names = own_questions.never_asked(_source(look, share) for look in looks if look.kept or not look.whole)
    return [Finding("note", sentence("doctor.own_not_asked", names=names))] if names else []


def _source(look: FirstRows, share: float) -> own_questions.AskedSource:
    """Rows that were not seen may be held out, where any are (`share` of the prompts)."""
    of, unseen = look.dataset, not look.whole and share > 0
    asked = bool(look.heldout) or of.use == "evaluation" or unseen
    return own_questions.AskedSource(of.name, of.source, of.path, of.use, asked)


def _thought(config: RunConfig, looks: list[FirstRows]) -> list[Finding]:
    """What the rows that were looked at hold of thought, and whether that is enough."""
    table = {source: counts for look in looks for source, counts in look.thought.items()}
    lines = thought_table.lines(table)
    if not lines:
        return []
    told, thin = Finding("ok", sentence("doctor.thought", sources=lines)), thought_table.thin(table)
    if config.convert.missing_sections == "teacher":
        return [told]
    if thin is not None:
        return [told, Finding("warning", thin, change=sentence("data.more_thought"))]
    return [told]


def _passes(config: RunConfig, looks: list[FirstRows]) -> list[Finding]:
    """Where records are repeated: how many examples one pass of training has, and how many passes the warm-up makes."""
    weights, warmup = config.integrate.weights, config.warmup
    if all(weight <= 1 for weight in weights.values()):
        return []
    examples = [example for look in looks for example in look.examples]
    repeated = sum(max(1, limits.times(example, weights)) for example in examples)
    learnt = warmup.max_steps * warmup.per_device_train_batch_size * warmup.gradient_accumulation_steps
    numbers = {"records": len(examples), "repeated": repeated, "learnt": learnt}
    if examples and all(look.whole for look in looks):
        return [Finding("note", sentence("doctor.passes", **numbers, passes=learnt / repeated))]
    return [Finding("note", sentence("doctor.repeats", **numbers))] if examples else []


def _columns(look: FirstRows) -> list[str]:
    return list(look.columns[:MOST_COLUMNS])


def _key(error: EngineError) -> str:
    """Where it is to be corrected."""
    first = next(iter(error.sentence.args.get("parts", ())), error.sentence)
    return f"columns.{first.args['key']}" if first.code in absent_columns.CODES else "path"


def _whole(error: EngineError) -> Sentence:
    """With what to do about it, where that is more than to correct its place."""
    if error.sentence.code == "data.too_many_bad_rows" or error.code in SAYS_MORE:
        return in_turn(error.sentence, error.action)
    return _with_adapters(error.sentence) if error.code == "dataset_shape" else error.sentence


def _with_adapters(said: Sentence) -> Sentence:
    """Why no row can be read, and by what they might be, where it does not propose that itself."""
    if any(part.code in NAMED for part in (said, *said.args.get("parts", ()))):
        return said
    return in_turn(said, sentence("doctor.data_choose_adapter", adapters=[*choose_adapter.ADAPTERS]))
