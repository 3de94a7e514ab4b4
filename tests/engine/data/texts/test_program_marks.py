"""People, channels, pages and links stand in an answer as who reads it knows them, not by a program's own codes."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data.texts import program_marks, text_rules

ALL = Integrate()


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        ("<@U01ANA> Open <https://x.org|the page> in <#C012|general>.", "Open [the page](https://x.org) in #general."),
        ("<@U1>, <@U2>: it is so.", "it is so."), ("<@U1>\nIt is so.", "It is so."), ("Done. <@U1>", "Done."),
        ("It is so. cc <@U1> <@U2>", "It is so."), ("<@U1> knows it, <@U2|Bob> too.", "@user knows it, Bob too."),
        ("<!here> Ask <!subteam^S1|@office> in <#C1>.", "Ask @office in #channel."),
        ("Mail <mailto:hr@example.com|hr@example.com>.", "Mail hr@example.com."),
        ("<@U1> さん、<#C9|総務> で聞いてください。", "#総務 で聞いてください。"),
        ("<@U1> さんです。", "@user さんです。"),
        ("[To:12]\nはい、そうです。", "はい、そうです。"), ("[rp aid=1 to=2-3] はい。", "はい。"),
        ("It is {user:123}.", "It is @user."), ("Ask <users/123> or {channel:7}.", "Ask @user or #channel."),
        ("See <@!12345678> in <#12345678> <a:wave:12345678>.", "See @user in #channel :wave:."),
        ("Until <t:1618953630:R>.", "Until 2021-04-20."), ("<at id=\"0\">Ana Lee</at> knows.", "Ana Lee knows."),
        ("@[Ana Lee](user:12) knows.", "Ana Lee knows."),
        ("(See [[Paris, Texas]] and [[the end of it]].)", "(See Paris, Texas and the end of it.)"),
        ("[~jdoe] wrote [the page|https://x.org].", "@jdoe wrote [the page](https://x.org)."),
        ("Ask [~accountid:5b10a:x-1].", "Ask @user."),
        ("By a [[membrane|porous wall]], see [[Diffusion]]. ^abc123", "By a porous wall, see Diffusion."),
        ("See ![[a picture.png]] [[Cells#Wall]], [[Cells#^a1b2c3]].", "See Cells > Wall, Cells."),
        ("[[水]]が[[膜|半透膜]]を通る。 ^x1", "水が半透膜を通る。"), ("| a |\n| - |\n\n^a1b2c3", "| a |\n| - |"),
        ("A note ^a1b2c3\nand more.", "A note\nand more."), ("<@U1>", ""), ("<@U1|Bob>", "Bob"),
    ],
)  # fmt: skip
def test_codes_become_names_and_labels_or_go(answer: str, plain: str) -> None:
    assert text_rules.answered(answer, ALL, "What is it?") == (plain, ["clean_markup"])
    assert text_rules.prepared(answer, Integrate(clean_markup=False)) == (answer, [])


@pytest.mark.parametrize(
    "text",
    [
        "`<@U123>` and ```\n<@U1>\n```", "x[[1]], df[[name]]", "[[1, 2], [3, 4]]", "A = [[a, b]]", "Rating: [[5]]",
        "[[A]]",
        'Write "[[rating]]".', "if [[ -f x ]]; then", "x ^2", "a = x ^ab", "The 2 ^10", "Dear [[Your Name]]",
        "<a@b.org>",
        "<https://x.org>", "{user}", "a <- b[[length(b)]]", "[a|b]", "x < y | z > w", "See [[1]] and [[Cells]].",
        "stack = [[target, 0]]", "torch.tensor([[image.height, image.width]])", "return [[images]]", "nodes[~values]",
        "[[left, top]]", "[[*range(0, n)]]", "Extends [~modeling.PreTrained].",
    ],
)  # fmt: skip
def test_code_formulas_and_what_is_asked_for_stay(text: str) -> None:
    assert program_marks.in_words(text, "What is it?") == text


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("How do I mention somebody in Slack?", "Write <@U123>."), ("メンションの書き方は？", "<@U123> と書きます。"),
        ("How does a wiki link a page?", "By [[Page]]."), ("Give the verdict in double brackets.", "[[Tie]]"),
        ("結果は二重括弧で示してください。", "[[引き分け]]"),
        ("How are blocks named in Obsidian?", "By an id. ^abc123"),
    ],
)  # fmt: skip
def test_a_question_about_such_marks_keeps_them(asked: str, answer: str) -> None:
    assert program_marks.in_words(answer, asked) == answer


def test_a_question_is_read_as_well() -> None:
    assert program_marks.in_words("<@UBOT> how do I reset it?") == "how do I reset it?"
    assert program_marks.in_words("What is [[osmosis]]?") == "What is osmosis?"
