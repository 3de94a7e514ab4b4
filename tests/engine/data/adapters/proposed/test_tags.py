"""What sorts, names or dates rows is never proposed as question or answer; what replies is, and what was made of a case
before is the thought.
"""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.proposed import proposals, tags

ASKED = ("いつ届きますか", "色違いが届いたので交換したい", "ギフト包装はできますか", "Mサイズはありますか")
DONE = (
    "5月3日の午前中に着くとご案内しました。", "着払いで返送いただき、正しい色を発送しました。",
    "1点220円で承る旨をご案内しました。", "取り寄せで1週間かかるとご案内しました。",
)  # fmt: skip
KINDS, WAYS = ("配送", "返品", "その他", "在庫"), ("電話", "メール", "電話", "店頭")
PEOPLE = ("山田 太郎", "鈴木", "佐藤", "田中 花子")
DAYS = ("2024/5/1", "2024/5/1", "2024/5/2", "2024/5/2")
NUMBERS = ("1", "2", "3", "4")
IN_ENGLISH = (
    "When will my parcel arrive?", "I got the wrong colour and want to swap it.", "Can you gift wrap this?",
    "Do you have size M in stock?",
)  # fmt: skip
REPLIED = (
    "It is due on 3 May in the morning; we told the customer.", "Return label sent, the right colour shipped at once.",
    "Gift wrap costs 220 yen per item and can be added.", "We can order it within a week and reserved one.",
)  # fmt: skip
SORTS, CHANNELS, NAMES = (
    ("Delivery", "Return", "Other", "Stock"),
    ("phone", "email", "phone", "store"),
    ("Tim", "Lea", "Noor", "Max"),
)
TROUBLES = (
    "夫の残業が多く家事でもめています。",
    "母の介護で仕事を辞めるか迷っています。",
    "子どもが学校に行きたがりません。",
)
SEEN = (
    "責める言い方は相手を防御的にする。",
    "離職すると収入と社会とのつながりが減る。",
    "理由を問い詰めると閉じこもる。",
)
ADVISED = (
    "皿洗いをお願いしたいと伝えてみてください。",
    "辞めずに支援センターに相談してください。",
    "まず話を聞いて相談してください。",
)
FACTS = ("A sold B a painting and then sold it to C.", "D, 15, bought a scooter.", "E found a wallet and kept it.")
ISSUES = ("May B claim damages?", "Is the contract valid?", "Has E committed theft?")
RULES = ("A contract obliges both sides.", "Minors have limited capacity.", "Theft needs the taking from custody.")
APPLIED = (
    "By selling to C, A made it impossible.",
    "The parents gave no consent.",
    "The wallet was lost, so custody had ended.",
)
HELD = ("Yes, B may claim damages.", "No, it is void if the parents refuse.", "No theft, but appropriation.")
JAPANESE = ("電源コードを抜いてから清掃してください。", "ご不明な点はお問い合わせください。", "営業時間は9時からです。")
ENGLISH = (
    "Unplug the power cord before cleaning.",
    "Please contact us if you have any questions.",
    "We open at 9 a.m.",
)


def line(names: str, *columns: tuple[str, ...]) -> str | None:
    rows = [dict(zip(names.split(","), row, strict=True)) for row in zip(*columns, strict=True)]
    where = proposals.propose(rows)
    return None if where is None else column_names.line(where).replace('"', "")


