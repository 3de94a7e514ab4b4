"""The teacher as step 3 uses it: records in, their sections out, what was accepted and what was not counted.

Up to `samples` replies a record, each judged; the first good one is taken. All records of a call get their first
sample before any gets its second, batch by batch, in an order that depends on the records alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.teaching import Teaching, is_endpoint
from so8t_engine.data import shards
from so8t_engine.data.record import Record
from so8t_engine.data.thought import sections as evidence
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.run import workload
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import Sentence, sentence, verbatim
from so8t_engine.teacher import outcome, questions, verdicts
from so8t_engine.teacher.endpoint import Endpoint
from so8t_engine.teacher.outcome import Judged
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply
from so8t_engine.teacher.reply_cache import KEY_CHARS, ReplyCache

ROUNDS = 4  # batches of the generator's rows between two restart points: fewer rows stand idle at the end


class Answering(Protocol):
    """Who is asked: local_model.LocalModel or endpoint.Endpoint."""

    @property
    def identity(self) -> str:
        """Everything but question, sample and settings that a reply depends on."""
        ...

    @property
    def memory(self) -> float:
        """Of the card, in bytes; 0 where there is none, or where nobody knows."""
        ...

    def answer(self, questions: Sequence[Question], sample: int, settings: Teaching) -> list[Reply]: ...


class Taught(NamedTuple):
    """`counts` as of outcome.added."""

    sections: list[Sections]
    counts: dict[str, Any]


class Teacher:
    """State: the replies that are kept."""

    def __init__(
        self, asked: Answering, settings: Teaching, cache: ReplyCache, goes_on: Callable[[int, int], None]
    ) -> None:
        """`goes_on` hears after each batch how many of how many questions are answered; it may raise Paused."""
        self._asked, self._settings, self._cache, self._goes_on = asked, settings, cache, goes_on

    def fill(self, pairs: Sequence[tuple[Record, Sections]], counts: Mapping[str, Any] | None = None) -> Taught:
        """The sections of each record with the missing ones written, where a reply was accepted; `counts` so far.

        Raises EngineError teacher, disk_*; Paused, where that is asked for.
        """
        filled = [sections for _, sections in pairs]
        wanted = [
            (place, question)
            for place, (record, sections) in enumerate(pairs)
            if (question := questions.of_record(record, sections, self._settings)) is not None
        ]
        judged: list[Judged] = []
        waiting = wanted
        for sample in range(self._settings.samples):
            replies = self._replies([question for _, question in waiting], sample)
            again = []
            for (place, question), reply in zip(waiting, replies, strict=True):
                judgement = verdicts.of(question, reply)
                judged.append((question, reply, judgement))
                if judgement.sections is None:
                    again.append((place, question))
                else:
                    filled[place] = judgement.sections
            waiting = again
        return Taught(filled, outcome.added(counts, len(wanted), judged))

    def summary(self, counts: Mapping[str, Any]) -> Sentence:
        """For people, at the end of the step."""
        return outcome.summary(counts)

    def _replies(self, asked: Sequence[Question], sample: int) -> list[Reply]:
        size = ROUNDS * self._settings.batch_size
        replies: list[Reply] = []
        for start in range(0, len(asked), size):
            replies += self._batch(asked[start : start + size], sample)
            self._goes_on(len(replies), len(asked))
        return replies

    def _batch(self, asked: Sequence[Question], sample: int) -> list[Reply]:
        """What is not known yet is asked in one go, the same question once, and kept in one go."""
        by_key = {self._key(question, sample): question for question in asked}
        known = {key: reply for key in by_key if (reply := self._cache.get(key)) is not None}
        missing = {key: question for key, question in by_key.items() if key not in known}
        if missing:
            heard = {key: reply for key in missing if (reply := self._cache.get_elsewhere(key)) is not None}
            rest = [key for key in missing if key not in heard]
            if rest:
                said = self._asked.answer([missing[key] for key in rest], sample, self._settings)
                heard |= dict(zip(rest, said, strict=True))
            new = {key: heard[key] for key in missing}
            self._cache.add(new)
            known |= new
        return [known[self._key(question, sample)] for question in asked]

    def _key(self, question: Question, sample: int) -> str:
        return hashlib.sha256(f"{question.digest}/{sample}".encode()).hexdigest()[:KEY_CHARS]


def load(context: StepContext) -> Teacher:
    """Raises EngineError teacher, model_missing, model_unfit, environment, disk_full."""
    settings = context.config.convert.teaching
    asked = _asked(context)
    digest = hashlib.sha256(f"{asked.identity}/{_replied_by(settings)}".encode()).hexdigest()[:KEY_CHARS]
    folder = context.session
    if context.cursor.unit == 0:
        context.warn("teacher_cost", _cost(context, asked.memory))

    def patiently(write: Callable[[], None]) -> None:
        context.fetch(write, folder)

    def goes_on(done: int, total: int) -> None:
        context.say("shard", {"asked": total, "answered": done})
        context.wait(0)

    return Teacher(asked, settings, ReplyCache(folder, digest, patiently), goes_on)


def _cost(context: StepContext, memory: float) -> Sentence:
    """Of the records that the teacher will be asked about, each looked at once."""
    settings = context.config.convert.teaching
    records = sum(
        questions.of_record(record, evidence.of_record(record), settings) is not None
        for path in shards.listed(context.session, shards.INTEGRATED)
        for record in shards.read_records(path)
        if record.response
    )
    guess = workload.teacher_cost(context.config, records, memory)
    numbers = {"tokens": guess.tokens / 1e6, "hours": guess.hours, "speed": guess.speed}
    return sentence("teacher.cost", records=records, **numbers)


def _replied_by(settings: Teaching) -> str:
    """The settings that a reply depends on, besides the question."""
    return f"{settings.temperature}/{settings.max_new_tokens}/{settings.model}"


def _asked(context: StepContext) -> Answering:
    config: RunConfig = context.config
    name, settings = str(config.convert.teacher), config.convert.teaching
    if is_endpoint(name):

        def waits(why: Sentence) -> None:
            context.warn("teacher_waits", why)

        return Endpoint(name, settings, context.wait, waits)

    from so8t_engine.teacher import local_model  # with torch

    def graph_failed(why: str) -> None:
        context.warn("no_cuda_graph", sentence("train.no_cuda_graph", why=verbatim(why)))

    return context.fetch(lambda: local_model.load(config, context.session, graph_failed), local_model.CACHE)
