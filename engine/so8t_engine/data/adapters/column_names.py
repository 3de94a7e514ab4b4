"""What people call their columns: from the names of a row's columns to the mapping they mean."""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import bilingual_names, column_languages, column_words
from so8t_engine.data.adapters.answers import options, own_answers, right_beside
from so8t_engine.data.adapters.judged import evaluated, verdict_names, verdicts

RIVAL = re.compile(
    r"(?i)(.*?(?:answer|response|output|completion|conversation|summary|attempt|回答|応答|出力|返答|antwort|réponse|respuesta"
    r"|risposta|resposta|ответ|答案|回复|답변)s?)[ _]?([a-hxy0-9甲乙丙丁])"
)
CRITICISED, REVISIONS = {"critique", "critiques", "criticism", "reflection"}, ("revision", "corrected")
PLAIN = re.compile(r"(?i)(?!(?:true|false|yes|no|on|off|y|n|null|[\d._]+)$)[\w.]+")  # what YAML takes for a text
JOINED = re.compile(r"\s*(?:[・/／&＆+＋,、]|\b(?:und|and|et|y|e|og|och|en|i)\b|と)\s*|\s+")
OF_DATABASES = frozenset(("schema", "db_schema", "database_schema", "ddl", "create_table_statement"))
TOLD_OF_DATABASES = ("evidence", "external_knowledge", "domain_knowledge", "knowledge", "hint", "hints")
NICKNAMES = ("user", "human")  # beside a text: who wrote it


@functools.lru_cache(maxsize=512)
def guess(names: tuple[str, ...]) -> Columns | None:
    """The mapping that these columns mean; None where no question or no answer is among them.

    `label` names all columns that judge the answer.
    """
    where = _of_names(bilingual_names.of_one_language(names))
    if where is None or where.choices:
        return where
    judging = verdicts.columns(names, where)
    where = bilingual_names.translated(where, names)
    return where.model_copy(update={"label": ", ".join(judging)}) if judging else where


@functools.lru_cache(maxsize=512)
def guess_marked(names: tuple[str, ...]) -> Columns | None:
    """The mapping of a question with options where no column says which one is right: they may be marked themselves."""
    where = _of_names(names, marked=True)
    return where if where is not None and where.choices and where.choices == where.answer else None


