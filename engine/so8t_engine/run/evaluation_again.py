"""Step 5 begun again, in a session whose training is over: its results are made anew from what was trained.

What was asked and answered before goes with it, as the payload of the new beginning: the step takes of it what its
models would say again (evaluate/earlier_answers.py). Until new results are published the old ones stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from so8t_engine.config import changes
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.protocol import STEPS
from so8t_engine.run import session_config
from so8t_engine.run.session_config import SessionConfig
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import history, identity, manifest, recovery, share, store, verification
from so8t_engine.session.recovery import Recovered
from so8t_engine.session.state import Cursor, PipelineState

MARK = "evaluated_again"
ANSWERED, SETTINGS = "state.json", "evaluate.json"  # of a payload: what step 5 had, and what it was set to
BEGINNING = Cursor(STEPS[-1])
NEEDED = ("adapter", "reference", "model", "data/converted")


def begin(session: Path, recovered: Recovered, accept_changes: bool) -> Recovered:
    """The session at the beginning of step 5: one commit, which a cut has or has not.

    Keys of `evaluate` may have been changed in config.yaml. Asked for again before anything was done, it does nothing.
    Raises EngineError usage where training is not over, session_damaged where what was trained is not whole,
    training_config_changed, config_invalid, disk_*.
    """
    before = recovered.state
    if before.cursor.step != STEPS[-1]:
        raise EngineError("usage", sentence("run.not_trained_yet", session=session.name))
    file = session_config.read(session, before.config)
    asked = _as_sealed(before) or file.config
    own = file.changed is not None and _only_of_this_step(asked, file.config)
    if not own:
        session_config.refuse_changes(session, file, accept_changes, "training_config_changed")
    _refuse_incomplete(session, file.config)
    if before.cursor == BEGINNING and not own:
        return recovered
    why = _why(asked, file.config) if own else sentence("run.evaluated_again")
    entry = {"number": before.points + 1, "kind": "mark", "mark": MARK, "why": to_json(why)}
    prefix = history.extend(session / history.NAME, verification.prefix_of(before), [entry])
    state = _at_the_beginning(before, file if own else None).changed(
        points=prefix.points, history_bytes=prefix.bytes, history_crc=prefix.crc
    )
    trained_alike = own or file.changed is None
    state = store.commit(session, state, _answered(session, asked) if trained_alike else {})
    folder = session / verification.CHECKPOINTS / str(state.checkpoint)
    return Recovered(state, folder, recovered.notes, (*recovered.marks, entry))


def refusal(session: Path) -> EngineError | None:
    """Why `begin` would refuse a finished session, as far as its files are concerned. Only looks."""
    try:
        identity.refuse_foreign(session)
        refused = recovery.refusal(session)
        if refused is None:
            _refuse_incomplete(session, session_config.read(session, recovery.sealed_config(session)).config)
    except EngineError as error:
        return error
    return refused


def _as_sealed(state: PipelineState) -> RunConfig | None:
    if state.config is None or not state.config.intact:
        return None
    try:
        return config_file.parse(state.config.text, store.CONFIG)
    except EngineError:
        return None  # as it was sealed, this version cannot read it


def _only_of_this_step(before: RunConfig, now: RunConfig) -> bool:
    return before.model_copy(update={"evaluate": now.evaluate}) == now


def _why(before: RunConfig, now: RunConfig) -> Sentence:
    return sentence("run.evaluated_otherwise", changes=changes.between(before, now))


def _refuse_incomplete(session: Path, config: RunConfig) -> None:
    """Only what the session itself keeps; a base model from elsewhere is asked for by the step."""
    for name in NEEDED:
        optional = name == "reference" or (name == "model" and config.model.build is None)
        if optional and not (session / name).exists():
            continue
        problems = manifest.problems(session / name)
        if problems:
            what = sentence("run.nothing_to_evaluate", session=session.name, what=problems[0])
            raise EngineError("session_damaged", what)


def _at_the_beginning(state: PipelineState, file: SessionConfig | None) -> PipelineState:
    """`file`: the configuration from here on, where it is another one."""
    this = f"{BEGINNING.step}/"
    worked = share.step_seconds(state)
    done = 1 - worked.get(BEGINNING.step, 0.0) / state.active_seconds if state.active_seconds > 0 else 0.0
    finished = state.status == "finished"
    return state.changed(
        cursor=BEGINNING, status="paused" if finished else state.status,
        reason=to_json(sentence("run.evaluated_again")) if finished else state.reason,
        work={key: each for key, each in state.work.items() if not key.startswith(this)},
        totals={key: each for key, each in state.totals.items() if not key.startswith(this)}, step_seconds=worked,
        share=min(share.ALMOST, max(0.0, done)), share_seconds=state.active_seconds,
        run=state.run + 1,  # what the run before has left in progress.json is of another beginning
        config=state.config if file is None else file.seal,
    )  # fmt: skip


def _answered(session: Path, asked: RunConfig) -> store.Files:
    """What the newest whole checkpoint of step 5 holds of it; nothing where none is left.

    The one of a finished session holds nothing; the one before is kept beside it.
    """
    for folder in _checkpoints_of_this_step(session):
        if (folder / ANSWERED).is_file():
            settings = folder / SETTINGS
            told = settings.read_bytes() if settings.is_file() else asked.evaluate.model_dump_json().encode()
            return {ANSWERED: (folder / ANSWERED).read_bytes(), SETTINGS: told}
    return {}


def _checkpoints_of_this_step(session: Path) -> Iterable[Path]:
    root = session / verification.CHECKPOINTS
    for name in verification.complete(root):
        state, _ = verification.payload(session, name)
        if state is not None and state.cursor.step == BEGINNING.step:
            yield root / name
