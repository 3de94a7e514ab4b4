"""An encoding is told by the letters of the languages it is for; where two make good words both are named."""

from __future__ import annotations

import pytest

from so8t_engine.data.files import encodings, likely_encodings
from so8t_engine.sentences import Sentence

TEXTS = {
    "French": "Où est l'hôtel ?;Près de la forêt, à côté du château.\nQui a écrit « Les Misérables » ?;Victor Hugo\n",
    "German": "Wie heißt die Hauptstadt von Österreich?;Wien\nWer schrieb „Faust“?;Goethe\nWas ist größer?;Das\n",
    "Spanish": "¿Cuál es la capital de España?;Madrid\n¿Qué año empezó?;En el año mil, según él.\n",
    "Portuguese": "Qual é a capital?;Brasília, não São Paulo.\n",
    "Italian": "Qual è la città più grande?;È Roma, però Milano è più ricca.\n",
    "Swedish": "Vad är is?;Fruset vatten på en sjö är is.\n",
    "Danish": "Hvad er øl?;Det er på én måde en drik, æble er frugt.\n",
    "Icelandic": "Hvað er ís?;Það er frosið vatn, þú veist. Ég á hús og bíl.\n",
    "Polish": "Jaka jest stolica Polski?;Warszawa, leżąca nad Wisłą.\nIle województw?;Szesnaście, część źdźbła.\n",
    "Czech": "Jak se řekne žlutý kůň?;Žlutý kůň úpěl ďábelské ódy.\n",
    "Hungarian": "Mi a jég?;Fagyott víz, ami a tóban és erdőben fűszál között úszik.\n",
    "Turkish": "Türkiye'nin başkenti neresidir?;Ankara, İç Anadolu'da çok güzel bir şehir, dağ.\n",
    "Lithuanian": "Kas yra ledas?;Užšalęs vanduo, kurį žiemą rasi ežere. Ąžuolas čia.\n",
    "Russian": "Что такое лёд?;Замёрзшая вода.\nСтолица России?;Москва, город на реке.\n",
    "Ukrainian": "Що таке лід?;Це замерзла вода, її їдять діти в Україні.\n",
    "Greek": "Τι είναι ο πάγος;;Παγωμένο νερό στη λίμνη.\n",
    "Hebrew": "מה זה קרח?;מים קפואים, לא חמים. הילדים אוהבים לשתות אותו בבית של אמא.\n",
    "Arabic": "ما هو الجليد؟;الماء المتجمد في البحيرة\n",
    "Thai": "น้ำแข็งคืออะไร?,น้ำที่แข็งตัวเป็นก้อน\n",
    "Chinese": "中国的首都是哪里？,北京。\n水的化学式是什么？,H2O，由氢和氧组成。\n",
    "Taiwanese": "台灣的首都是哪裡？,台北市。\n水的化學式是什麼？,H2O。\n",
    "Korean": "한국의 수도는?,서울입니다.\n물의 화학식은?,H2O입니다.\n",
    "Japanese": "雪は何色ですか？,白色です。\n",
    "half-width kana": "ｼﾂﾓﾝ,ｶｲﾄｳ\n水ﾊ?,H2Oﾃﾞｽ｡\nｿﾗﾊ?,ｱｵｲﾃﾞｽ｡\n",
    "English": "What’s this?,“A thing” – it’s fine.\nHow much?,It costs £5 … and 20°C\n",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *[(name, "cp1252") for name in ("French", "German", "Spanish", "Portuguese", "Italian", "Swedish", "Danish")],
        ("Icelandic", "cp1252"), ("English", "cp1252"), ("French", "mac-roman"), ("German", "mac-roman"),
        ("French", "cp850"), ("Spanish", "cp850"), ("Swedish", "cp850"),
        *[(name, encoding) for name in ("Polish", "Czech") for encoding in ("cp1250", "iso8859-2", "cp852")],
        ("Hungarian", "cp1250"), ("Turkish", "cp1254"), ("Lithuanian", "cp1257"),
        *[("Russian", encoding) for encoding in ("cp1251", "koi8-r", "cp866", "iso8859-5")],
        ("Ukrainian", "cp1251"), ("Ukrainian", "koi8-u"), ("Greek", "cp1253"), ("Hebrew", "cp1255"),
        ("Arabic", "cp1256"), ("Thai", "cp874"), ("Chinese", "gb18030"), ("Taiwanese", "big5"), ("Korean", "cp949"),
        ("Japanese", "cp932"), ("Japanese", "euc-jp"), ("half-width kana", "cp932"),
    ],
)  # fmt: skip
def test_the_encoding_in_which_all_letters_are_of_one_language_is_the_one(language: str, encoding: str) -> None:
    found = likely_encodings.guesses(TEXTS[language].encode(encoding))
    assert [one.encoding for one in likely_encodings.rivals(found)] == [encoding]


