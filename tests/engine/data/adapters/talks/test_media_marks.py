"""A picture or a sound inside a text."""

from __future__ import annotations

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

PICTURES = ['<img src="cell.jpg">', "<img alt='' src='x.png'/>", "![](fig1.png)", "![a cell](https://x.org/a_(1).png)",
            "![[cell.png|300]]", "[img]cell.png[/img]", "[[File:Cell.png|thumb]]", "[[ファイル:細胞.png]]"]  # fmt: skip


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("asks", ["Name this part.", "これは何ですか。", "这是什么？", "이것은 무엇입니까?",
                                  "Welcher Tag ist zu sehen?", "¿Qué muestra?", "Que voit-on ?", "Wie alt ist sie?",
                                  "Welcher Dom ist das?", "How will it react?", ""])  # fmt: skip
def test_a_question_with_a_picture_is_not_learnt(picture: str, asks: str) -> None:
    for asked in (f"{picture} {asks}", f"{asks}\n{picture}"):
        assert reason({"question": asked, "answer": "Vacuole"}) == drop_reasons.NEEDS_MEDIA
    talk = [{"role": "user", "content": f"{picture} {asks}"}, {"role": "assistant", "content": "Vacuole"}]
    assert reason({"messages": talk}) == drop_reasons.NEEDS_MEDIA
    choice = {"question": f"{asks} {picture}", "choices": ["left", "right"], "answer": "left"}
    assert reason(choice) == drop_reasons.NEEDS_MEDIA


@pytest.mark.parametrize("asked", [
    "[sound:paris.mp3]", "[sound:paris.mp3] What word do you hear?", "Listen: [sound:a.mp3]",
    "[sound:a.mp3] 何と聞こえますか。", "[sound:a.mp3] 你听到了什么？", "[sound:a.mp3] 무엇이 들립니까?",
    "[sound:a.mp3] Was hörst du?",
    "[sound:a.mp3] ¿Qué oyes?",
    '<audio src="a.mp3"></audio> Qu\'entendez-vous ?',
])  # fmt: skip
def test_a_question_of_what_is_heard_is_not_learnt(asked: str) -> None:
    assert reason({"question": asked, "answer": "Paris"}) == drop_reasons.NEEDS_MEDIA


@pytest.mark.parametrize("answer", [
    "![valve](img/valve.png)", "See the picture:\n\n![valve](img/valve.png)", '<p><img src="a.png"></p>',
    "[sound:a.mp3]", "Siehe Abbildung: ![](a.png)", "Voir l'image ![](a.png)", "Ver la imagen: ![](a.png)",
    "図を参照してください。![](a.png)",
    "如图所示：![](a.png)", "그림을 참조하세요. ![](a.png)", "Figure ![](a.png)",
])  # fmt: skip
def test_an_answer_that_is_a_picture_or_points_at_one_is_not_learnt(answer: str) -> None:
    assert reason({"question": "How do I open it?", "answer": answer}) == drop_reasons.NEEDS_MEDIA


@pytest.mark.parametrize(("question", "answer"), [
    ('What does <img src="x.png"> do in HTML?', "It shows a picture."), ("What does `![](x.png)` mean?", "A picture."),
    ("How do I put a picture into Markdown?", "![text](file.png)"), ("画像を表示するタグは？", '<img src="x.png">'),
    ("Escribe la etiqueta de una imagen.", '<img src="x.png">'), ("Which is it? ![:smile:](emoji/smile.png)", "A."),
    ("How do I save?", "Click Save. ![](save.png)"),
    ("How do I save?", "1. Open the menu.\n![](a.png)\n2. Click Save."),
    ("犬 [sound:inu.mp3]", "dog"), ("dog", "犬 [sound:inu.mp3]"), ("What is 2![x] and [y](z)?", "4"),
    ("Fix it: <body><img src=a.png></body>", "<body></body>"), ("Wie öffne ich es?", "Am Ventil drehen. ![](a.png)"),
    ("如何打开？", "转动阀门。![](a.png)"), ("開け方は？", "弁を回します。![](a.png)"),
])  # fmt: skip
def test_words_that_need_no_picture_are_learnt(question: str, answer: str) -> None:
    found = parsed({"question": question, "answer": answer})
    assert (found.prompt, found.response) == (question, answer)
