"""Pairs of texts that say nothing to a model without a word of what to do: translations, corrections, meanings.

Only proposed, as templates: what to ask is the user's choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.judged import verdict_names, verdicts
from so8t_engine.data.adapters.proposed import nearest_mapping

LANGUAGES = {
    **{name.lower(): name for name in (
        "English", "Japanese", "German", "French", "Spanish", "Chinese", "Korean", "Italian", "Portuguese", "Russian",
    )},
    "en": "English", "eng": "English", "ja": "Japanese", "jp": "Japanese", "jpn": "Japanese", "de": "German",
    "fr": "French", "es": "Spanish", "zh": "Chinese", "ko": "Korean", "it": "Italian", "pt": "Portuguese",
    "ru": "Russian", "deu": "German", "ger": "German", "fra": "French", "fre": "French", "spa": "Spanish",
    "zho": "Chinese", "cmn": "Chinese", "kor": "Korean", "ita": "Italian", "por": "Portuguese", "rus": "Russian",
}  # fmt: skip
JAPANESE = re.compile(
    r"(日本|英|独|仏|中国|韓国|ドイツ|フランス|スペイン|イタリア|ポルトガル|ロシア)[語文](?:版|訳|原稿|訳文|原文|テキスト)?|([日和英独仏])[文訳]"
)
OF_LANGUAGE = re.compile(r"(.+?)\s*[（(\[【]\s*([^（()）]+?)\s*[）)\]】]\s*")  # 原文（日本語）, Source (JA)
SCRIPT = re.compile(r"[_-](?:[A-Z][a-z]{3}|[A-Z]{2})$")  # eng_Latn, en-GB
WITH_LANGUAGE = re.compile(  # text_en, en_text, source_en, english_sentence
    r"(?i)(?:text|sentence|source|target|src|tgt|trg|seg(?:ment)?|string|phrase|translation|line|utterance"
    r"|term|word|expression|entry|headword|lemma|begriff|benennung|terme|término|termine|termo|用語|単語|語句|訳語|术语|용어)s?"
)
IS_TARGET = re.compile(r"(?i)(?:^|[._ -])(?:target|tgt|trg|translation)(?:$|[._ (-])|訳")
CITED = re.compile(r".{0,80}\b(?:1[89]|20)\d\d[a-z]?\)?")  # where an example is from
SOURCE = re.compile(r"(?i)(?:src|source)(?:[ _]text|[ _]sentence|[ _]segment)?|quelle|quelltext|ausgangstext")
TARGET = re.compile(
    r"(?i)(?:tgt|trg|target)(?:[ _]text|[ _]sentence|[ _]segment)?|ziel(?:text)?|übersetzung"
)  # of a source
POST_EDITED = re.compile(r"(?i)pe|post[ _-]?edit(?:ed)?(?:[ _](?:text|translation))?|mt[ _]?pe")
ORIGINAL = re.compile(r"(?i)(?:原文|英文|original(?:[ _](?:text|sentence))?)(?:[ ]?[(（][^()（）]{1,12}[)）])?")
TRANSLATED = re.compile(
    r"(?i)(?:訳文|機械翻訳|機械訳|下訳|和訳|英訳|日本語訳|対訳|翻訳文?|訳)"
    r"|(?:machine[ _]?|mt[ _]?)?translat(?:ion|ed)(?:[ _](?:text|sentence))?"
)
LONG = re.compile(r"(?i)article|document|news|full_?text|text|dialogue|dialog|transcript|本文|記事|文章|原文")
SUMMARY = re.compile(r"(?i)summary|highlights|abstract|tl;?dr|要約文?|要旨")
WRONG = re.compile(
    r"(?i)(?:common[ _])?mistake|(?:incorrect|wrong|ungrammatical|erroneous)[ _]?(?:sentence|text)?"
    r"|誤文|誤った文|間違った文"
)
RIGHT = re.compile(
    r"(?i)correct[ _]form|correction|(?:correct(?:ed)?|right|grammatical|fixed)[ _]?(?:sentence|text)?"
    r"|正文|正しい文|訂正文"
)
TOLD = re.compile(r"(?i)subject|commit_message|message|instruction")  # what was done to a text
TERM = re.compile(r"(?i)word|term|headword|vocabulary|ことわざ|諺|慣用句|四字熟語|単語|用語|語句|熟語|見出し語")
MEANING = re.compile(r"(?i)definition|meaning|意味|定義|語義")
STATEMENT = re.compile(
    r"(?i)statement|claim|assertion|affirmation|énoncé|aussage|behauptung|afirmación|affermazione|afirmação|陈述|命题|記述|文|主張"
    r"|stelling|bewering|stwierdzenie|zdanie|ifade|önerme|утверждение|твердження|påstående|påstand|tvrzení|állítás|väite"
    r"|enunciado|frase|mệnh đề|진술|명제|命題"
)
VERDICT = re.compile(
    r"(?i)true[ _/]*(?:or[ _/]*)?false|t/f|is_?true|vrai[ _/]*(?:ou[ _/]*)?faux|verdadero[ _/]*(?:o[ _/]*)?falso"
    r"|vero[ _/]*(?:o[ _/]*)?falso|richtig[ _/]*(?:oder[ _/]*)?falsch|verdadeiro[ _/]*(?:ou[ _/]*)?falso"
    r"|[rwvtps][ ]?[/-][ ]?f"
    r"|d[ ]?/[ ]?y|doğru[ _/]*yanlış|waar[ _/]*(?:of[ _/]*)?(?:niet[ _]waar|onwaar)"
    r"|(?:juist|goed)[ _/]*(?:of[ _/]*)?(?:onjuist|fout)"
    r"|prawda[ _/]*(?:czy[ _/]*)?fałsz|верно[ _/]*(?:или[ _/]*)?неверно|правда[ _/]*ложь"
    r"|sant[ _/]*(?:eller[ _/]*)?fals[kt]+"
    r"|pravda[ _/]*nepravda|igaz[ _/]*hamis|adevărat[ _/]*fals|đúng[ _/]*(?:hay[ _/]*)?sai|oikein[ _/]*väärin|o/x"
    r"|wahr[ _/]*(?:oder[ _/]*)?falsch|正誤|真偽|[○◯〇⭕][・/か]?[×✕✗❌xXX]|マルバツ|まるばつ|对错|正误|是非题?"
    r"|참[ /]*거짓"
)
TRUE_OR_FALSE = frozenset(("true", "false", "正", "誤", "正しい", "誤り", "○", "×", "〇", "wahr", "falsch",
    "richtig", "vrai", "faux", "verdadero", "falso", "vero", "verdadeiro", "对", "错", "错误", "正确", "t", "f", "✕",
    "◯", "⭕", "✗", "❌", "r", "w", "v", "まる", "ばつ", "참", "거짓", "√",
    "prawda", "fałsz", "doğru", "yanlış", "waar", "onwaar", "niet waar", "juist", "onjuist", "верно", "неверно",
    "правда", "ложь", "sant", "falskt", "falsk", "pravda", "nepravda", "igaz", "hamis", "adevărat", "fals", "đúng",
    "sai", "oikein", "väärin", "falsa", "vera", "verdadera", "verdadeira", "fausse", "vraie",
))  # fmt: skip
STATED = "Is this true or false?"
IN_LETTERS = TRUE_OR_FALSE | frozenset("pdyosnih") | {"x", "đ"}  # where a column's name says what they stand for
DOCSTRING = re.compile(r"(?i)(?:func(?:tion)?_)?(?:doc_?strings?|documentation_string|documentation)")
FUNCTION = re.compile(
    r"(?i)(?:whole_)?func(?:tion)?(?:_code)?(?:_string)?|(?:source_?|func(?:tion)?_)?code(?:_string)?"
)
OF_FUNCTION = re.compile(r"(?i)(?:func(?:tion)?|method)_?name|entry_point")
FIRST = re.compile(r"(?i)premise|sentence[ _]?1|前提文?")
SECOND = re.compile(r"(?i)hypothesis|sentence[ _]?2|仮説文?")
FOLLOWS = frozenset(("entailment", "contradiction", "neutral", "含意", "矛盾", "中立"))
IN_ENGLISH = (
    "Does the second sentence follow from the first (entailment), contradict it (contradiction), or neither (neutral)?"
)
IN_JAPANESE = "2 つ目の文は 1 つ目の文に含意されますか、矛盾しますか、どちらでもない (中立) ですか。"
ACCEPTABLE = re.compile(
    r"(?i)accept(?:able|ability)|grammatical(?:ity)?|well[ _-]?formed(?:ness)?|容認(?:性|度|可能性?)|文法性|適格性"
)
OF_LINGUISTS = re.compile(r"(?i)diacritic|linguistic_phenomen(?:on|a)")  # of CoLA in other languages
SENTENCE = re.compile(r"(?i)sentence|text|例文|文")
MAY_BE_SAID = {"次の文は自然な日本語ですか。": ("いいえ", "はい"), "Is this sentence acceptable?": ("no", "yes")}
WHY = re.compile(r"(?i)explanation(?:[ _]?1)?|rationale|reason|理由|説明")
INTO_JAPANESE = "次の文を日本語に訳してください。"
HIRAGANA = re.compile("[ぁ-ん]")
KANA = re.compile(r"[぀-ヿ一-鿿]")


def mapping(row: Mapping[str, Any]) -> Columns | None:
    """A question with a place in it, and what answers that."""
    places = {place: place.rpartition(".")[2].strip() for place in nearest_mapping.places_of(row)}

    def find(pattern: re.Pattern[str]) -> str | None:
        return next((place for place, name in places.items() if pattern.fullmatch(name)), None)

    places = {place: _language(name) or name for place, name in places.items()}
    mended = next((place for place, name in places.items() if verdict_names.is_mended_translation(name)), None)
    spoken = [
        place
        for place, name in places.items()
        if place != mended and (name.lower() in LANGUAGES or JAPANESE.fullmatch(name))
    ]
    if len(spoken) > 1:
        source, target = sorted(spoken[:2], key=lambda place: IS_TARGET.search(place) is not None)
        name = places[target]
        spoken_of = JAPANESE.fullmatch(name)
        asked = f"次の文を{_in_japanese(spoken_of)}に訳してください。" if spoken_of else None
        asked = asked or f"Translate into {LANGUAGES[name.lower()]}:"
        return Columns(prompt=f"{asked}\\n\\n{{{source}}}", response=f"{mended}, {target}" if mended else target)
    if (judged := _whether_acceptable(row, find)) is not None:
        return judged
    begun, translated = find(SOURCE), find(POST_EDITED) or find(TRANSLATED)
    begun = None if begun and CITED.fullmatch(str(verdicts.at(row, begun))) else begun
    original, edited = begun or find(ORIGINAL), translated or (find(TARGET) if begun else None)
    if original and mended and edited != mended:
        asked = _into_its_language(row, edited or mended)
        response = f"{mended}, {edited}" if edited else mended
        return Columns(prompt=f"{asked}\\n\\n{{{original}}}", response=response)
    if original and edited:
        return Columns(prompt=f"{_into_its_language(row, edited)}\\n\\n{{{original}}}", response=edited)
    if (edits := _edited(places)) is not None:
        before, after = edits
        rewrite = "次の文を書き換えてください。" if KANA.search(before) else "Rewrite this:"
        asked = f"{{{told}}}" if (told := find(TOLD)) else rewrite
        return Columns(prompt=f"{asked}\\n\\n{{{before}}}", response=after)
    wrong, right = find(WRONG), find(RIGHT)
    if wrong and right:
        asked = "次の文の誤りを直してください。" if KANA.search(wrong) else "Correct the mistakes:"
        return Columns(prompt=f"{asked}\\n\\n{{{wrong}}}", response=right)
    term, meaning = find(TERM), find(MEANING)
    if term and meaning:
        asked = f"「{{{term}}}」の意味は何ですか。" if KANA.search(term) else f"What does '{{{term}}}' mean?"
        return Columns(prompt=asked, response=meaning)
    told_of, program = find(DOCSTRING), find(FUNCTION)
    if told_of and program:
        called = find(OF_FUNCTION)
        asked = f"Write the function `{{{called}}}`:" if called else "Write this function:"
        return Columns(prompt=f"{asked}\\n\\n{{{told_of}}}", response=program)
    long, summary = find(LONG), find(SUMMARY)
    if long and summary:
        asked = "次の文章を要約してください。" if KANA.search(str(verdicts.at(row, long))) else "Summarise this:"
        return Columns(prompt=f"{asked}\\n\\n{{{long}}}", response=summary)
    follows = _whether_it_follows(row, find)
    if follows is not None:
        return follows
    named = find(VERDICT)
    if named and _says(row, named, IN_LETTERS) and (quiz := _of_quiz(row, named)) is not None:
        return quiz
    statement = find(STATEMENT)
    verdict = named or next((place for place in places if _says(row, place, TRUE_OR_FALSE)), None)
    if statement and verdict:
        asked = "次の記述は正しいですか。" if KANA.search(statement) else STATED
        reasons = column_names.answering(tuple(row))[2]
        return Columns(prompt=f"{asked}\\n\\n{{{statement}}}", response=verdict, reasoning=reasons)
    return None


def _into_its_language(row: Mapping[str, Any], translated: str) -> str:
    is_japanese = HIRAGANA.search(str(verdicts.at(row, translated)))
    return INTO_JAPANESE if is_japanese else "Translate this:"


def _of_quiz(row: Mapping[str, Any], verdict: str) -> Columns | None:
    """Statements under the name of questions, which nothing else answers than whether they are true."""
    stated = {verdict_names.plain(name): name for name in row if name != verdict}
    asks = next((stated[name] for name in column_words.PROMPT if name in stated), None)
    response, answer, reasons = column_names.answering(tuple(row))
    if asks is None or response is not None or answer is not None or not isinstance(row[asks], str):
        return None
    if row[asks].rstrip().endswith(("?", "？")):
        return Columns(prompt=asks, response=verdict, reasoning=reasons)
    asked = "次の記述は正しいですか。" if KANA.search(row[asks]) else STATED
    return Columns(prompt=f"{asked}\\n\\n{{{asks}}}", response=verdict, reasoning=reasons)


def translates(where: Columns) -> bool:
    """Whether a line asks for the same in another language."""
    return str(where.prompt).startswith("Translate ") or "訳してください" in str(where.prompt)


def _in_japanese(match: re.Match[str]) -> str:
    """日本語 for 和文, 日本語訳; 英語 for 英文, 英訳."""
    return f"{match[1] or {'日': '日本', '和': '日本'}.get(match[2], match[2])}語"


def _language(name: str) -> str | None:
    """The language of which a column's name says that its texts are, as LANGUAGES has it."""
    inside = OF_LANGUAGE.fullmatch(name)
    if inside is not None and any(
        of.fullmatch(inside[1]) for of in (SOURCE, TARGET, ORIGINAL, TRANSLATED, WITH_LANGUAGE)
    ):
        return inside[2] if inside[2].lower() in LANGUAGES or JAPANESE.fullmatch(inside[2]) else None
    bare = SCRIPT.sub("", name)
    if bare.lower() in LANGUAGES:
        return bare
    parts = [part for part in re.split(r"[_ .-]+", name) if not WITH_LANGUAGE.fullmatch(part)]
    several = len(re.split(r"[_ .-]+", name)) > 1
    return parts[0] if several and len(parts) == 1 and parts[0].lower() in LANGUAGES else None


