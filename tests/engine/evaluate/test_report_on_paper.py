"""The report printed, in a narrow window, in the dark: what its HTML and CSS promise, and where there is a Chromium,
what a browser makes of it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import so8t_resources
from so8t_engine.config import file, in_words
from so8t_engine.data.record import Example
from so8t_engine.evaluate import heldout, report, report_files, report_page
from so8t_engine.sentences import LANGUAGES
from so8t_engine.session import history

PAGES = ("report.html", "data.html", "compare.html")
PAPER = re.compile(r"@media print \{(.*)\}\s*$", re.DOTALL)
THOUGHT = "<think-task>How many are left?</think-task>\n<think-logic>9 - 3 = 6</think-logic>\n<final>6</final>"
A4_WIDTH, PHONE_WIDTH = 703, 520  # CSS pixels; of a sheet between the margins that the page asks for
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
LOOK = """<script>addEventListener("load", () => {
  const cells = [...document.querySelectorAll("td, th, p, pre, summary")].filter(each => each.getClientRects().length);
  const whole = document.documentElement, style = getComputedStyle(document.body);
  const width = whole.clientWidth;
  parent.postMessage({
    over: Math.max(0, whole.scrollWidth - whole.clientWidth),
    beyond: cells.filter(each => each.getBoundingClientRect().right > width + 1).map(each => each.innerText),
    folded: [...document.querySelectorAll("details p")].filter(each => !each.checkVisibility()).length,
    page: style.backgroundColor, ink: style.color,
  }, "*");
});</script></body>"""
COLLECT = """<script>const found = {};
addEventListener("message", told => {
  const frames = [...document.querySelectorAll("iframe")];
  found[frames.findIndex(each => each.contentWindow === told.source)] = told.data;
  document.title = JSON.stringify(found);
});</script>"""


class Headings(HTMLParser):
    """Whether every cell of a heading stands in a table's head, which a browser prints again on each page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.inside: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("thead", "table"):
            self.open.append(tag)
        if tag == "th":
            self.inside.append("thead" in self.open)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("thead", "table"):
            self.open.remove(tag)


def result(session: Path) -> dict[str, Any]:
    """Of a run with three columns, where every answer thinks."""
    session.mkdir()
    (session / history.NAME).write_bytes(b"")
    examples = [
        Example(str(n), "s", kind, "en", "heldout", "There are 9. Ken takes 3. How many?", "", "6", "6", "number", None)
        for n, kind in enumerate(["maths", "choice"] * 12)
    ]
    base, tuned = ["7"] * 24, [THOUGHT] * 23 + [" \n"]
    about = {"max_error": 0.01, "kl": 1e-6, "argmax_agreement": 1.0, "prompts": 3, "same_tokens": 2, "texts": 2}
    return {
        "name": "demo", "description": "", "seed": 1, "algorithm": "ppo", "section_share": 0.0,
        "heldout": heldout.compare(examples, base, tuned, base), "samples": report.samples(examples, base, tuned),
        "gguf": {kind: {"bytes": size, **about} for kind, size in (("F16", 9000), ("Q8_0", 5000), ("Q4_K_M", 3000))},
        "training": report.training(session), "data": [], "made_with": {},
        "phase_transitions": {"marked": [], "found": []},
    }  # fmt: skip


def facts() -> dict[str, Any]:
    seconds = {"collect": 1.0, "integrate": 2.0, "convert": 3.0, "train": 4.0, "evaluate": 5.0}
    return {"active_seconds": 15.0, "step_seconds": seconds, "joules": None, "timeline": [], "speed": {}}


@pytest.mark.parametrize("name", PAGES)
def test_that_every_tables_heading_is_printed_again_on_the_page_where_the_table_goes_on(name: str) -> None:
    headings = Headings()
    headings.feed(so8t_resources.path("report", name).read_text(encoding="utf-8"))

    assert headings.inside and all(headings.inside)