def said(head: bytes) -> Sentence:
    with pytest.raises(ValueError) as refused:
        encodings.find(head, None)
    found = refused.value.args[0]
    assert isinstance(found, Sentence)
    return found


def test_the_words_that_were_read_are_shown_with_the_key() -> None:
    polish = TEXTS["Polish"].encode("iso8859-2")
    told = str(said(polish.partition(b", cz")[0]))
    assert "looks like iso8859-2 (leżąca, Wisłą, województw)" in told and "`encoding: iso8859-2`" in told


def test_what_alone_makes_eight_good_words_is_read() -> None:
    seven = "Żółć łąka źdźbło gęś mróz wójt. "
    assert said(f"{seven}świt\n".encode("cp1250")).args["encoding"] == "cp1250"
    read = encodings.find(f"{seven}świt, żuk\n".encode("cp1250"), None)
    assert read == encodings.Encoding("cp1250", True, ("Żółć", "łąka", "źdźbło"))


def test_what_two_encodings_make_good_words_of_is_a_choice_with_words_of_both() -> None:
    told = said("Com'è? È così perché più tardi però no.\n".encode("cp1252"))
    assert told.code == "data.two_encodings"
    assert (told.args["encoding"], told.args["other"]) == ("cp1252", "cp1250")
    assert (told.args["words"][:2], told.args["other_words"][:2]) == (["Com'è", "È"], ["Com'č", "Č"])


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("Müller,Peña\nBjørk,Gonçalves\nCafé,Åse\nDuponté,Señora\nJørgen,Nuñez\n", "data.other_encoding"),
        ("Müller,Peña\nBjørk,Gonçalves\nCafé,Gräfe\nÅse,Dvoák\n", "data.two_encodings"),
        ("Þór,Peña\nBjørk\n", "data.two_encodings"), ("Peña,Bjørk\n", "data.no_encoding"),
    ],
)  # fmt: skip
def test_names_of_several_languages_are_named_as_what_they_may_be_and_never_taken(names: str, code: str) -> None:
    assert said(names.encode("cp1252")).code == code


def test_half_width_kana_and_lines_in_two_encodings_are_named_as_such() -> None:
    assert said(TEXTS["half-width kana"].encode("cp932")).args["encoding"] == "cp932"
    japanese = "問い,答え\n山は？,富士山です。\n".encode("cp932")
    mixed = said(japanese + "空は？,青いです。\n海は？,塩辛いです。\n".encode())
    assert mixed.code == "data.mixed_encodings"
    assert {name: mixed.args[name] for name in ("count", "first", "last", "encoding")} == {
        "count": 2, "first": 1, "last": 2, "encoding": "cp932",
    }  # fmt: skip


