"""Training data that holds an evaluated question: behind a phrase, inside a longer prompt, with a word changed.

A run of 13 words (13 characters in a script without spaces) in common; or half of a question's runs of 5 words (of
characters seven in ten), all of a short one's, with all its numbers: so a word changed is seen, and another sum is not
the same question; or the same question, however short. A short one with other options ("Which is a fruit?") is another
question. What many questions have in common (an instruction, a system prompt) is no sign of any of them. Rewording is
not seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from so8t_engine.data.adapters.parsed_row import LETTERS
from so8t_engine.data.sieve import duplicates
from so8t_engine.data.sieve.near_duplicates import NUMBER, batches
from so8t_engine.data.sieve.text_store import Pair
from so8t_engine.data.texts import ngrams
from so8t_engine.data.texts.ngrams import Flags, Numbers, Places, Tokens

LONG, SHORT = 13, 5

TELLING = 10  # letters of a question that is the same with other options
COMMON, COMMON_SHARE = 4, 0.01  # runs in more questions than these (the larger of both) are everybody's
MAYBE, RARE = 1, 2  # in the filter: what may be a run of a question; one of its rarest
ROUNDING = 1e-6  # more than a product of a share and a number of runs is off
FILTER, SPARSE = 1 << 20, 8  # its least size; from 8 to 16 times as many places as runs, so that few are taken


class Asked(NamedTuple):
    """What a prompt asks, as it is compared (duplicates.plain): a choice question without its options; these."""

    question: str
    options: tuple[str, ...] = ()


def asked(prompt: str, choices: Sequence[str], plain: str | None = None) -> Asked:
    """Of a record's prompt, whose last lines are the options where it has any (adapters/parsed_row.choice).

    `plain`: the prompt as it is compared, where the caller has it.
    """
    if not choices:
        return Asked(duplicates.plain(prompt) if plain is None else plain)
    question = prompt.rpartition(f"\n{LETTERS[0]}. {choices[0]}")[0] or prompt
    return Asked(duplicates.plain(question), tuple(sorted(map(duplicates.plain, choices))))


@dataclass(frozen=True)
class _Enough:
    """Of a question with `many` short runs so large a share must be met, of one with `fewest` all."""

    share: float
    many: int
    fewest: int

    def met(self, count: int, of: int, options: bool) -> bool:
        """`options`: of a choice question, of which a short one says nothing without them."""
        if of >= self.many:
            return count >= self.share * of
        return not options and self.fewest <= of == count


WORDS, CHARACTERS = _Enough(0.5, 10, 4), _Enough(0.7, 16, 6)
LEAST = min(WORDS.share, CHARACTERS.share)
NEARLY_ALL = 0.8  # of a question of the held-out part


class Questions:
    """What evaluation sets ask.

    `whole`: a question counts only as a whole. The held-out part is of the same sources as the rest, where records may
    share a sentence, a passage, a turn of phrase, and are still records of their own.
    """

    def __init__(self, whole: bool = False) -> None:
        self._whole = whole
        self._prompts: list[str] = []
        self._optional: list[bool] = []
        self._choices: set[Asked] = set()
        self._times: Counter[str] = Counter()
        self._built = 0

    def add(self, questions: Iterable[Asked]) -> None:
        for item in questions:
            self._prompts.append(item.question)
            self._optional.append(bool(item.options))
            self._times[_letters(item.question)] += 1
            if item.options:
                self._choices.add(item)

    def held_by(self, pairs: Sequence[Pair], questions: Sequence[Asked]) -> list[str | None]:
        """For each plain prompt with its response, and what it asks, an evaluated question that it holds."""
        if not self._prompts:
            return [None] * len(pairs)
        found = self._by_runs(pairs)
        most = _most(len(self._prompts))
        for row in self._perhaps_asked(questions):
            item = questions[row]
            words = _letters(item.question)
            telling = bool(words) and (not item.options or len(words) >= TELLING)
            if item in self._choices or (telling and 0 < self._times[words] <= most):
                found[row] = item.question
        return found

    def _perhaps_asked(self, questions: Sequence[Asked]) -> list[int]:
        """The rows whose question may be one of these word for word: nearly all others are passed over unread."""
        found: list[int] = []
        for first, last in _batches([item.question for item in questions]):
            letters = ngrams.letters([item.question for item in questions[first:last]])
            place = np.minimum(np.searchsorted(self._letters, letters), len(self._letters) - 1)
            found += (first + np.flatnonzero(self._letters[place] == letters)).tolist()
        return found

    def _by_runs(self, pairs: Sequence[Pair]) -> list[str | None]:
        if self._built < len(self._prompts):
            words = _all_tokens(self._prompts)
            least = NEARLY_ALL if self._whole else LEAST
            self._short = _Runs(words, SHORT, least=least)
            self._long = None if self._whole else _Runs(words, LONG, ~self._short.everybodys(words))
            self._spaceless = words.spaceless
            letters = [ngrams.letters(self._prompts[first:last]) for first, last in _batches(self._prompts)]
            self._letters = np.unique(np.concatenate(letters))
            self._built = len(self._prompts)
        return [found for first, last in batches(pairs) for found in self._held_by(pairs[first:last])]

    def _held_by(self, pairs: Sequence[Pair]) -> list[str | None]:
        words = ngrams.tokens([text for pair in pairs for text in pair])
        found: list[str | None] = [None] * len(pairs)
        if self._long is not None:
            for row, question in zip(*(each.tolist() for each in self._long.met(words)[:2]), strict=True):
                found[row] = found[row] or self._prompts[question]
        rows, questions, counts = self._short.met(words)
        kinds = self._short.kinds[questions]
        least = (NEARLY_ALL if self._whole else LEAST) * kinds
        near = counts >= least  # nearly all others have a phrase in common, no more
        for row, question, count, of in zip(
            *(each[near].tolist() for each in (rows, questions, counts, kinds)), strict=True
        ):
            enough = CHARACTERS if self._spaceless[question] else WORDS
            if found[row] is None and enough.met(count, of, self._optional[question]):
                numbers = Counter(NUMBER.findall(self._prompts[question]))
                if numbers <= Counter(NUMBER.findall(" ".join(pairs[row]))):
                    found[row] = self._prompts[question]
        return found


class _Runs:
    """Which question has which runs of `width` words, at least half of whose words are its `own`.

    `kinds`: how many different ones each question has.
    `least`: the share of a question's runs below which nobody asks about it. A text with so many has one of any few of
    them, too, if these are more than the rest: its rarest, for which alone most texts are looked through.
    """

    def __init__(self, words: Tokens, width: int, own: Flags | None = None, least: float = 0.0) -> None:
        self._width, self._least = width, least
        grams, of = _runs(words, width)
        if own is not None:
            begins, widths = _stand(words, width, of)
            before = np.concatenate([[0], np.cumsum(own)])
            mine = 2 * (before[begins + widths] - before[begins]) >= widths
            grams, of = grams[mine], of[mine]
        self._fill(grams, of.astype(np.int32), len(words.starts) - 1)

    def everybodys(self, words: Tokens) -> Flags:
        """The words of runs that many questions have."""
        grams, of = _runs(words, self._width)
        begins, widths = _stand(words, self._width, of)
        found = np.zeros(len(words.hashes), bool)
        for place in np.flatnonzero(~self._at(grams)[1]):
            found[begins[place] : begins[place] + widths[place]] = True
        return found

    def _fill(self, grams: Numbers, of: Places, questions: int) -> None:
        order = np.lexsort((of, grams))
        grams, of = grams[order], of[order]
        del order
        new = np.append(True, (grams[1:] != grams[:-1]) | (of[1:] != of[:-1]))[: len(grams)]
        grams, of = grams[new], of[new]
        _, times = _stretches(grams)
        times = np.repeat(times, times)  # how many questions have it
        own = times <= _most(questions)
        grams, times, self._of = grams[own], times[own], of[own]
        del of, own, new
        self._begins, self._lengths = _stretches(grams)
        self._distinct = grams[self._begins]
        self.kinds = np.bincount(self._of, minlength=questions)
        size = max(FILTER, SPARSE << len(grams).bit_length())
        self._mask = np.uint64(size - 1)
        self._filter = np.zeros(size, np.uint8)
        self._filter[self._distinct & self._mask] = MAYBE
        self._filter[grams[self._rarest(grams, times)] & self._mask] = RARE

    def _rarest(self, grams: Numbers, times: Places) -> Places:
        """Of each question's runs so many of the rarest that a text without any of these has too few of the rest.

        `times`: how many questions have each run.
        """
        order = np.lexsort((grams, times, self._of))
        rank = np.arange(len(order)) - np.repeat(np.cumsum(self.kinds) - self.kinds, self.kinds)
        few = np.floor((1 - self._least) * self.kinds + ROUNDING).astype(np.int64) + 1
        return order[rank < few[self._of[order]]]

    def met(self, words: Tokens) -> tuple[Places, Places, Places]:
        """(pairs, questions, how many different runs they share), in their order; of texts that come in pairs.

        Of a pair that has too few of every question's runs nothing need be said.
        """
        grams, text = _runs(words, self._width)
        pair, there = text // 2, self._filter[grams & self._mask]
        telling = np.zeros(len(words.starts) // 2 + 1, bool)
        telling[pair[there == RARE]] = True
        some = np.flatnonzero((there >= MAYBE) & telling[pair])
        some = some[np.argsort(grams[some])]  # in whose order they are found in a fraction of the time
        run, is_there = self._at(grams[some])
        run, pair = run[is_there], pair[some[is_there]]
        once = np.sort(pair * len(self._distinct) + run)
        once = once[_stretches(once)[0]]  # however often a pair has a run
        pair, run = once // max(len(self._distinct), 1), once % max(len(self._distinct), 1)
        times = self._lengths[run]
        at = np.repeat(self._begins[run] - np.cumsum(times) + times, times) + np.arange(times.sum())
        of = np.sort(np.repeat(pair, times) * len(self.kinds) + self._of[at])
        begins, counts = _stretches(of)
        return of[begins] // len(self.kinds), of[begins] % len(self.kinds), counts

    def _at(self, grams: Numbers) -> tuple[Places, Flags]:
        """Where each stands among the distinct ones, and whether it is there at all."""
        if not len(self._distinct):
            return np.zeros(len(grams), np.int64), np.zeros(len(grams), bool)
        place = np.minimum(np.searchsorted(self._distinct, grams), len(self._distinct) - 1)
        return place, self._distinct[place] == grams


def _stretches(ordered: Numbers | Places) -> tuple[Places, Places]:
    """Where each of the distinct values begins, and how often it stands there. np.unique would sort them first."""
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    return begins, np.diff(np.append(begins, len(ordered)))


def _stand(words: Tokens, width: int, of: Places) -> tuple[Places, Places]:
    """The word at which each run begins, and how many it has; `of`: the text of each."""
    widths = np.minimum(width, np.diff(words.starts))[of]
    first = np.searchsorted(of, np.arange(len(words.starts) - 1))
    return np.arange(len(of)) + (words.starts[:-1] - first)[of], widths


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    return batches([(text, "") for text in texts])


def _all_tokens(texts: Sequence[str]) -> Tokens:
    """Of any number of texts, in the memory that a batch of them takes."""
    parts = [ngrams.tokens(texts[first:last]) for first, last in _batches(texts)]
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    return Tokens(
        np.concatenate([part.hashes for part in parts]),
        np.append(0, np.cumsum(lengths)),
        np.concatenate([part.spaceless for part in parts]),
    )


def _most(questions: int) -> float:
    return max(COMMON, COMMON_SHARE * questions)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[\w+*/=<>-]+", text))


def _runs(words: Tokens, width: int) -> tuple[Numbers, Places]:
    """(run, the text it is of)."""
    grams, starts = ngrams.ngrams(words.hashes, words.starts, np.full(len(words.starts) - 1, width))
    return grams, np.repeat(np.arange(len(starts) - 1), np.diff(starts))
