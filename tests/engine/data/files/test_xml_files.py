"""Which XML is read is told by its first element; quizzes of Moodle and posts of Stack Exchange become rows."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import IO, Any

import pytest

from helpers.rows import of_source, reason, whole
from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.files import local_files, xml_files
from so8t_engine.data.files.row_readers import BadRow

OUTSIDE = '<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def read(path: Path, text: str | bytes, *, limit: int = 5_000, skip: int = 0) -> list[Any]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    [file] = local_files.find(str(path))
    found = list(local_files.read(file, limit, skip))
    return [row if isinstance(row, BadRow) else json.loads(row.text) for row in found]


def question(kind: str, inside: str, asked: str = "Which?") -> str:
    return f'<question type="{kind}"><questiontext format="html"><text>{asked}</text></questiontext>{inside}</question>'


def answer(share: str, text: str, feedback: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{share}" format="html"><text>{text}</text>{said}</answer>'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<quiz/>", ".moodle"), ('<?xml version="1.0"?>\n<!-- x > y -->\n<quiz>', ".moodle"),
        ("\ufeff<posts>", ".posts"),
        ('<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">', ".tmx"),
        ("<tmx>", ".tmx"), ("<mediawiki>", None), ("<questions><quiz/></questions>", None), ("<quizzes>", None),
        ("quiz", None), ("", None),
    ],
)  # fmt: skip
def test_the_first_element_says_which_xml_is_read(text: str, kind: str | None, tmp_path: Path) -> None:
    (path := tmp_path / "a.XML").write_text(text, encoding="utf-8")

    assert xml_files.reader_of(path) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_xml_is_read_in_the_encodings_of_its_parser(encoding: str, tmp_path: Path) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding[:6]}"?>' if encoding == "utf-16" else ""
    quiz = f"{declared}<quiz>{question('multichoice', RIGHT + answer('0', 'Nucleus'), 'Où ?')}</quiz>"
    found = read(tmp_path / "a.xml", quiz.encode(encoding))
    assert [row["question"] for row in found] == ["Où ?"]


@pytest.mark.parametrize(
    "error", [OSError("disk"), RuntimeError("password"), NotImplementedError("method"), zipfile.BadZipFile("cut")]
)
def test_what_cannot_be_unpacked_is_no_xml(error: Exception) -> None:
    def opened() -> IO[bytes]:
        raise error

    assert xml_files.kind_of("quiz.xml", opened) is None
    assert xml_files.kind_of("quiz.XML", lambda: io.BytesIO(b"<quiz>")) == ".moodle"
    assert xml_files.kind_of("quiz.txt", lambda: io.BytesIO(b"<quiz>")) is None


@pytest.mark.parametrize("packed", [False, True])
def test_xml_that_is_read_is_read_in_folders_and_archives_too(packed: bool, tmp_path: Path) -> None:
    quiz = f"<quiz>{question('multichoice', RIGHT + answer('0', 'Nucleus'))}</quiz>"
    inside = {"quiz.xml": quiz, "pom.xml": "<project/>", "old.XML": "<xliff/>", "b/c.XML": quiz, "d.xml": ""}
    folder = tmp_path / "folder"
    for name, text in inside.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if packed:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            for name in inside:
                archive.write(folder / name, name)
    where = tmp_path / ("all.zip" if packed else "folder")
    chosen = local_files.choose(Dataset(name="a", source="local", path=str(where)))
    assert [(file.place.relative_to(where).as_posix(), file.kind) for file in chosen.files] == [
        ("b/c.XML", ".moodle"), ("quiz.xml", ".moodle"),
    ]  # fmt: skip
    rows = [row for file in chosen.files for row in local_files.read(file, 5_000)]
    assert [json.loads(row.text)["question"] for row in rows if not isinstance(row, BadRow)] == ["Which?"] * 2
    [said] = chosen.notes
    assert {*said.args["names"]} == {"pom.xml", "old.XML", "d.xml"}


def test_xml_of_another_kind_is_refused_and_that_of_translation_programs_with_what_to_export(tmp_path: Path) -> None:
    for name, text, code in (("a.xml", "<xliff>", "data.translation"), ("b.xml", "<rss>", "data.unknown_kind")):
        (path := tmp_path / name).write_text(text, encoding="utf-8")
        assert refused(lambda at=path: local_files.find(str(at))).sentence.code == code  # type: ignore[misc]


RIGHT = answer("100", "Mitochondrion", "It makes ATP.")
READ = {"question": "Which?", "A": "Nucleus", "B": "Mitochondrion", "answer": "B", "explanation": "It makes ATP."}
HALF, BAD = answer("50", "Red"), answer("-100", "Blue")


@pytest.mark.parametrize(
    ("inside", "row"),
    [
        (question("multichoice", answer("0", "Nucleus", "No!") + RIGHT), READ),
        (question("multichoice", "<single>true</single>" + answer("50", "Nucleus") + RIGHT), READ),
        (question("multichoice", "<single>true</single>" + HALF + BAD),
         {"question": "Which?", "A": "Red", "B": "Blue", "answer": ""}),
        (question("multichoice", "<single>false</single>" + HALF + BAD + answer("50", "Pink", "A mix.")),
         {"question": "Which?", "A": "Red", "B": "Blue", "C": "Pink", "answer": "A,C"}),
        (question("truefalse", answer("100", "true", "Right!") + answer("0", "false")),
         {"question": "Which?", "A": "True", "B": "False", "answer": "A"}),
        (question("truefalse", answer("0", "true") + answer("100", "false", "By law."), "水は燃える。"),
         {"question": "水は燃える。", "A": "正しい", "B": "誤り", "answer": "B", "explanation": "By law."}),
        (question("shortanswer", answer("80", "leaf green") + answer("100", "*chlorophyll*")),
         {"question": "Which?", "answer": "chlorophyll"}),
        (question("shortanswer", answer("100", r"a\*b")), {"question": "Which?", "answer": "a*b"}),
        (question("shortanswer", answer("100", "&lt;b&gt;on&lt;/b&gt; &amp;amp; off")),
         {"question": "Which?", "answer": "on & off"}),
        (question("shortanswer", answer("100", "&lt;b&gt;on&lt;/b&gt; &amp;amp;").replace('"html"', '"plain_text"')),
         {"question": "Which?", "answer": "<b>on</b> &amp;"}),
        (question("shortanswer", answer("80", "leaf green")), {"question": "Which?", "answer": ""}),
        (question("numerical", '<answer fraction="100"><text>46</text><tolerance>1</tolerance></answer>'),
         {"question": "Which?", "answer": "46"}),
        (question("matching", "<subquestion><text>Cat</text><answer><text>Meow</text></answer></subquestion>"
                  "<subquestion><text>Dog</text><answer><text>Bark</text></answer></subquestion>"
                  "<subquestion><text/><answer><text>Moo</text></answer></subquestion>"),
         {"question": "Which?\n\n- Cat\n- Dog\n\nBark / Meow / Moo", "answer": "- Cat -> Meow\n- Dog -> Bark"}),
        (question("essay", "<graderinfo><text>Look for ATP.</text></graderinfo>" + answer("0", "")),
         {"question": "Which?", "answer": ""}),
        (question("calculated", answer("100", "{a} + {b}")), {"question": "Which?", "answer": ""}),
        (question("shortanswer", "<generalfeedback><text>Leaves show.</text></generalfeedback>" + answer("100", "x")),
         {"question": "Which?", "answer": "x", "explanation": "Leaves show."}),
        (question("shortanswer", answer("100", "x"), "<![CDATA[<p>Is it <b>x</b> &amp; y?</p>]]>"),
         {"question": "Is it **x** & y?", "answer": "x"}),
        (question("shortanswer", answer("100", "x"), '<![CDATA[<img src="@@PLUGINFILE@@/a.png"> What?]]>'),
         {"question": '<img src="@@PLUGINFILE@@/a.png"> What?', "answer": "x", "image": "@@PLUGINFILE@@"}),
    ],
)  # fmt: skip
def test_each_kind_of_question_is_read_with_what_is_right(inside: str, row: dict[str, str], tmp_path: Path) -> None:
    asked = f"<?xml version='1.0'?><quiz>{question('category', '')}{inside}{question('description', '')}</quiz>"

    assert read(tmp_path / "a.xml", asked) == [row]


def test_a_quiz_is_learnt_with_its_options_and_nothing_of_a_picture_or_a_free_text() -> None:
    assert whole(READ) == {
        "prompt": "Which?\nA. Nucleus\nB. Mitochondrion", "response": "B. Mitochondrion", "category": "choice",
        "answer": "B", "answer_kind": "choice", "reasoning": "It makes ATP.", "choices": ("Nucleus", "Mitochondrion"),
    }  # fmt: skip
    assert reason({"question": "What?", "answer": "x", "image": "@@PLUGINFILE@@"}) == drop_reasons.NEEDS_MEDIA
    assert reason({"question": "Which?", "answer": ""}) == drop_reasons.EMPTY_FIELD


def test_questions_are_counted_from_one_and_a_long_one_stops_none(tmp_path: Path) -> None:
    picture = f'<file name="a.png" encoding="base64">{"A" * 9_000}</file>'
    inside = [question("shortanswer", answer("100", said) + picture) for said in ("a", "b" * 9_000, "c")]

    first, long, last = read(tmp_path / "a.xml", f"<quiz>{''.join(inside)}</quiz>")

    assert (first["answer"], last["answer"]) == ("a", "c")
    assert (long.number, long.unit, long.at, long.reason) == (2, "item", 2, drop_reasons.TOO_LONG)
    assert read(tmp_path / "b.xml", f"<quiz>{''.join(inside)}</quiz>", skip=2) == [last]


def post(number: int, kind: int, **told: Any) -> str:
    said = "".join(f' {name}="{value}"' for name, value in told.items())
    return f'<row Id="{number}" PostTypeId="{kind}" CreationDate="2014-01-21T20:26:05.383"{said} />'


POSTS = [
    post(1, 1, AcceptedAnswerId=3, Score=7, Title="Rust?", Body="&lt;p&gt;My bike.&lt;/p&gt;"),
    post(2, 2, ParentId=1, Score=30, Body="&lt;p&gt;Paint it.&lt;/p&gt;"),
    post(3, 2, ParentId=1, Score=2, Body="Soak."),
    post(4, 1, Score=2, Title="Pressure?", Body="28 mm"), post(5, 2, ParentId=4, Score=1, Body="Much."),
    post(6, 2, ParentId=4, Score=5, Body="5 bar."), post(7, 1, Score=0, Title="Colour?", Body="Any"),
    post(8, 2, ParentId=7, Score=-2, Body="Black."), post(9, 5, Body="A wiki."),
]  # fmt: skip


def test_of_a_dump_the_accepted_answer_is_learnt_else_the_best_voted(tmp_path: Path) -> None:
    rows = read(tmp_path / "Posts.xml", f"<posts>\n{''.join(POSTS)}\n</posts>")
    found = of_source(rows)

    assert rows[1] == {
        "Id": "2", "PostTypeId": "2", "AcceptedAnswerId": "", "ParentId": "1", "Score": "30", "Title": "",
        "Body": "<p>Paint it.</p>", "Tags": "",
    }  # fmt: skip
    assert [(one.prompt, one.response) for one in found if isinstance(one, ParsedRow)] == [
        ("Rust?\n\n<p>My bike.</p>", "Soak."), ("Pressure?\n\n28 mm", "5 bar."),
    ]  # fmt: skip
    assert found[1] == drop_reasons.NOT_BEST_REPLY
    assert found[7] == drop_reasons.labelled_bad("Score", "-2")


def test_posts_are_counted_from_one_and_a_long_one_stops_none(tmp_path: Path) -> None:
    posts = [post(1, 1, Body="x" * 6_000), post(2, 1, Body="y")]

    long, last = read(tmp_path / "Posts.xml", f"<posts>{''.join(posts)}</posts>")

    assert (long.number, long.unit, long.at, long.reason) == (1, "item", 1, drop_reasons.TOO_LONG)
    assert last["Body"] == "y"
    assert read(tmp_path / "Posts.xml", f"<posts>{''.join(posts)}</posts>", skip=1) == [last]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{OUTSIDE}<quiz>{question('shortanswer', answer('100', '&b;'))}</quiz>", "data.workbook_with_entities"),
        (f"{OUTSIDE}<posts>{post(1, 1, Body='&b;')}</posts>", "data.workbook_with_entities"),
        ("<quiz><question></quiz>", "data.not_xml"), ("<posts><row></posts>", "data.not_xml"),
        ("<quiz>", "data.not_xml"),
    ],
)  # fmt: skip
def test_entities_and_what_is_no_xml_are_refused(text: str, code: str, tmp_path: Path) -> None:
    assert refused(lambda: read(tmp_path / "a.xml", text)).sentence.args["why"].code == code


@pytest.mark.parametrize("root", ["quiz", "posts"])
def test_what_brings_nothing_is_not_read_to_its_end(root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("so8t_engine.data.files.sheet_xml.MOST_WITHOUT", 1_000)

    said = refused(lambda: read(tmp_path / "a.xml", f"<{root}>{'<x>y</x>' * 500}</{root}>"))

    assert said.sentence.args["why"].code == "data.not_xml"