def test_that_paper_is_white_and_keeps_rows_drawings_and_headings_together() -> None:
    style = report_page.style()
    found = PAPER.search(style)

    assert found is not None
    paper = found[1]
    assert "(prefers-color-scheme: dark)" in style and "@media (prefers-color-scheme" not in style, "for screens alone"
    for rule in (
        r"color-scheme: light", r"background: #fff", r"thead \{ display: table-header-group",
        r"\btr, svg,[^{]*\{ break-inside: avoid", r"h1, h2, h3, [^{]*\{ break-after: avoid",
        r"details::details-content \{ content-visibility: visible", r"box-decoration-break: clone",
    ):  # fmt: skip
        assert re.search(rule, paper), rule


def test_that_pages_made_again_from_its_files_are_the_pages_that_the_run_wrote(tmp_path: Path) -> None:
    """In the files keys lie in the order of the alphabet: evaluate before train, Q4_K_M before Q8_0."""
    body = result(tmp_path / "s")
    first = report_files.pages(tmp_path / "s", body, facts())
    again = report_files.pages(
        tmp_path / "s", *(json.loads(json.dumps(each, sort_keys=True)) for each in (body, facts()))
    )

    assert first == again
    text = re.sub(r"<[^>]*>", " ", first["report.html"])
    assert re.search(r"collect .*integrate .*convert .*train .*evaluate ", text[text.index("Time and energy") :], re.S)
    assert "(nothing)" in first["report.html"], "white space is no answer"


def test_that_settings_are_in_the_readers_language_and_as_the_report_has_them_once_the_configuration_differs(
    tmp_path: Path,
) -> None:
    config = file.load_preset("demo")
    body = result(tmp_path / "s") | {"settings": [(name, str(said)) for name, said in in_words.settings(config)]}
    (tmp_path / "s" / "config.yaml").write_text(file.dump(config), encoding="utf-8")
    japanese, english = (report_page.html(tmp_path / "s", body, facts(), code) for code in ("ja", "en"))
    other = file.load_preset("demo", ["warmup.max_steps=7"])
    (tmp_path / "s" / "config.yaml").write_text(file.dump(other), encoding="utf-8")
    changed = report_page.html(tmp_path / "s", body, facts(), "ja")

    assert "learning rate" not in japanese and f"更新 {config.warmup.max_steps} 回、学習率" in japanese
    assert f"{config.warmup.max_steps} updates, learning rate" in english
    assert f"{config.warmup.max_steps} updates, learning rate" in changed and "更新 7 回" not in changed


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_that_a_browser_shows_all_of_it_on_a_sheet_and_on_a_phone_in_both_languages(tmp_path: Path) -> None:
    body = result(tmp_path / "s")
    pages = [report_page.html(tmp_path / "s", body, facts(), code).replace("</body>", LOOK) for code in LANGUAGES]
    sheets = [(page.replace("@media print {", "@media all {"), A4_WIDTH) for page in pages]
    found = looked_at(tmp_path, [*sheets, *((page, PHONE_WIDTH) for page in pages)])

    assert [(each["over"], each["beyond"], each["folded"]) for each in found[:2]] == [(0, [], 0)] * 2
    assert {(each["page"], each["ink"]) for each in found[:2]} == {("rgb(255, 255, 255)", "rgb(24, 32, 43)")}
    assert [(each["over"], each["folded"] > 0) for each in found[2:]] == [(0, True)] * 2


def looked_at(folder: Path, pages: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """What LOOK says of each page at its width; one browser for all, as its start takes longest."""
    frames = [f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{escape(page)}"></iframe>'
              for page, width in pages]  # fmt: skip
    (folder / "page.html").write_text(COLLECT + "".join(frames), encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}",
        "--hide-scrollbars", "--dump-dom", (folder / "page.html").as_uri(),
    ]  # fmt: skip
    made = subprocess.run(command, capture_output=True, timeout=120, check=True)
    told = re.search(r"<title>(.*?)</title>", made.stdout.decode("utf-8", "replace"), re.DOTALL)
    assert told is not None
    found = json.loads(unescape(told[1]))
    return [found[str(place)] for place in range(len(pages))]