def _of_names(names: tuple[str, ...], marked: bool = False) -> Columns | None:
    by_name = _by_plain_name(names)

    def first(wanted: Sequence[str]) -> str | None:
        return next((by_name[name] for name in wanted if name in by_name), None)

    more = {"system": first(column_words.SYSTEM), "history": first(column_words.HISTORY)}
    talk, prompt, short = first(column_words.MESSAGES), first(column_words.PROMPT), None
    if prompt in [by_name.get(name) for name in NICKNAMES] and "text" in by_name:
        prompt = None
    if prompt is not None and prompt in map(by_name.get, column_words.SUMS):  # of a problem that is told in words
        prompt = first(column_words.OF_SUMS) or prompt
    if prompt is None:
        prompt, short = next(
            (
                (by_name[asked], by_name[said])
                for asked, said in column_words.SHORT
                if {asked, said} <= by_name.keys() and (asked != "source" or first(column_words.REASONING))
            ),
            (None, None),
        )
    if "chat_history" in by_name and prompt is not None and prompt == by_name.get("message"):  # as of Cohere
        more = {"system": more["system"] or by_name.get("preamble"), "history": by_name["chat_history"]}
    if {"query", "response", "entry_point"} <= by_name.keys():  # a task of code, whose `prompt` are its imports
        prompt = by_name["query"]
    task = by_name.get("definition")  # of Natural Instructions: what to do with each input
    if task and prompt and prompt in (by_name.get("input"), by_name.get("inputs")):
        prompt = f"{{{task}}}\\n\\n{{{prompt}}}"
    chosen, rejected = first(column_words.CHOSEN), first(column_words.REJECTED)
    query = _about(by_name, prompt)
    if chosen and rejected:
        prompt = prompt or (None if talk else first(("context", "chat_history", "history")))
        return Columns(
            messages=talk, prompt=None if talk else prompt, query=query, chosen=chosen, rejected=rejected, **more
        )  # fmt: skip
    where = options.columns(names)
    asked = prompt or first(column_words.OF_QUIZZES) or first(column_words.ENDED)
    right = options.right_column(names, where, asked) if where else None
    right = right or (", ".join(where) if marked else None)
    if where and right and asked:
        prompt = asked
        reasoning = _reasons(by_name) or first(column_words.SOLUTION) or first(column_words.TOLD_OF_KEYS)
        about, lecture = first(column_words.BEFORE), by_name.get("lecture")
        about = about or (by_name.get("hint") if lecture else None)  # of ScienceQA
        reasoning = f"{{{lecture}}}\\n\\n{{{reasoning}}}" if lecture and reasoning else reasoning or lecture
        if about not in (None, prompt, reasoning):
            prompt = f"{{{about}}}\\n\\n{{{prompt}}}"
        taken = (prompt, right, reasoning, about, *where)
        attempt = next(
            (by_name[name] for name in column_words.ATTEMPTS if by_name.get(name) not in (None, *taken)), None
        )
        return Columns(
            prompt=prompt, choices=", ".join(where), answer=right, reasoning=reasoning,
            response=attempt if reasoning is None else None,
        )  # fmt: skip
    edited = next((pair for pair in column_words.EDITS if by_name.keys() >= {*pair}), None)
    if edited and prompt:
        instructs = prompt in map(by_name.get, column_words.INSTRUCTIONS)  # else the first is a draft of its answer
        return Columns(prompt=prompt, query=by_name[edited[0]] if instructs else None, response=by_name[edited[1]])
    talk = talk or (_numbered(by_name) if prompt is None else None)
    if talk:  # which begins with what a developer says
        return Columns(messages=talk, **more | {"system": first(column_words.SYSTEM[:-2] + column_words.SYSTEM[-1:])})
    if prompt is None:
        return None
    response, solution = short or first(column_words.RESPONSE), first(column_words.SOLUTION)
    answer, reasoning = first(column_words.ANSWER), _reasons(by_name, prompt)
    reasoning = None if reasoning in (response, answer, prompt) else reasoning
    if query is None and reasoning and by_name.get("facts") not in (None, reasoning, response, answer):
        query = by_name["facts"]  # of a case, beside their analysis
    predicted = next((name for name in names if verdict_names.kind_of(name) == "predicted" and name != response), None)
    if predicted and answer is None:
        answer = next(
            (by_name[name] for name in column_words.REFERENCE if by_name.get(name) not in (None, response)), None
        )
        answer = answer or (response if response in map(by_name.get, column_words.REFERENCE) else None)
    if response is None and solution is None:
        response = first(verdict_names.SEVERAL)
    if response is None and solution is None and answer is None:
        answer = right_beside.alone(by_name)
        if query is None and answer and prompt == by_name.get("input"):  # of DeepEval
            query = first(("context", "retrieval_context"))
    if response is None and solution is None and answer is None:
        response = first(column_words.CODE) or (by_name.get("content") if reasoning else None)
        if response is None and prompt == by_name.get("question") and not OF_DATABASES.isdisjoint(by_name):
            response = by_name.get("query")  # of Spider: what is asked of a database
    revised = _revised(by_name)
    if revised is not None:
        response, answer = revised, (answer if response else None)  # which is the draft where nothing else is
    scored = evaluated.reference(by_name)
    if scored not in (None, prompt):
        anothers = reasoning and response not in (None, scored) and own_answers.may_be_of(reasoning, str(response))
        response, answer, reasoning = scored, None, None if anothers else reasoning
    if query == response:
        query = None
    if response is not None:
        return Columns(
            prompt=prompt, query=query, response=response, answer=answer, reasoning=reasoning or solution, **more
        )
    if solution is not None and answer is not None:
        return Columns(prompt=prompt, query=query, response=answer, answer=answer, reasoning=solution, **more)
    if (solution or answer) is None:
        return None
    return Columns(prompt=prompt, query=query, response=solution or answer, reasoning=reasoning, **more)


def _about(by_name: Mapping[str, str], prompt: str | None) -> str | None:
    """What is asked about: of an instruction too only what is called so; a `text` beside one may be the example."""
    asks = next((name for name, column in by_name.items() if column == prompt), None)
    of_passages = asks in column_words.ASK_OF_PASSAGES or asks in column_words.QUESTIONS
    wanted = (
        *(column_words.QUERY if asks in column_words.ASK_ABOUT else ()),
        *(column_words.ABOUT if asks in column_words.QUESTIONS else ()),
        *(column_words.PASSAGES if of_passages else ()),
    )
    if asks == "question" and not OF_DATABASES.isdisjoint(by_name):
        wanted = tuple(name for name in wanted if name != "query")
    found = next((by_name[name] for name in wanted if by_name.get(name) not in (None, prompt)), None)
    if found in [by_name[name] for name in OF_DATABASES & by_name.keys()]:  # with what its names mean, as of BIRD
        told = next((by_name[name] for name in TOLD_OF_DATABASES if name in by_name), None)
        return found if told in (None, prompt) else f"{{{found}}}\\n\\n{{{told}}}"
    if found is not None or not of_passages:
        return found
    named = (column for name, column in by_name.items() if column_words.PASSAGE.fullmatch(name) and column != prompt)
    return next(named, None)


def _by_plain_name(names: Sequence[str]) -> dict[str, str]:
    """Without case and signs; what stands in parentheses behind a name counts where it tells two apart."""
    whole = {column_languages.plain(name): name for name in names}
    bare = {verdict_names.IN_PARENTHESES.sub("", name): name for name in reversed(names)}
    short = {column_languages.plain(said): name for said, name in bare.items()}
    short = {called: name for name, called in bilingual_names.untagged(tuple(names)).items()} | short
    short = {verdict_names.plain(name): name for name in reversed(names)} | short  # userInput
    if any(name in column_words.ANSWERING for name in (*whole, *short)):
        return short | whole
    return short | whole | {first: name for name in names if (first := _first_of(name)) is not None}