def sums_up(row: Mapping[str, Any]) -> bool:
    """Whether a summary stands beside a talk, which is then to be summed up and not to be continued."""
    where = mapping(row)
    return where is not None and SUMMARY.fullmatch(str(where.response).rpartition(".")[2].strip()) is not None


def _whether_acceptable(row: Mapping[str, Any], find: Callable[[re.Pattern[str]], str | None]) -> Columns | None:
    """Of a sentence and whether people would say it."""
    sentence, named = find(SENTENCE), find(ACCEPTABLE)
    label = next((name for name in ("label", named) if name and row.get(name) not in (None, "")), None)
    if sentence is None or label is None or not (named or any(map(OF_LINGUISTS.fullmatch, row))):
        return None
    asked = [*MAY_BE_SAID][0 if HIRAGANA.search(str(verdicts.at(row, sentence))) else 1]
    return Columns(prompt=f"{asked}\\n\\n{{{sentence}}}", response=label)


def _whether_it_follows(row: Mapping[str, Any], find: Callable[[re.Pattern[str]], str | None]) -> Columns | None:
    """Of two sentences and what the second is to the first; why, where it is said."""
    first, second = find(FIRST), find(SECOND)
    label = next((name for name in row if _says(row, name, FOLLOWS)), None)
    if not (first and second and label):
        return None
    asked = IN_JAPANESE if KANA.search(str(verdicts.at(row, first))) else IN_ENGLISH
    return Columns(prompt=f"{asked}\\n\\n1. {{{first}}}\\n2. {{{second}}}", response=label, reasoning=find(WHY))


def _says(row: Mapping[str, Any], place: str, words: frozenset[str]) -> bool:
    value = verdicts.at(row, place)
    return isinstance(value, str) and value.strip().lower() in words


def _edited(places: Mapping[str, str]) -> tuple[str, str] | None:
    """A text and what was made of it."""
    plain = {name.lower().replace(" ", "_"): place for place, name in places.items()}
    pairs = (*column_words.EDITS, ("old_contents", "new_contents"), ("old_code", "new_code"))
    pair = next((pair for pair in pairs if plain.keys() >= {*pair}), None)
    return None if pair is None else (plain[pair[0]], plain[pair[1]])
