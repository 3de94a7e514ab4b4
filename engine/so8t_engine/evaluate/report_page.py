"""The report as a page that needs no network, and as Markdown, in one language; foreign text is escaped."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import so8t_resources
from so8t_engine import numerals
from so8t_engine.config import file as config_file
from so8t_engine.data import drop_reasons, own_questions
from so8t_engine.data.record import SECTIONS
from so8t_engine.data.thought import thinking, thought_table
from so8t_engine.evaluate import benchmark_table, report_chart, report_verdicts, settings_in_words
from so8t_engine.plain_text import plain
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence, duration_text, from_json, named, say, sentence, verbatim
from so8t_engine.session import display_name, gguf_files, history, next_run

ENTITY = re.compile(r"&(?=#?\w+;)")  # would be read as another sign
TAG = re.compile(r"<(?=[A-Za-z/!?])")  # would begin a tag, a comment or a link
QUOTE = re.compile(r"^>")
FELL_BACK = re.compile(r"(?P<tensor>\S+): (?P<stored>\S+) instead of (?P<wanted>\S+)")  # as gguf_writer tells it
KINDS = {"base": "before", "warmed": "middle", "tuned": "after"}  # of columns, as the style sheet names them
WORSE = ("report.next_worse", "report.next_worse_unformed")
DEMO = "demo"  # the name of runs of this preset
NAMES = {"en": "English", "ja": "日本語"}


def file_name(language: str) -> str:
    """Of the page in a language that is not the user's."""
    return f"report.{language}.html"


def style() -> str:
    """The style sheet of all pages, as far as </style>."""
    page = so8t_resources.path("report", "report.html").read_text(encoding="utf-8")
    return page[page.index("<style>") : page.index("</style>")]


def html(
    session: Path,
    result: dict[str, Any],
    facts: dict[str, Any],
    language: str,
    main: bool = True,
    benchmark: dict[str, Any] | None = None,
) -> str:
    """`facts`: as run_facts.read gives them, with `speed` by type, and `data_pages`: by language, the page about the
    data where there is one. `main`: it is report.html itself.

    `benchmark`: lm_eval.json, where lm-evaluation-harness was asked.
    """
    return _rendered("report.html", session, result, facts, language, main, benchmark)


def markdown(
    session: Path,
    result: dict[str, Any],
    facts: dict[str, Any],
    language: str,
    benchmark: dict[str, Any] | None = None,
) -> str:
    return _rendered("report.md", session, result, facts, language, True, benchmark)


def _rendered(
    name: str,
    session: Path,
    result: dict[str, Any],
    facts: dict[str, Any],
    language: str,
    main: bool,
    benchmark: dict[str, Any] | None,
) -> str:
    speak = Speaker(language)
    name_of_run = display_name.of(session) or result["name"]
    asked = benchmark_table.lines(benchmark) if benchmark is not None else []
    return _template(name, language).render(
        language=language, session=session.name, name=name_of_run, result=result, facts=facts,
        speed=facts.get("speed", {}),
        other=_other(language, main), benchmark=benchmark, benchmark_lines=asked,
        data_page=facts.get("data_pages", {}).get(language, ""),
        **_figures(result, session, speak), **_training(session, speak),
    )  # fmt: skip