@pytest.mark.parametrize(
    ("names", "columns", "asks", "replies"),
    [
        ("No,問い合わせ区分,問い合わせ内容,対応内容", (NUMBERS, KINDS, ASKED, DONE), "問い合わせ内容", "対応内容"),
        ("No,分類,相談内容,対応", (NUMBERS, KINDS, ASKED, DONE), "相談内容", "対応"),
        ("日付,受付方法,種別,お問合せ内容,回答・対応", (DAYS, WAYS, KINDS, ASKED, DONE), "お問合せ内容", "回答・対応"),
        ("担当者,区分,ご相談内容,処理内容", (PEOPLE, KINDS, ASKED, DONE), "ご相談内容", "処理内容"),
        ("媒体,顧客名,問合内容,案内内容", (WAYS, PEOPLE, ASKED, DONE), "問合内容", "案内内容"),
        ("大分類,小分類,お客様の声,対応策", (KINDS, WAYS, ASKED, DONE), "お客様の声", "対応策"),
        ("Channel,Customer,Query Type,Query Details,Action Taken", (CHANNELS, NAMES, SORTS, IN_ENGLISH, REPLIED),
         "Query Details", "Action Taken"),
        ("Contact method,Enquiry category,Enquiry,Handling", (CHANNELS, SORTS, IN_ENGLISH, REPLIED), "Enquiry",
         "Handling"),
        ("channel,category,customer_message,resolution_notes", (CHANNELS, SORTS, IN_ENGLISH, REPLIED),
         "customer_message",
         "resolution_notes"),
        ("Department,Request,What we did", (SORTS, IN_ENGLISH, REPLIED), "Request", "What we did"),
    ],
)  # fmt: skip
def test_requests_and_what_was_done_are_proposed_and_not_what_sorts_them(
    names: str, columns: tuple[tuple[str, ...], ...], asks: str, replies: str
) -> None:
    assert line(names, *columns) == f"columns: {{prompt: {asks}, response: {replies}}}"


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("質問,区分,確認したい点,評価", (ASKED, KINDS, ("立ち直り", "関心", "理解", "構造"), ("", "", "", ""))),
        ("Question,Type,What to look for", (IN_ENGLISH, SORTS, ("structure", "knowledge", "recovery", "interest"))),
        ("質問,カテゴリ,担当", (ASKED, KINDS, PEOPLE)),
        ("質問,回答期限,担当部署", (ASKED, DAYS, KINDS)),
        ("Question,Category,Asked by", (IN_ENGLISH, SORTS, NAMES)),
        ("Question,Student", (IN_ENGLISH, NAMES)),
        ("Question,Name", (IN_ENGLISH, NAMES)),
        ("Student,Prompt,Essay,Grade,Feedback", (NAMES, IN_ENGLISH, REPLIED, ("D", "B+", "A", "F"), DONE)),
        ("Prompt,Author,Composition,Comments", (IN_ENGLISH, NAMES, REPLIED, DONE)),
        ("氏名,お題,本文,講評", (PEOPLE, ASKED, DONE, DONE[::-1])),
        ("大項目,中項目,タイトル,本文,更新者", (KINDS, WAYS, ("登録したい", "忘れた", "退会したい", "変更したい"),
         DONE, PEOPLE)),
        ("Section,Sub-section,Title,Body,Updated by", (("Account", "Account", "Account", "Billing"), SORTS,
         ("Sign-up", "My password", "Leaving", "Payment"), REPLIED, NAMES)),
        ("Summary,Description,Status,Resolution", (SORTS, IN_ENGLISH, ("Done",) * 4, ("Fixed", "Fixed", "",
         "Won't Do"))),
        ("Subject,Details,Closure code,Closed by", (SORTS, IN_ENGLISH, ("Solved", "Solved", "Open", "Solved"), NAMES)),
    ],
)  # fmt: skip
def test_where_nothing_answers_nothing_is_proposed(names: str, columns: tuple[tuple[str, ...], ...]) -> None:
    assert line(names, *columns) is None


@pytest.mark.parametrize(
    ("names", "asks", "view", "replies"),
    [
        ("相談内容,見立て,助言", "相談内容", "見立て", "助言"), ("お悩み,分析,アドバイス", "お悩み", "分析",
         "アドバイス"),
        ("相談内容,アセスメント,支援内容", "相談内容", "アセスメント", "支援内容"),
        ("悩み,背景の見立て,提案", "悩み", "背景の見立て", "提案"),
        ("Concern,Assessment,Advice", "Concern", "Assessment", "Advice"),
        ("Problem,Diagnosis,Recommendation", "Problem", "Diagnosis", "Recommendation"),
        ("相談内容,対応方針（検討内容）,助言", "相談内容", "対応方針（検討内容）", "助言"),
        ("相談内容,原因分析の結果,対応内容", "相談内容", "原因分析の結果", "対応内容"),
    ],
)  # fmt: skip
def test_what_was_made_of_a_case_is_the_thought_before_the_advice(
    names: str, asks: str, view: str, replies: str
) -> None:
    assert (
        line(names, TROUBLES, SEEN, ADVISED) == f"columns: {{prompt: {asks}, response: {replies}, reasoning: {view}}}"
    )


@pytest.mark.parametrize(
    ("names", "columns", "asks", "thought", "holds"),
    [
        ("facts,issue,analysis,conclusion", (FACTS, ISSUES, APPLIED, HELD), "{facts}\\n\\n{issue}", "analysis",
         "conclusion"),
        ("facts,issue,rule,application,conclusion", (FACTS, ISSUES, RULES, APPLIED, HELD), "{facts}\\n\\n{issue}",
         "{rule}\\n{application}", "conclusion"),
        ("case_facts,question_presented,discussion,holding", (FACTS, ISSUES, APPLIED, HELD),
         "{case_facts}\\n\\n{question_presented}", "discussion", "holding"),
        ("事実,争点,規範,あてはめ,結論", (FACTS, ISSUES, RULES, APPLIED, HELD), "{事実}\\n\\n{争点}",
         "{規範}\\n{あてはめ}", "結論"),
    ],
)  # fmt: skip
def test_the_facts_of_a_case_are_asked_about_and_its_analysis_is_the_thought(
    names: str, columns: tuple[tuple[str, ...], ...], asks: str, thought: str, holds: str
) -> None:
    assert line(names, *columns) == f"columns: {{prompt: {asks}, response: {holds}, reasoning: {thought}}}"


