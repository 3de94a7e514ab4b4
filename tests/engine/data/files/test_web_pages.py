"""Web pages: read by what they tell search engines, or by headings that ask; all others are refused with what to do."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.data.files import json_documents, local_files, web_pages
from so8t_engine.data.files.row_readers import RawRow

HOW, CAN, WHERE = "How do I reset it?", "Can I cancel?", "Where are you?"
PAIRS = [(HOW, "Click here."), (CAN, "Yes."), (WHERE, "In Berlin.")]


def question(asked: str, said: str | None, **more: Any) -> dict[str, Any]:
    answer = {"acceptedAnswer": {"@type": "Answer", "text": said}} if said else {"answerCount": 0}
    return {"@type": "Question", "name": asked, **answer, **more}


FAQ = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [question(*pair) for pair in PAIRS]}
OF_ONE = {"@type": "QAPage", "mainEntity": question(HOW, "Click here.", suggestedAnswer=[{"text": "No idea."}])}


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html><head><title>Help</title>{head}</head><body>{body}</body></html>"


def script(told: Any) -> str:
    return f'<script type="application/ld+json">\n{json.dumps(told)}</script>'


def read(path: Path, text: str) -> list[tuple[str, str]]:
    path.write_text(text, encoding="utf-8")
    [file] = local_files.find(str(path))
    rows = [json.loads(item.text) for item in local_files.read(file, 10_000) if isinstance(item, RawRow)]
    return [(row["question"], row["answer"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (page("<h1>FAQ</h1>", script(FAQ)), PAIRS), (page(f"<h1>FAQ</h1>{script([FAQ])}"), PAIRS),
        (page(script({"@graph": [{"@type": "WebPage", "name": "x"}, FAQ]})), PAIRS),
        (page(script(OF_ONE)), PAIRS[:1]), (page(script(FAQ) + script("{broken")), PAIRS),
        (page("".join(f"<h2>{asked}</h2><p>{said}</p>" for asked, said in PAIRS)), PAIRS),
        (page("".join(f"<h3>{asked}</h3><h4>In short</h4><p>{said}</p>" for asked, said in PAIRS)),
         [(asked, f"#### In short\n\n{said}") for asked, said in PAIRS]),
        (page("".join(f"<details><summary>{asked}</summary>{said}</details>" for asked, said in PAIRS)), PAIRS),
        (page("<dl>" + "".join(f"<dt>{asked}<dd>{said}" for asked, said in PAIRS)), PAIRS),
        (page(f"<nav><h2>Menu?</h2></nav><h2>{HOW}</h2>Click\n <b>here</b>.<h2>{CAN}</h2>"
              f"<ul><li>Yes</li><li>No</li></ul><h2>{WHERE}</h2><pre>a\n  b</pre><footer>2024</footer>"
              "<script>x</script>"),
         [(HOW, "Click here."), (CAN, "- Yes\n- No"), (WHERE, "a\n  b")]),
        (page("".join(f"<h2>{asked}</h2><p>{said}<br>And<br/>more.</p>" for asked, said in PAIRS)),
         [(asked, f"{said}\nAnd\nmore.") for asked, said in PAIRS]),
        (page("".join(f"<p><b>Q:</b> {asked}</p><p><b>A:</b> {said}</p>" for asked, said in PAIRS)), PAIRS),
    ],
)  # fmt: skip
def test_a_page_is_read_by_what_it_tells_of_itself_or_by_its_headings(
    tmp_path: Path, text: str, pairs: list[tuple[str, str]]
) -> None:
    assert read(tmp_path / "a.html", text) == pairs


TITLES = ("Reset your password", "Change your address", "Cancel an order")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.html", page("".join(f"<h2>{title}</h2><p>So.</p>" for title in TITLES)), "page_of_titles"),
        ("a.md", "# Help\n\n" + "".join(f"## {title}\n\nSo.\n\n" for title in TITLES), "page_of_titles"),
        ("a.htm", page("<h1>Shoes</h1><p>We sell them.</p>"), "saved_page"),
        ("a.html", page(script({"@type": "Product", "name": "Shoe"})), "saved_page"),
        ("a.md", "# Shoes\n\nWe sell them.\n", "unknown_text"),
    ],
)
def test_a_page_whose_titles_do_not_ask_is_refused_with_them(tmp_path: Path, name: str, text: str, code: str) -> None:
    error = refused(lambda: read(tmp_path / name, text)).sentence
    assert error.code == f"data.{code}"
    assert error.args.get("titles", list(TITLES)) == list(TITLES)


@pytest.mark.parametrize(
    ("document", "pairs"),
    [
        (FAQ, PAIRS), (OF_ONE, PAIRS[:1]), ([FAQ, OF_ONE], [*PAIRS, PAIRS[0]]),
        ({"@type": ["QAPage"], "mainEntity": question(HOW, None, text="It is lost.")}, [(f"{HOW}\n\nIt is lost.", "")]),
    ],
)  # fmt: skip
def test_what_pages_tell_search_engines_may_lie_in_a_file(document: Any, pairs: list[tuple[str, str]]) -> None:
    """The text of a question was proposed as its answer."""
    found = json_documents.json_rows(io.BytesIO(json.dumps(document).encode()), 10_000)
    rows = [json.loads(item.text) for item in found if isinstance(item, RawRow)]
    assert [(row["question"], row["answer"]) for row in rows] == pairs


def test_headings_of_a_page_are_those_of_markdown_as_deep_as_they_are() -> None:
    names = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "p", "b")
    page = "".join(f"<{name}>x</{name}>y" for name in names).encode()
    said = [f"{mark} x" for mark in ("#", "##", "###", "####", "#####", "######", "####", "####")]
    assert web_pages._page(io.BytesIO(page)).text.split("\n\n")[::2] == [*said, "x"]