@functools.cache
def _template(name: str, language: str) -> jinja2.Template:
    """Compiled once in a process: that takes longer than to fill it."""
    environment = jinja2.Environment(
        autoescape=name.endswith(".html"), undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    speak = Speaker(language)
    environment.filters |= {
        **NUMERALS, "megabytes": megabytes, "points": speak.points, "fell_back": speak.fell_back,
        "of": of, "parsed": thinking.parse,
        "duration": functools.partial(duration_text, language=language),
        "md": md, "measured": benchmark_table.value, "by_step": by_step,
    }  # fmt: skip
    environment.globals |= {"say": speak.say, "word": speak.word, "spoken": speak.spoken, "cost": speak.cost}
    environment.globals |= {"left_out": speak.left_out, "origin": speak.origin}
    environment.globals |= {"gained_and_lost": numerals.gained_and_lost, "points_between": numerals.points_between}
    return environment.from_string(so8t_resources.path("report", name).read_text(encoding="utf-8"))


def _figures(result: dict[str, Any], session: Path, speak: Speaker) -> dict[str, Any]:
    groups, gguf, in_words = result["heldout"]["groups"], result["gguf"], settings_in_words.of(session)
    unasked = own_questions.of_report(result.get("data", []))
    verdict, learning = report_verdicts.verdict(groups["all"]), report_verdicts.share_of_learning(result)
    advice = report_verdicts.advice(gguf, worse=verdict.code == "report.worse")
    return {
        "groups": groups,
        "columns": _columns(result, speak),
        "kinds": KINDS,
        "sections": SECTIONS,
        "verdict": speak.spoken(verdict),
        "learning": speak.spoken(learning) if learning is not None else "",
        "own_not_asked": speak.say("report.own_not_asked", names=unasked) if unasked else "",
        "troubles": [speak.spoken(trouble) for trouble in next_run.troubles(groups["all"])],
        "advice": speak.spoken(advice) if advice is not None else "",
        "best": gguf_files.best(gguf),
        "files": dict(sorted(gguf.items(), key=lambda item: (-item[1].get("bytes", 0), item[0]))),
        "answered": any("same_answer" in about for about in gguf.values()),
        "problems": {kind: speak.spoken(from_json(about["error"])) for kind, about in gguf.items() if "error" in about},
        "steps": list(_next_steps(result, session.name, speak)),
        "description": speak.description(str(result["description"] or "")),
        "base_model": _base_model(result.get("base_model"), speak),
        "settings": [
            (speak.word("setting", key), speak.spoken(in_words.get(value, verbatim(value))))
            for key, value in result.get("settings", [])
        ],
        "strength": speak.strength(result),
        "thought": [speak.spoken(thought_table.line(row)) for row in result.get("thought", []) if row["learnt"]],
    }


def _training(session: Path, speak: Speaker) -> dict[str, Any]:
    entries = list(history.read(session / history.NAME))
    updates = report_chart.updates_of(entries)
    words = report_chart.words(speak.language)
    drawn = (
        report_chart.loss_and_alpha(updates, report_chart.marks(entries, speak.language), words),
        report_chart.reward_and_kl(updates, words),
    )
    return {
        "charts": [Markup(svg) for svg in drawn if svg],  # our own drawing: every word in it is escaped there
        "phases": {phase: speak.word("phase", phase) for phase in report_chart.PHASES},
    }


class Speaker:
    """What a template says, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, code: str, **values: Any) -> str:
        return say(sentence(code, **values), self.language)

    def word(self, area: str, name: str) -> str:
        return say(named(area, name), self.language)

    def spoken(self, what: Sentence | dict[str, Any]) -> str:
        return say(what if isinstance(what, Sentence) else from_json(what), self.language)

    def description(self, text: str) -> str:
        """Of a run: that of a preset is known in both languages, a user's own is as it is."""
        return next((self.spoken(about) for _, about in config_file.presets() if str(about) == text), text)

    def fell_back(self, told: str) -> str:
        """A tensor that has another type than its file."""
        found = FELL_BACK.fullmatch(told)
        return self.say("report.fell_back", **found.groupdict()) if found else told

    def cost(self, row: Mapping[str, Any]) -> str:
        """Of a row of the timeline: how long it stood still, or how much work was lost."""
        if row["seconds"] is None:
            return self.say("report.unknown") if row["kind"] == "cut" else ""
        if row["kind"] != "cut":
            return self.say("report.stood_still", seconds=row["seconds"])
        if row["lost_units"] is None:
            return self.say("report.lost_time", seconds=f"{row['seconds']:.1f}")
        return self.say("report.lost_work", seconds=f"{row['seconds']:.1f}", units=row["lost_units"])

    def strength(self, result: Mapping[str, Any]) -> str:
        """Of the gates: what the last update was trained at, and what the model has, where these differ."""
        course = result["training"].get(result["algorithm"], {}).get("alpha") or [None]
        about, last = result.get("strength"), course[-1]
        if not about or last is None:
            return ""
        delivered, goal, trained = (f"{value:.3f}" for value in (about["delivered"], about["goal"], last))
        if delivered != goal:
            return self.say("report.alpha_short", delivered=delivered, goal=goal)
        return "" if trained == delivered else self.say("report.alpha_last", last=trained, delivered=delivered)

    def origin(self, source: Mapping[str, Any]) -> str:
        """Where a source of data is from. Reports of an earlier version name the Hub's alone."""
        path = source["path"]
        if not path:
            return self.say("report.local_file")
        return self.say("report.of_so8t") if path.startswith(own_questions.DEMO) else str(path)

    def left_out(self, became: Mapping[str, Any]) -> str:
        """How many of a source, and mostly why."""
        reasons = became["reasons"]
        if not reasons:
            return numerals.count(became["left_out"])
        reason = min(reasons, key=lambda text: (-reasons[text], text))
        why = say(drop_reasons.of_text(reason), self.language)
        return self.say("report.mostly", count=became["left_out"], reason=why.rstrip("."))

    def points(self, figures: Mapping[str, Any]) -> str:
        """The interval of a difference, where it has one."""
        if not report_verdicts.has_interval(figures["difference"]):
            return numerals.NO_NUMBER
        low, high = (numerals.points(figures["difference"][key]) for key in ("low", "high"))
        return self.say("report.to", low=low, high=high)


def _columns(result: dict[str, Any], speak: Speaker) -> dict[str, str]:
    """What each column is called; the last by what made it, where that can be told apart."""
    figures = result["heldout"]["groups"]["all"]
    names = {"base": speak.say("column.base")}
    if "warmed" in figures:
        names["warmed"] = speak.say("column.warmed")
    apart = "by_learning" in figures and result["algorithm"] in result["training"]
    phase = named("phase", result["algorithm"])
    return names | {"tuned": speak.say("column.after", phase=phase) if apart else speak.say("column.tuned")}


def _next_steps(result: dict[str, Any], session: str, speak: Speaker) -> Iterator[tuple[str, str]]:
    """(what to do, the line to type or "")."""
    figures, unasked = result["heldout"]["groups"]["all"], own_questions.of_report(result.get("data", []))
    learnt = report_verdicts.share_of_learning(result) is not None
    advice = next_run.advice(
        figures, result["algorithm"], demo=result.get("name") == DEMO, unasked=bool(unasked), learnt=learnt
    )
    worse = [told for told in advice if told.code in WORSE]
    for told in worse:  # before the model is handed on
        yield speak.spoken(told), ""
    kind = gguf_files.best(result["gguf"])
    if kind is not None:
        yield speak.say("report.next_chat"), f"so8t chat {session} --quant {kind}"
        yield speak.say("report.next_ollama"), f"so8t use ollama {session} --quant {kind}"
        yield speak.say("report.next_lmstudio"), f"so8t use lmstudio {session} --quant {kind}"
    yield speak.say("report.next_hf"), ""
    if any("error" in about for about in result.get("gguf", {}).values()):
        yield speak.say("report.next_again"), f"so8t resume {session} --evaluate-again"
    for told in advice:
        if told not in worse:
            yield speak.spoken(told), ""


def _base_model(about: Mapping[str, Any] | None, speak: Speaker) -> str:
    if not about:
        return ""
    if about["name"] is None:
        return speak.say("report.base_built")
    revision = f" ({about['revision'][:12]})" if about.get("revision") else ""
    licence = f", {about['licence']}" if about.get("licence") else ""
    return speak.say("report.base_is", name=f"{about['name']}{revision}{licence}")


def _other(language: str, main: bool) -> dict[str, str]:
    [other] = [name for name in NAMES if name != language]
    return {"language": other, "name": NAMES[other], "file": file_name(other) if main else "report.html"}


def by_step(seconds: Mapping[str, float]) -> list[tuple[str, float]]:
    """In the order of the steps: in a file they lie in that of their names."""
    return [(step, seconds[step]) for step in (*STEPS, *sorted(seconds.keys() - {*STEPS})) if step in seconds]


def interval(figures: Mapping[str, Any]) -> str:
    """`41\N{EN DASH}59 %` of a share's 95 % interval."""
    if not figures["total"]:
        return ""
    return f"{numerals.share_text(figures['low'], 0)}\N{EN DASH}{numerals.percent(figures['high'], 0)}"


def of(figures: Mapping[str, Any]) -> str:
    """A share with what it was counted in."""
    if not figures["total"]:
        return numerals.NO_NUMBER
    right, total = numerals.count(figures["right"]), numerals.count(figures["total"])
    return f"{right}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{total}"


def megabytes(size: int) -> str:
    return f"{size / 1e9:,.2f}\N{NO-BREAK SPACE}GB" if size >= 1e9 else f"{size / 1e6:,.1f}\N{NO-BREAK SPACE}MB"


def p_value(value: float) -> str:
    return "<\N{NO-BREAK SPACE}0.001" if value < 0.001 else numerals.formatted(value, ".3f")


NUMERALS = {  # filters of every page
    "number": numerals.formatted, "counted": numerals.count, "percent": numerals.percent, "interval": interval,
    "p_value": p_value,
}  # fmt: skip


def md(value: object) -> str:
    """As one cell or line of Markdown: no pipe, tag or code of its own.

    Signs that mean nothing where they stand, as in "p < 0.001" or "R & D", stay as they are: people read the file too.
    """
    text = plain(value)
    for sign, instead in (("\\", "\\\\"), ("|", "\\|"), ("`", "'"), ("[", "\\["), ("*", "\\*"), ("_", "\\_")):
        text = text.replace(sign, instead)
    return QUOTE.sub(r"\\>", TAG.sub("&lt;", ENTITY.sub("&amp;", text)))