SHORT = ("Parcel", "Wrong colour", "Gifts", "Size M")


@pytest.mark.parametrize(
    ("title", "text", "reply"),
    [
        ("Título", "Reclamação", "Resposta da empresa"), ("Betreff", "Beschwerde", "Antwort der Firma"),
        ("Objet", "Réclamation", "Réponse du service"), ("Subject", "Complaint", "Company reply"),
        ("件名", "苦情内容", "会社の回答"), ("Asunto", "Queja", "Respuesta de la empresa"),
        ("Tytuł", "Skarga", "Company reply"), ("Title", "Customer complaint text", "Our answer"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_complaint_is_asked_with_its_title_above_it(title: str, text: str, reply: str, turned: bool) -> None:
    columns = {title: SHORT, text: IN_ENGLISH, reply: REPLIED, "No": NUMBERS}
    names = [text, title, reply, "No"] if turned else [*columns]
    asked = f"{{{title}}}\\n\\n{{{text}}}"
    assert line(",".join(names), *(columns[name] for name in names)) == (
        f"columns: {{prompt: {asked}, response: {reply}}}"
    )


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("原文(JA),訳文(EN)", "Translate into English:"), ("原文（日本語）,訳文（英語）",
         "次の文を英語に訳してください。"),
        ("Source (JA),Target (EN)", "Translate into English:"), ("日本語原稿,英訳", "次の文を英語に訳してください。"),
        ("和文,英文", "次の文を英語に訳してください。"), ("用語 (JA),Term (EN)", "Translate into English:"),
        ("term_ja,term_en", "Translate into English:"), ("Begriff (JA),Terme (EN)", "Translate into English:"),
        ("日本語版,英語版", "次の文を英語に訳してください。"),
    ],
)  # fmt: skip
def test_translations_are_asked_for(names: str, told: str) -> None:
    source, target = names.split(",")
    assert line(names, JAPANESE, ENGLISH) == f"columns: {{prompt: {told}\\n\\n{{{source}}}, response: {target}}}"


def test_a_translation_stands_behind_what_it_is_of_and_texts_of_two_languages_are_no_pair() -> None:
    into = "columns: {prompt: Translate into Japanese:\\n\\n{原文(EN)}, response: 訳文(JA)}"
    assert line("訳文(JA),原文(EN)", JAPANESE, ENGLISH) == into
    cited = ("Asano and Ura 2010", "Kuroda 1992", "Saito (1985)")
    assert line("source,translation,sentence", cited, ENGLISH, JAPANESE) is None


SAYABLE = ({"sentence": "太郎が走った。", "label": 1}, {"sentence": "走った太郎を。", "label": 0})


@pytest.mark.parametrize("name", ["acceptability", "diacritic", "文法性"])
def test_whether_a_sentence_is_acceptable_is_asked_and_what_its_labels_mean_is_known(name: str) -> None:
    rows = [{"source": "Kuroda 1992", **row, name: "", "translation": "He ran."} for row in SAYABLE]
    dataset = Dataset(name="x", source="local", path="x.jsonl")

    said = str(admission.unfit(dataset, rows))
    assert 'columns: {prompt: "次の文は自然な日本語ですか。\\n\\n{sentence}", response: label}' in said
    assert 'labels: {"0": "いいえ", "1": "はい"}' in said


@pytest.mark.parametrize(
    "name", ["問い合わせ区分", "Query Type", "担当者", "公開日", "評価観点", "生徒", "closure_code"]
)
def test_such_names_are_known(name: str) -> None:
    assert tags.is_tag(name) and not tags.replies(name)


@pytest.mark.parametrize(
    "name", ["お客様の声", "対応内容", "回答・対応", "question", "ユーザー", "作者", "首都", "code", "方法"]
)
def test_others_may_ask_or_answer(name: str) -> None:
    assert not tags.is_tag(name)


@pytest.mark.parametrize("sorts", ["Rubrique", "Thème", "Catégorie"])
@pytest.mark.parametrize("answers", ["Réponse type", "Respuesta tipo", "Standardantwort", "標準回答"])
def test_a_standard_answer_is_proposed_and_no_category_beside_it(sorts: str, answers: str) -> None:
    columns = ("Réf", sorts, "Question du client", answers)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(NUMBERS, SORTS, IN_ENGLISH, REPLIED, strict=True)]
    found = proposals.propose(rows)
    assert found is not None
    assert (found.prompt, found.response) == ("Question du client", answers)


def test_the_type_of_an_answer_is_still_none() -> None:
    assert all(map(tags.is_tag, ("Answer type", "response_type", "回答種別", "Rubrik")))
    assert not any(map(tags.answers, ("Answer type", "response_type", "回答種別", "Rubrik")))
