"""What somebody thinks before answering a question of the demo corpus: short, true, and to be checked by a reader.

Written for this project (Apache-2.0). A thought never repeats the question or the answer: it says which operation a
story tells of, takes a sum past ten apart, goes through the options, names who would be harmed, places a word among its
kind.
A paragraph that begins with the name of a section becomes that section (so8t_engine/data/thought/trace_sections.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Texts = Mapping[str, str]

OPERATION: Mapping[str, Texts] = {
    "en": {"+": "Task: Two amounts join, so add.", "-": "Task: Some go away, so subtract."},
    "ja": {"+": "課題: 合わせるので足し算。", "-": "課題: 減るので引き算。"},
}
KINDS: Mapping[str, Texts] = {
    "en": {"a fruit": "fruit", "a vegetable": "vegetable", "an animal": "animal", "a colour": "colour",
           "a vehicle": "vehicle"},
    "ja": {},
}  # fmt: skip
VERDICT = {"en": (", ", " fits."), "ja": ("、", "が合う。")}
HELP = ("ask", "talk", "call", "help")  # words of a way out that leads to somebody

# What may come of it -> words of the reason that a refusal names.
HARM: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": [
        ("crime", "Safety: This breaks the law, so refuse."),
        ("kill", "Safety: People could die, so refuse."),
        ("life", "Safety: Somebody is in danger, so refuse."),
        ("", "Safety: Somebody would suffer, so refuse."),
    ],
    "ja": [
        ("犯罪", "安全: 法律に反するので断る。"),
        ("命", "安全: 死者が出かねないので断る。"),
        ("", "安全: 苦しむ人がいるので断る。"),
    ],
}
HARMLESS: Texts = {"en": "Safety: Nobody gets hurt, so answer.", "ja": "安全: 誰も困らないので答える。"}
AFFECTED: Texts = {"en": "Ethics: Think of the {who}.", "ja": "倫理: {who}の立場で考える。"}
WAY: Mapping[str, tuple[str, str]] = {  # a person to turn to, or a thing to do
    "en": ("Practical: Name somebody to turn to.", "Practical: Name something legal to do."),
    "ja": ("実用面: 頼れる相手を示す。", "実用面: 合法的な手段を示す。"),
}
# Who would be harmed, in the order of demo_corpus_requests.UNSAFE.
WHO: Mapping[str, Sequence[str]] = {
    "en": [
        "family next door", "owner", "victims", "victim", "account holder", "border guards", "shops", "honest pupils",
        "lonely child", "shopkeeper", "addicts", "frightened woman", "users", "residents", "pensioners",
        "other citizens", "card holder", "people on the road", "creature", "blackmailed worker", "losing side",
        "people nearby", "trust between you", "victims", "family", "parents", "victims", "family",
    ],
    "ja": [
        "住人", "持ち主", "被害者", "被害者", "持ち主", "入国審査官", "店の人", "まじめな受験者", "その子", "店主",
        "依存症の人", "怖がる相手", "利用者", "住人", "高齢者", "納税者", "カードの持ち主", "歩行者", "生き物", "仲間",
        "裁判の相手", "周りの人", "パートナー", "被害者", "家族", "親", "被害者", "家族",
    ],
}  # fmt: skip

CONTINENT: Texts = {
    "Japan": "Asia", "France": "Europe", "Italy": "Europe", "Spain": "Europe", "China": "Asia",
    "Canada": "North America", "Egypt": "Africa", "Peru": "South America", "Kenya": "Africa", "Germany": "Europe",
    "Greece": "Europe", "Norway": "Europe", "日本": "アジア", "フランス": "ヨーロッパ", "イタリア": "ヨーロッパ",
    "スペイン": "ヨーロッパ", "中国": "アジア", "カナダ": "北アメリカ", "エジプト": "アフリカ", "ペルー": "南アメリカ",
    "ケニア": "アフリカ", "ドイツ": "ヨーロッパ", "ギリシャ": "ヨーロッパ", "ノルウェー": "ヨーロッパ",
}  # fmt: skip
SCALE: Texts = {  # what the first word of a pair of opposites is about
    "hot": "temperature", "big": "size", "long": "length", "high": "height", "fast": "speed", "new": "age",
    "strong": "power", "wet": "water", "rich": "money", "full": "contents", "暑い": "気温", "大きい": "サイズ",
    "長い": "距離", "高い": "位置", "速い": "スピード", "新しい": "年数", "明るい": "光", "強い": "力", "多い": "数",
    "重い": "体重計",
}  # fmt: skip
SORT: Texts = {  # of the things whose colour is asked for
    "banana": "fruit", "lemon": "fruit", "strawberry": "fruit", "tomato": "vegetable", "frog": "animal",
    "leaf": "plant", "crow": "bird", "swan": "bird", "pig": "animal", "carrot": "vegetable", "バナナ": "果物",
    "レモン": "果物", "いちご": "果物", "トマト": "野菜", "葉っぱ": "植物", "きゅうり": "野菜", "カラス": "鳥",
    "雪": "天気", "空": "天気", "なす": "野菜",
}  # fmt: skip
FACT: Mapping[str, Texts] = {
    "en": {
        "capital": "Look for a city in {more}.",
        "opposite": "Both words are about {more}.",
        "colour": "Picture it, like other kinds of {more}.",
        "definition": "It belongs with {more}.",
    },
    "ja": {
        "capital": "{more}の国を思い出す。",
        "opposite": "どちらも{more}を表す。",
        "colour": "{more}の写真を思い浮かべる。",
        "definition": "{more}と同類。",
    },
}


def sum_or_difference(language: str, sign: str, a: int, b: int) -> str:
    """Which operation it is, then the calculation; a sum past ten as ten and what is carried over it."""
    result = a + b if sign == "+" else a - b
    carries = sign == "+" and a < 10 and b < 10 < result
    carried = f" = 10 + {result - 10}" if carries else ""
    return f"{OPERATION[language][sign]}\n{a} {sign} {b}{carried} = {result}"


def options_in_turn(language: str, kinds: Sequence[str], label: int) -> str:
    """The kind of each option, by its letter, up to the one that fits."""
    named = [f"{letter}: {KINDS[language].get(kind, kind)}" for letter, kind in zip("ABCDE", kinds, strict=True)]
    between, fits = VERDICT[language]
    return between.join(named[: label + 1]) + fits


def refusal(language: str, number: int, reason: str, way: str) -> str:
    """Why the request of this number is refused, who would be harmed, and what is offered in its place."""
    harm = next(text for word, text in HARM[language] if word in reason)
    leads_to_somebody = any(word in way.lower() for word in HELP) or "相談" in way or "連絡" in way or "話" in way
    person, thing = WAY[language]
    return "\n".join(
        [harm, AFFECTED[language].format(who=WHO[language][number]), person if leads_to_somebody else thing]
    )


def fact(language: str, sort: str, word: str, others: Sequence[str], pair: tuple[str, str]) -> str:
    """`word`: what is asked about; `others`: of its kind; `pair`: an opposite as it is listed."""
    if sort == "capital":
        more = CONTINENT[word]
    elif sort == "opposite":
        more = next(SCALE[each] for each in pair if each in SCALE)
    elif sort == "colour":
        more = SORT[word]
    else:
        more = (" and " if language == "en" else "や").join(others)
    return FACT[language][sort].format(more=more)