def test_a_letter_at_the_end_of_a_line_is_no_piece_of_one_in_utf8() -> None:
    """In a whole text the last character may be cut off, in a line none is."""
    assert said("What’s ice?,Water…\nWhat is fog?,Drops…\nCafé\n".encode("mac-roman")).code == "data.other_encoding"
    assert encodings.find("Où ?,Là-bas\n".encode() * 3 + "é".encode()[:1], None).name == "utf-8"


def test_bytes_that_are_no_text_in_any_encoding_are_said_to_be_none() -> None:
    assert likely_encodings.guesses(b"plain") == []
    assert "cp932" not in [one.encoding for one in likely_encodings.guesses(b"cut off\x81")]
    assert said(bytes(range(1, 32)).replace(b"\n", b"") * 3 + b"\x81\x8d\xff\n" * 3).code == "data.no_encoding"


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("aé", {("é", 1.0): 1}), ("É", {("É", 1.0): 1}), ("éÉ", {("é", 1.0): 1, ("É", 0.0): 1}),
        ("aÉ", {("É", 0.0): 1}),
        ("ÉÉ", {("É", 1.0): 1, ("É", 0.85): 1}), ("a’b", {("’", 1.0): 1}), ("a…b", {("…", 0.0): 1}),
        ("a… …b", {("…", 1.0): 2}), ("1é é1 é", {("é", 0.5): 2, ("é", 1.0): 1}), ("aж", {("ж", 0.0): 1}),
        ("жa", {("ж", 0.0): 1}), ("жж", {("ж", 1.0): 2}), ("ж1", {("ж", 0.5): 1}), ("a日b", {("日", 1.0): 1}),
        ("abc", {}),
    ],
)  # fmt: skip
def test_what_a_letter_is_worth_where_it_stands(text: str, worth: dict[tuple[str, float], int]) -> None:
    assert likely_encodings._characters(text) == worth


def test_what_a_letter_of_asia_is_worth_by_itself() -> None:
    simple = {c: likely_encodings._of_hanzi(c, "gb2312") for c in "的踊齄鬱ж、"}
    assert simple == {"的": 1.0, "踊": 0.6, "齄": 0.0, "鬱": 0.0, "ж": 0.0, "、": 0.0}
    assert {c: likely_encodings._of_hanzi(c, "big5") for c in "的鬱兀踊"} == {
        "的": 1.0,
        "鬱": 0.6,
        "兀": 0.6,
        "踊": 0.0,
    }
    korean = {c: likely_encodings._of_hangul(c) for c in "이뷁가힣ж漢"}
    assert korean == {"이": 1.0, "뷁": 0.6, "가": 1.0, "힣": 0.6, "ж": 0.0, "漢": 0.0}
    japanese = {c: likely_encodings._of_kana(c) for c in "あア、漢亜熙鬱ж啞"}
    assert japanese == {
        "あ": 1.0, "ア": 1.0, "、": 1.0, "漢": 0.7, "亜": 0.7, "熙": 0.2, "鬱": 0.2, "ж": 0.2, "啞": 0.0,
    }  # fmt: skip


FRENCH = "Où est la gare de cette ville et combien de trains partent le matin pour la mer avec les enfants du village."


@pytest.mark.parametrize(
    ("first", "second", "score", "left"),
    [("fr", "pl", 0.88, [0]), ("pl", "fr", 0.88, [1]), ("fr", "fr", 0.88, [0, 1]), ("pl", "cs", 0.88, [0, 1]),
     ("pl", "fr", 0.85, [0])],
)  # fmt: skip
def test_of_two_that_are_close_the_language_of_the_text_decides(
    first: str, second: str, score: float, left: list[int]
) -> None:
    found = [
        likely_encodings.LikelyEncoding("cp1252", 0.9, FRENCH, frozenset((first,))),
        likely_encodings.LikelyEncoding("cp1250", score, FRENCH, frozenset((second,))),
        likely_encodings.LikelyEncoding("cp1257", score, FRENCH, frozenset(("fr",))),
    ]
    assert likely_encodings.rivals(found) == [found[place] for place in left]