def _first_of(name: str) -> str | None:
    """Of a name that joins two ("Antwort Begründung", 回答・解説) the first, where an answer and its reasons are."""
    parts = [part for part in JOINED.split(name.strip().lower()) if part]
    if len(parts) != 2 or parts[0] not in column_words.ANSWERING or parts[1] not in column_words.REASONING:
        return None
    return parts[0]


def _reasons(by_name: Mapping[str, str], prompt: str | None = None) -> str | None:
    """The thought: a column that is called so, steps in several, a sum where something else asks."""
    plain = next((by_name[name] for name in column_words.REASONING if name in by_name), None)
    if plain is not None:
        return plain
    numbered = sorted(name for name in by_name if column_words.STEPS.fullmatch(name))
    if numbered:
        return "\\n".join(f"{{{by_name[name]}}}" for name in numbered) if len(numbered) > 1 else by_name[numbered[0]]
    named = (column for name, column in by_name.items() if column_words.REASONS.fullmatch(name) and column != prompt)
    sums = (by_name[name] for name in column_words.SUMS if prompt and by_name.get(name) not in (None, prompt))
    return next(named, None) or next(sums, None)


def _revised(by_name: Mapping[str, str]) -> str | None:
    """The answer as somebody has mended it; a `revision` may be a number, but not beside what was criticised."""
    criticised = not CRITICISED.isdisjoint(by_name)
    mended = (name for name in by_name if verdict_names.is_revised(name) or (name in REVISIONS and criticised))
    return next((by_name[name] for name in mended), None)


def _numbered(by_name: Mapping[str, str]) -> str | None:
    """Turns in columns of their own: q1, a1, q2, a2; user_1, bot_1."""
    for pair, between in itertools.product(column_words.ANSWERED_BY, ("", "_")):
        pairs = itertools.takewhile(
            lambda names: by_name.keys() >= {*names},
            ([f"{who}{between}{number}" for who in pair] for number in itertools.count(1)),
        )
        turns = [by_name[name] for names in pairs for name in names]
        if turns:
            return ", ".join(turns)
    return None


def rivals(names: Sequence[str]) -> list[str]:
    """Columns that hold two answers to the same, of which their names do not say which is the better one."""
    ends = [RIVAL.fullmatch(name) for name in names]
    stems = Counter(end[1].lower() for end in ends if end)
    return [end[0] for end in ends if end and stems[end[1].lower()] > 1]


def answering(names: tuple[str, ...]) -> tuple[str | None, str | None, str | None]:
    """The columns for (an answer, the gold answer alone, a trace), whatever asks."""
    by_name = _by_plain_name(names)
    response, answer = (
        next((by_name[name] for name in wanted if name in by_name), None)
        for wanted in (column_words.RESPONSE, column_words.ANSWER)
    )
    return response, answer, _reasons(by_name)


def is_part(name: str) -> bool:
    """Whether a column of this name is part of an example beside a text: what is asked, answered, or its class."""
    plain = column_languages.plain(name)
    asks = plain in column_words.PROMPT and plain not in NICKNAMES
    return asks or column_words.CLASSES.fullmatch(plain) is not None or column_words.ANSWERS.search(plain) is not None


def is_reasons(name: str) -> bool:
    """Whether a column of this name holds how an answer is come to, or a hint at it."""
    plain = column_languages.plain(name)
    kinds = (column_words.REASONS, column_words.STEPS, column_words.HINTS)
    bare = re.sub(r"_*[\d①-⑨]$", "", plain)
    return bare in (*column_words.REASONING, *column_words.SUMS) or any(kind.fullmatch(plain) for kind in kinds)


def is_hint(name: str) -> bool:
    return column_words.HINTS.fullmatch(column_languages.plain(name)) is not None


def is_known(name: str) -> bool:
    """Whether a column of this name has a meaning here, or may have one beside others."""
    plain = column_languages.plain(name)
    return plain in column_words.KNOWN or is_part(name) or verdict_names.kind_of(name) is not None


def unused(names: Sequence[str], where: Columns) -> list[str]:
    """The columns that a mapping leaves lying."""
    said = " ".join(str(value) for value in where.model_dump().values() if value)
    return [name for name in names if name and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)]


def line(where: Columns, tool: str | None = None) -> str:
    """The mapping as a line of the configuration; `tool`: whose exports it is of."""
    given = {role: name for role, name in where.model_dump().items() if name}
    quoted = {role: name if PLAIN.fullmatch(name) else _quoted(name) for role, name in given.items()}
    columns = "columns: {" + ", ".join(f"{role}: {name}" for role, name in quoted.items()) + "}"
    return columns if tool is None else f"adapter: {tool}, {columns}"


def _quoted(name: str) -> str:
    """As YAML reads it; new lines of a template as `\\n`, which stands for one there as well."""
    return json.dumps(name.replace("\\n", "\n"), ensure_ascii=False)
