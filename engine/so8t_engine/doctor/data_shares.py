"""How many rows each source has, how many are learnt, and what share of all that is: who adds some to a preset's sees
how few they are; and which are not learnt, as they hold no thought."""

from __future__ import annotations

from collections.abc import Sequence

from so8t_engine.config.file import DEMO
from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.doctor import learnt_rows
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.learnt_rows import Fate, Rows
from so8t_engine.sentences import Sentence, sentence

MOST_LOST = 0.1  # of all that could be learnt, or of a source of the user's; beyond it what is not learnt is told


def check(config: RunConfig, looks: Sequence[FirstRows]) -> list[Finding]:
    """Of the sources that are learnt from: their shares where there are several, and what of them is not learnt."""
    sources = [look for look in looks if look.dataset.use == "train"]
    rows = [learnt_rows.count(config, look) for look in sources]
    fates = learnt_rows.of_sources(config, sources, rows)
    datasets = [look.dataset for look in sources]
    lost = lost_of(datasets, rows, fates, config.convert.final_only_share) if fates else []
    return [*(_shares(datasets, rows, fates) if len(sources) > 1 else []), *lost]


def lost_of(datasets: Sequence[Dataset], rows: Sequence[Rows], fates: Sequence[Fate], share: float) -> list[Finding]:
    """That many answers without thought will not be learnt: a warning where they are the user's own."""
    of = [(dataset, each, fate) for dataset, each, fate in zip(datasets, rows, fates, strict=True) if fate.lost]
    yours = [fate for dataset, _, fate in of if _origin(dataset) == "doctor.of_yours"]
    learnt, lost = sum(fate.learnt for fate in fates), sum(fate.lost for fate in fates)
    if lost <= MOST_LOST * (learnt + lost) and all(fate.share_lost <= MOST_LOST for fate in yours):
        return []
    lines = [
        sentence(
            "doctor.bare_of_source", source=dataset.name, rows=_rows(each), lost=fate.lost, learnt=fate.learnt,
            heldout=fate.heldout,
        )
        for dataset, each, fate in of
    ]  # fmt: skip
    return [Finding("warning" if yours else "note", sentence("doctor.bare_left_out", limit=share, sources=lines))]


def _shares(datasets: Sequence[Dataset], rows: Sequence[Rows], fates: Sequence[Fate] | None) -> list[Finding]:
    if fates and any(fate.learnt for fate in fates):
        told = [_learnt(*each, sum(fate.learnt for fate in fates)) for each in zip(datasets, rows, fates, strict=True)]
    else:
        known = [each.count for each in rows if each.count is not None]
        total = sum(known) if len(known) == len(rows) else 0
        told = [_read(dataset, each, total) for dataset, each in zip(datasets, rows, strict=True)]
    if {_origin(dataset) == "doctor.of_yours" for dataset in datasets} == {True, False}:
        return [Finding("note", sentence("doctor.data_shares_beside_yours", sources=told))]
    return [Finding("ok", sentence("doctor.data_shares", sources=told))]


def _learnt(dataset: Dataset, rows: Rows, fate: Fate, total: int) -> Sentence:
    fewer = _fewer(rows, fate)
    return sentence(
        "doctor.share_of_learnt_fewer" if fewer else "doctor.share_of_learnt", source=dataset.name,
        origin=Sentence(_origin(dataset)), rows=_rows(rows), learnt=fate.learnt, share=fate.learnt / total,
        **({"fewer": fewer} if fewer else {}),
    )  # fmt: skip


def _fewer(rows: Rows, fate: Fate) -> list[Sentence]:
    """Why fewer records are learnt than there are rows."""
    rest = (rows.count or 0) - fate.learnt - fate.heldout - fate.lost
    counts = {"doctor.fewer_held_out": fate.heldout, "doctor.fewer_bare": fate.lost, "doctor.fewer_left_out": rest}
    return [sentence(code, count=count) for code, count in counts.items() if count > 0]


def _read(dataset: Dataset, rows: Rows, total: int) -> Sentence:
    names = {"source": dataset.name, "origin": Sentence(_origin(dataset))}
    if rows.count is None:
        return sentence("doctor.share_unknown", **names)
    if not total:
        return sentence("doctor.share_of_rows_unknown", **names, rows=_rows(rows))
    return sentence("doctor.share_of_rows", **names, rows=_rows(rows), share=rows.count / total)


def _rows(rows: Rows) -> Sentence:
    return Sentence("doctor.rows_counted" if rows.counted else "doctor.rows_guessed", {"rows": rows.count})


def _origin(dataset: Dataset) -> str:
    if dataset.source == "hub":
        return "doctor.of_the_hub"
    return "doctor.of_so8t" if dataset.path.startswith(DEMO) else "doctor.of_yours"
