"""Left-overs of pages and chat programs become words; code, formulas and texts about markup stay as they are."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data.texts import markup, text_rules

ALL = Integrate()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("So.<br />It has &quot;old&quot; streets &amp; squares.<br>", 'So.\nIt has "old" streets & squares.'),
        ("<p>Use <code>f(&lt;x&gt;)</code> &amp; enjoy.</p><p>Or not.</p>", "Use `f(<x>)` & enjoy.\n\nOr not."),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ('<a href="http://x.y/?a=1&amp;b=2" rel="n">Here</a>', "[Here](http://x.y/?a=1&b=2)"),
        ("<pre><code>a &lt; b\n  c</code></pre>Then <b>x<sup>2</sup></b>.", "```\na < b\n  c\n```\n\nThen **x^2**."),
        ("x &lt;= 3&nbsp;&amp;&amp; y", "x <= 3 && y"),
        ("&lt;p&gt;Write to us &amp;amp; quote &lt;b&gt;it&lt;/b&gt;.&lt;/p&gt;", "Write to us & quote **it**."),
        ("<p>Mercury</p><script>track(\"<b>\");</script>", "Mercury"),
        ('<style type="text/css">p { color: red }</style><p>Mercury</p><!-- ad --><noscript>On!</noscript>', "Mercury"),
        ('<div><p>So.</p><iframe src="x"></iframe><img src="a.png" alt="a"><svg><path d="M0"/></svg></div>', "So."),
        ("<section><h5>Why</h5><p>So.</p></section>", "##### Why\n\nSo."),
        ("<p class=MsoNormal><span style='font-size:11.0pt'>What&nbsp;is ice?<o:p></o:p></span></p>", "What is ice?"),
        ('<p class=MsoNormal>Frozen water &amp; more.<o:p>&nbsp;</o:p></p>', "Frozen water & more."),
        ("~~Venus~~ Mercury", "Mercury"),
        ("It is ~~not~~ so. ~~Or is it?~~", "It is so."),
        ("<s>Venus</s> Mercury", "Mercury"),
        ("~~All of it~~", ""),
        ("<p>It is <del>Venus</del> <ins>Mercury</ins>.</p>", "It is Mercury."),
        ("It is so 【4:0†source】 and large[oaicite:1]{index=1}[citation:2].", "It is so and large."),
        ("Run it:\n```\n&lt;b&gt;\n```\nThen wait &amp; see.", "Run it:\n```\n&lt;b&gt;\n```\nThen wait & see."),
    ],
)  # fmt: skip
def test_what_is_left_over_becomes_words(text: str, plain: str) -> None:
    assert text_rules.prepared(text, ALL) == (plain, ["clean_markup"])
    assert text_rules.prepared(text, Integrate(clean_markup=False)) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "a<b>c and x<y", "a<b>c", "List<String> x = y", "`&lt;` and $a&lt;b$", "```html\n<p>Hi</p>\n```",
        "AT&T writes &amp; so", "<your name>, hello &amp; bye", "Use the <b>b</b> tag.", "実体参照 &amp; を使う",
        "<div class='x'>", "Copy &copy=2 of it", "if a < b and c > d: pass", "<b>x</i>", "R&D", "The source† is old.",
        "<script>alert(1)</script>", "Put it last: <script>track();</script>", "```\na\n~~~\nb ~~c~~\n```",
        "about ~~5 to ~~6", "Write ~~so~~ in Markdown.", "a~~b~~c",
        "Find the index of <p> in S_2.",
    ],
)  # fmt: skip
def test_code_formulas_and_texts_about_markup_stay(text: str) -> None:
    assert text_rules.prepared(text, ALL) == (text, [])


def test_an_answer_to_a_question_about_markup_stays() -> None:
    assert text_rules.prepared("<p>Hi</p>", ALL, "Write a page in HTML.")[0] == "<p>Hi</p>"
    assert text_rules.prepared("<p>Hi</p>", ALL, "Greet me.")[0] == "Hi"
    assert text_rules.prepared("<p> is a paragraph", ALL, "What does <p> mean?")[0] == "<p> is a paragraph"
    of_word = '<p class="MsoNormal">It is&nbsp;so.<o:p></o:p></p>'
    assert text_rules.prepared(of_word, ALL, "Is <b>bold</b> a tag?")[0] == "It is so."
    assert text_rules.prepared(of_word, ALL, "<p class=MsoNormal>Is it?<o:p></o:p></p>")[0] == "It is so."
    assert text_rules.prepared(of_word, ALL, "What HTML does Word write? With MsoNormal?")[0] == of_word
    script = "<p>Hi</p><script>f()</script>"
    assert text_rules.prepared(script, ALL, "How do I call f in JavaScript?")[0] == script
    assert text_rules.prepared("~~No~~ Yes", ALL, "How do I strike a word out?")[0] == "~~No~~ Yes"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It is Paris.\n\nUser: And of Peru?\nAssistant: Lima", "It is Paris."),
        ("It is 4.\nHuman: Thanks", "It is 4."),
        ("パリです。\n\nユーザー: 東京は？\nアシスタント: はい", "パリです。"),
        ("It is so.\n### Human: Next?\n### Assistant: Yes.", "It is so."),
        ("Host: x\nUser: git\nPort: 22", None),
        ("Set these.\n\nUser: a\nPassword: b", None),
        ("Host: example.org\nPort: 22\n\nUser: git", None),
        ("Host: example.org\nPort: 22\n\nUser: And?\nAssistant: Yes.", "Host: example.org\nPort: 22"),
        ("Why: it is so.\nAnswer: 42\n\nUser: Thanks", "Why: it is so.\nAnswer: 42"),
        ("Answer: 42\n\nUser: Thanks", "Answer: 42"),
        ("An example:\n\nUser: Hi\nAssistant: Hello", None),
        ("User: Hi\nAssistant: Hello\nUser: Bye", None),
        ("Run it:\n```\nx\nUser: a\nAssistant: b\n```", None),
    ],
)
def test_a_turn_of_the_user_behind_an_answer_is_cut_off_where_it_was_made_up(text: str, kept: str | None) -> None:
    expected = (text, []) if kept is None else (kept, ["cut_next_turn"])
    assert text_rules.answered(text, ALL, "What is it?") == expected
    assert text_rules.answered(text, Integrate(cut_next_turn=False), "What is it?") == (text, [])
    assert text_rules.answered(text, ALL, "Write a dialogue.") == (text, [])
    assert kept is None or markup.may_go_on(text)


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("Mit &uuml;, also M&uuml;nchen.", "Wie schreibe ich ein u mit Umlaut auf einer Webseite?"),
        ("&euro; shows one.", "Which character reference shows a euro sign?"),
        ('"&uuml;" in quotes', "Which code is it?"),
        ("&nbsp; is a space that breaks no line.", "What does &amp;nbsp; do?"),
        ("Type &lt; in the source.", "How is it typed?"),
        ("&lt; と書きます。", "ウェブページで小なり記号を表示するには？"), ("「&amp;」です。", "何と打ちますか。"),
    ],
)  # fmt: skip
def test_entities_that_are_the_very_subject_stay(answer: str, asked: str) -> None:
    assert text_rules.answered(answer, ALL, asked) == (answer, [])


@pytest.mark.parametrize(
    ("answer", "asked", "plain"),
    [
        ("It is M&uuml;nchen &amp; more.", "What is the capital of Bavaria?", "It is München & more."),
        ("Firefox &amp; Chrome.", "Which browsers does the web site support?", "Firefox & Chrome."),
        ("<p>Write to M&uuml;ller.</p>", "Whom do I write to, by the web page?", "Write to Müller."),
        ("Il va &agrave; Paris.", "O\N{LATIN SMALL LETTER U WITH GRAVE} va-t-il ?", "Il va à Paris."),
    ],
)  # fmt: skip
def test_entities_that_are_left_over_become_their_characters(answer: str, asked: str, plain: str) -> None:
    assert text_rules.answered(answer, ALL, asked) == (plain, ["clean_markup"])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is <br> for?", "It breaks a line, as in one<br>two."),
        ("What does <p> do?", "<p> starts a paragraph; browsers leave space before and after it."),
        ("What is the difference between <div> and <span>?", "<div> is a block, <span> stands inside a line."),
        ("What does &nbsp; mean?", "&nbsp; is a space at which no line is broken."),
        ("How do I write <b> so that it is shown?", "&lt;b&gt;"),
        ("Which is right: <br>, <br/> or <br />?", "All three work; strict pages need <br />."),
        ("「<br>」の意味は？", "改行です。<br> は閉じません。"),
        ("改行は <br> と書きますか？", "はい、<br> です。"),
    ],
)
def test_a_lesson_about_pages_keeps_the_tags_that_it_speaks_of(question: str, answer: str) -> None:
    assert markup.without_left_overs(question) == question
    assert markup.without_left_overs(answer, question) == answer


@pytest.mark.parametrize(
    "question", ["Hello,<br>how do I cook rice?", "<p>What is a lake?</p>", "Salt &amp; pepper: how much of each?<br>"]
)
def test_a_question_that_was_written_on_a_page_is_cleaned(question: str) -> None:
    assert markup.without_left_overs(question) != question
