"""Which columns judge an answer, by what they are called, and what they judge."""

from __future__ import annotations

import functools
import re
from typing import Literal

from so8t_engine.data.adapters.judged import fault_flags, translations, verdict_languages

Kind = Literal[
    "answer", "wrong", "run", "tests", "rate", "word", "low", "safe", "harm", "request", "critique", "predicted",
    "thumb", "vote", "verdict", "stated", "rating", "against", "checked", "fault", "remark", "seen",
]  # fmt: skip

OF_RUNS = ("run", "rate", "word", "fault")
BY_WORDS = ("stated", "remark", "seen")  # may be of anything: only words for good and bad count
TELLING = (*OF_RUNS, "tests", "checked")  # count only where they tell rows apart
HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # of camelCase
UNCLEAR = re.compile(r"(?i)(?:prompt|response)_label")  # "1" may be good or harmful there: only words tell
OF_ANSWERS = (
    "answer|response|output|completion|model|assistant|generation|solution|final|overall|llm|reply|execution|exec|run"
    r"|(?:final|model|llm|generated|predicted|assistant)_(?:answer|response|output|solution|reply)"
    r"|(?:llm_|gpt_?4?o?_|model_|auto_?)?(?:judged?|verifier|verify|grader|graded|checker|autograder)|math_verify|rule(?:_based)?"
)
OF_QUESTIONS = "prompt|question|problem|user|request|input|query|instruction|task"
JUDGES = re.compile(
    r"label|kto_tag|判定|正誤|正否|合否|(?P<wrong>(?:\w+_)?thumbs?_?down|(?:\w+_)?is_(?:wrong|incorrect)|(?:is_)?(?:truncated|flagged|bad|low_quality|incorrect|wrong|invalid|spam)"
    r"|(?:is_|has_|contains_)?hallucinat(?:ion|ed)s?(?:_(?:labels|spans|list))?|(?:has|is)_errors?|(?:is_)?ng(?:_\w+)?"
    r"|(?:is_)?(?:deleted|excluded?|outdated|obsolete|expired|superseded|withdrawn|retracted|discard(?:ed)?|skip(?:ped)?|ignored?"
    r"|cut|scrapped|removed)|(?:repeat|redo|retest|rework|revision|correction|fix|re_?check)s?_(?:is_)?(?:needed|required|necessary)"
    r"|(?:(?:is|has|have|contains)_)?mistak(?:es?|en)|contains_errors?"
    r"|(?:needs?|requires?|to_be)_(?:\w+_)?(?:review(?:ed)?|fix(?:ed|ing)?|correct(?:ed|ion|ions)|revis(?:ed|ion)|edit(?:s|ed|ing)?|check(?:ed|ing)?|rework)"
    r"|(?:却下|差し?戻し|不採用|要修正|要確認)フラグ|要(?:確認|見直し|訂正|添削|再確認|チェック|レビュー)|誤答フラグ|(?:使用|学習)(?:禁止|不可)|対象外|除外|(?:削除|除外)フラグ|ハルシネーション|誤り|要修正)"
    r"|is_chosen|is_preferred|(?:is_)?desirable|keep|(?:is_)?approved|採点|採点結果|正誤判定|判定結果|採否|可否|承認|正しい|有効|使用可否|採用可否|(?:採用|正解)フラグ"
    r"|(?:回答|応答|答え)?の?(?:正確[性さ]|妥当性|適切[性さ]|適否|良否|真偽|正しさ)|ベスト(?:アンサー|回答)|採用(?:済み?|可)?|最良"
    r"|(?:この)?(?:回答|答え)?[はが]?(?:役に?立ち?(?:ました|ちました|った|つ)|参考に(?:なりました|なった|なる)|解決(?:しました|した)"
    r"|正しい(?:です)?|正解(?:です)?|合って(?:います|いる)|問題ない(?:です)?)か"
    r"|(?:(?:is|was)_)?(?:this|it|that)(?:_(?:answer|response|reply))?(?:_(?:is|was))?_(?:correct|right|helpful|useful|accurate|good|ok)"
    r"|(?:did|does)_(?:this|it)(?:_(?:answer|response|reply))?_help(?:_you)?|is_best(?:_(?:answer|response|reply))?|(?:is_)?(?:selected|accurate)|accuracy_check"
    r"|is_(?:true|answerable|fact(?:ual)?|grounded|faithful|active|enabled|usable)|factual(?:ly_(?:correct|accurate))?"
    r"|(?:to_)?(?:use|include)(?:_(?:for|in)_\w+)?|use_it|(?:for|in)_training|enabled|採用|使用|使う|学習(?:対象|に使う|に使用|用)|使用フラグ|有効フラグ|学習フラグ"
    r"|truthful|answerable|eval_passed|approved_by_\w+"
    r"|(?P<whose>\w+?_)??(?:is_)?(?:(?P<answer>correct(?:ness)?(?:_math_verify|_llama)?|validity"
    r"|good|liked|useful|helpful|usable|acceptable|satisfactory)"
    r"|(?P<checked>verified|validated|accepted|verified_correct|(?:double_)?checked|reviewed|proof_?read|verification|validation)"
    r"|(?P<run>execut(?:es|ed|able)(?:_(?:ok|successfully))?|resolved|success(?:ful)?|pass(?:ed|es)?|passing|solved|valid|reward|compiles|compiled|compil(?:e|ation)_(?:success|ok)"
    r"|(?:exact_|answer_)?match(?:es)?(?:_gold|_reference|_answer)?|em|acc|math_verify|right|ok|verif(?:y|ication|ier)_score"
    r"|(?:reasoning_)?complete)"
    r"|(?P<rate>(?:(?:avg|mean)_)?(?:pass|success|solve)_(?:rate|ratio)|pass_(?:at_)?1|(?:num|n)_correct|correct_count)"
    r"|(?P<verdict>verdicts?(?:_\w+)?)"
    r"|(?P<word>(?:(?:review|approval|moderation|qa)_(?:state|status|result|decision)|decision)"
    r"|grade|status|outcome|quality|result|(?:finish|stop)_reason|(?P<fault>error|exception)|品質|評価結果|レビュー結果|ステータス|(?:レビュー|確認|チェック|承認|公開|作業|進捗)(?:状況|状態|結果|ステータス)|状態))"
)
OF_TESTS = re.compile(
    r"(?:all_)?(?:unit_)?tests?_(?:pass(?:ed|es)?|results?)|(?:num|n|all|count)_(?:tests_)?passed|passed_(?:tests|count)"
)
OF_WHOLE = re.compile(
    r"(?:(?:problem|question|task)_)?(?:is_)?valid|is_(?:problem|question|task)_valid|(?:problem|question)_validity"
)
ALL_TESTS = re.compile(
    r"(?:num|n|total)_(?:unit_)?(?:tests|total)|(?:tests_)?total|tests_count"
)  # beside how many passed
OF_SAFETY = re.compile(r"(?P<whose>\w+?_)??(?:is_)?(?:response_)?safe|安全(?:性|か|フラグ)?|안전|безопасно")
OF_GUARDS = re.compile(  # models that call a request, or its answer, "unsafe" and say below in which way
    r"(?:(?:(?:llama|wild|qwen\d?|poly)_?)?guard|granite_?guardian|shield_?gemma)(?:_?\d+)*(?:_?b)?"
    r"(?P<asked>_(?:prompt|request|input|user|question|query))?(?:_(?:response|answer|assistant|completion))?"
    r"(?:_(?:label|verdict|result|output|score))?"
)
OF_HARM = re.compile(
    r"(?P<whose>\w+?_)??(?:is_)?(?:harm|harmful|harmfulness|unsafe|toxic|toxicity|nsfw|(?P<trick>jailbreak(?:s|ed|ing)?"
    r"|(?:prompt_)?injection|(?:jailbreak_)?attack|malicious))(?:_label|_score)?"
    r"|(?:prompt|response)_label|openai_moderation"
)
OF_KINDS = re.compile(r"(?:types?|kinds?|sorts?|categor(?:y|ies)|areas?|definitions?|nature)_of_")
MARKS = re.compile(r"[○◯〇⭕][×✕✗❌]|[×✕✗❌][○◯〇⭕]|マルバツ|まるばつ")  # "○×", as a column's name
OF_PEOPLE = re.compile(
    r"(?P<thumb>(?:\w+_)?thumbs?(?:_?up)?|(?:user_)?reactions?|(?:(?:end_)?user|human|customer)_(?:feedback|score))"
    r"|(?P<vote>(?:(?:user|human|annotator|rater|answer|response|model)_)?votes?)"
    r"|(?P<stated>(?:顧客|お客様|利用者|ユーザー)?の?満足度|(?:customer_|user_)?satisfaction|csat|(?:\w+_)?(?:eval|evaluation)|reviews?|qa|qc|checks?|check_?list|annotators?|annotation|raters?|reviewers?|judges?|labell?ers?|graders?|"
    r"(?:(?:user|human|answer|response|model)_)?rating|"
    r"(?:annotator|rater|reviewer|labell?er|worker|expert|crowd)s?_(?:label|rating)s?)"
)
STATES = re.compile(
    r"(?:\w+_)?(?:status|outcome|result)|評価結果|\w*(?:ステータス|状況|状態)"
)  # of anything: words decide
OF_RESULTS = re.compile(
    r"(?!(?:grounds?|reason(?:s|ing)?|basis|rationale|justification|explanation)_)([^\W\d]+?)_(?:status|outcome|results?|decision)"
)
AGAINST = re.compile(  # why an answer is no good: any word there is one against it
    r"(?:NG|ＮＧ|却下|不採用|差し?戻し|不合格|誤り)(?:の)?理由|指摘(?:事項|内容)?|(?:reject(?:ed|ion)?|failure|error|exclusion)_reasons?"
    r"|(?:is_)?(?:superseded|replaced|obsoleted)_by(?:_\w+)?|(?:ersetzt|abgelöst)_durch|remplacée?_par|reemplazad[oa]_por"
    r"|(?:sostituit[oa]_da|substituíd[oa]_por|vervangen_door)|後継(?:の?(?:回答|番号|ID|FAQ))?|(?:置き?換え|差し?替え)先(?:ID|の?番号)?",
    re.IGNORECASE,
)
REMARKS = re.compile(  # which begin with what condemns, or say something else
    r"(?:(?:reviewer|internal|editor|admin|staff|teacher|annotator|qa)_)?(?:remarks?|comments?|notes?|memo)"
    r"|備考|備考欄|コメント|メモ|所見|社内メモ"
)
IN_WORDS = re.compile(
    r"(?:\w+_)?(?:critique|critic|feedback|judge?ment|judge(?:_(?:output|result|response|label))?)|評価|講評|評価コメント|レビュー(?:コメント)?|(?:review(?:er)?|annotator|rater|grader|judge)_(?:comment|note)s?"
    r"|(?:human|expert|peer|editor(?:ial)?|teacher|manual|quality|qa|sme)_(?:review|check|assessment)s?"
)
SELECTS = re.compile(  # which answers are to be used: those that it leaves empty are not
    r"(?:is_)?(?:accepted|approved|selected|chosen|best)(?:_(?:answer|response|reply))?|keep|use|include|use_it"
    r"|ベスト(?:アンサー|回答)|最良|採用(?:済み?|可|可否|フラグ)?|承認(?:済み?|フラグ)?|採否|使用(?:可否|フラグ)?|使う"
    r"|学習(?:対象|に使う|に使用|用|フラグ)"
)
ERRORS = re.compile(  # may be of an answer that is wrong, or of the text that it mends: only where the user says so
    r"(?:\w+_)?(?:error|mistake|issue|problem)_?(?:types?|categor(?:y|ies)|class)|エラー(?:種別|分類|の?種類)"
)
PREDICTED = re.compile(  # what an answer was found to come to
    r"(?:(?:model|llm)_)?(?:pred(?:icted|iction)?|extracted|parsed)"
    r"(?:_(?:answer|final_answer|label|value|result|choice|option))?"
    r"|(?:answer|model|llm)_(?:pred(?:icted|iction)?|extracted)|(?:model|llm)_(?:final_)?answer"
    r"|予測|予測(?:結果|回答|ラベル)|モデル(?:の)?(?:回答|出力|予測)|推論結果|抽出(?:結果|回答)"
)
TESTS = re.compile(
    r"(?:(?:public|private|hidden|unit|all)_)?(?:unit)?tests?(?:_?cases?|_list|_code)?|テスト(?:ケース)?"
)
OF_SHARE = re.compile(r"(?:tests?_)?pass(?:ing)?_(?:rate|ratio)")  # of the tests where they stand beside it
RATES = re.compile(r"(?i)annotations?|(?:\w+_)?feedback")  # where a `rating` is a thumb, and may be a number
BESIDE = re.compile(  # objects that may hold such columns
    r"(?i)meta(?:data)?|(?:extra_)?info|annotations?|(?:\w+_)?(?:ratings?|feedback)|(?:\w+_)?(?:evals?|evaluations?|results?|verif(?:y|ication|ier)"
    r"|judges?|judge?ments?|verdicts?|grad(?:es?|ing)|checks?|execution|assessments?|reviews?|outcomes?|scores?)"
    r"|(?:(?:response|answer|output)_)?moderations?(?:_results?)?"
)

TICKED_BY_X = re.compile(r"[（(\[]\s*[xXｘ]\s*[）)\]]\s*$")
IN_PARENTHESES = re.compile(r"(?<=\S)\s*[（(\[【][^（(]*[）)\]】]\s*$")  # "質問（Q）", "Answer (short)"
SCALE = re.compile(  # said behind a name: (1-5), (1=sehr gut, 6=ungenügend), [0..10], 5段階
    r"[（(\[【]\s*(?:\d{1,2}\s*(?:[-–—~〜～]|\.{2,3}|to|bis|à|から)\s*\d{1,3}|\d{1,2}\s*[=＝:：].*|\d{1,2}段階.*|/\s*\d{1,3})\s*[）)\]】]"
    r"|\d{1,2}段階"
)
_SAID = (
    "(?:response|output|answer|completion|reply|content|text|message"
    "|回答|応答|返答|出力|答え|解答|返信|内容|本文|テキスト)"
)
_MENDED = "(?:corrected|revised|edited|improved|rewritten|fixed|refined)"
_AFTER = "(?:修正|訂正|添削|校正|推敲|改訂|改善|編集)(?:後|済み?|版)"
REVISED = re.compile(  # what was made of an answer: it is learnt, not the draft
    r"(?:human|expert|teacher|annotator|editor|reviewer)_(?:correction|revision|rewrite)|"
    rf"(?:\w+_)?{_MENDED}_{_SAID}|{_SAID}_(?:{_MENDED}|after(?:_\w+)?)|revision_{_SAID}"
    rf"|{_AFTER}の?{_SAID}?文?|{_SAID}文?_?{_AFTER}_?|(?:修正|訂正|添削|改善)案|正しい(?:回答|答え|解答|応答)"
    r"|(?:修正|訂正|添削|改善)の?(?:回答|答え|解答|応答)|(?:修正|修改|更正|订正|訂正|改进|改正)(?:后|後|过|版)?的?(?:回答|答案|回复|答复)"
    r"|(?:수정|교정|개선)(?:된|한|본)?_?(?:답변|응답|답)|(?:korrigierte|überarbeitete|verbesserte|berichtigte)_antwort"
    r"|réponse_(?:corrigée|révisée|améliorée|rectifiée)|respuesta_(?:corregida|revisada|mejorada|editada)"
    r"|risposta_(?:rivista|revisionata|migliorata)|resposta_(?:corrigida|revisada|melhorada)"
)
FIXES = {  # of an answer, where a tool for annotations asked for them
    "fix", "fixed", "fixes", "correction", "corrections", "corrected", "corrected_text", "rewrite", "rewritten", "edit",
    "edited", "revision", "revised", "improved", "better", "修正", "修正文", "訂正", "訂正文", "添削", "改善",
}  # fmt: skip
UNMENDED = {
    "", "-", "--", "–", "—", "－", "―", "ー", "none", "n/a", "no change", "no changes",
    "no change needed",
    "unchanged", "no correction", "no edits", "same", "same as left", "ditto", '"', "ok", "✓", "なし",
    "無し", "無",
    "変更なし", "修正なし", "訂正なし", "修正不要", "問題なし",
    "そのまま", "同じ", "同左", "左に同じ", "同上", "〃", "″",
    "keine", "keine änderung",
}  # fmt: skip
OF_DRAFTS = (
    "answer",
    "checked",
    "verdict",
    "critique",
    "stated",
    "rating",
    "word",
)  # what judges an answer, where somebody has mended it
DRAFTS = re.compile(
    r"(?i)answer|response|output|completion|reply|generation|draft|回答|応答|出力|答え|解答|返信|下書き"
)
OWNED = re.compile(  # an answer of somebody's: `gpt4_response`
    r"(?i)(?!(?:final|best|correct|gold|reference|expected|chosen|rejected|corrected|revised|model|long|short|good|bad)_)"
    r"(\w+?)_(?:answer|response|reply|output|completion|attempt|solution)"
)
SEVERAL = (  # answers of a model to one question, which lists beside them judge
    "generations", "samples", "sampled_responses", "sampled_answers", "responses", "model_responses", "rollouts",
    "candidate_responses", "completions", "outputs", "sampled_solutions", "generated_solutions", "generated_responses",
    "solutions", "candidates", "attempts", "tries", "model_answers", "回答候補", "回答一覧",
)  # fmt: skip


@functools.lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """In small letters, its words apart, those of camelCase too."""
    return re.sub(r"[^\w]+", "_", HUMPS.sub("_", name.strip()).lower()).strip("_")


@functools.lru_cache(maxsize=1024)
def is_revised(name: str) -> bool:
    return REVISED.fullmatch(plain(name)) is not None


@functools.lru_cache(maxsize=512)
def selects(name: str) -> bool:
    """Whether a column of this name marks which answers are to be used."""
    return SELECTS.fullmatch(plain(IN_PARENTHESES.sub("", name))) is not None


@functools.lru_cache(maxsize=512)
def is_ticked_by_x(name: str) -> bool:
    """Whether a column says itself that an x there calls an answer right: "Correct (x)"."""
    return TICKED_BY_X.search(name) is not None and kind_of(name) == "answer"


@functools.lru_cache(maxsize=512)
def is_revision(name: str) -> bool:
    """Whether an answer of this name is what was made of a draft."""
    return is_revised(name) or plain(name) in ("revision", "corrected")


@functools.lru_cache(maxsize=512)
def is_mended(name: str) -> bool:
    """Whether a column of this name holds what was made of a draft beside it, an answer, a translation or a text."""
    return is_revision(name) or plain(name) in FIXES or is_mended_translation(name)


def is_unmended(name: str, value: object) -> bool:
    """Whether nothing was made of a draft: an empty cell, or a word in such a column that says so."""
    if isinstance(value, str) and is_mended(name):
        return says_unmended(value)
    return value in ("", None, [], {})


def says_unmended(text: str) -> bool:
    """Whether a text is nothing, or a word for no change."""
    return text.strip(" ()（）.。").lower() in UNMENDED


@functools.lru_cache(maxsize=512)
def is_mended_translation(name: str) -> bool:
    """Whether a column of this name holds the translation that somebody has gone over."""
    return translations.MENDED.fullmatch(plain(name)) is not None


@functools.lru_cache(maxsize=512)
def as_fix(name: str) -> str:
    """What a column of mended answers is called so that it is known as one."""
    return f"{name} (corrected answer)" if plain(name) in FIXES and not is_revised(name) else name


@functools.lru_cache(maxsize=512)
def is_of_guard(place: str) -> bool:
    """Whether what stands there is a guard's, which may have looked at the request alone."""
    return OF_GUARDS.fullmatch(plain(place.rpartition(".")[2])) is not None


@functools.lru_cache(maxsize=512)
def holds_several(name: str | None) -> bool:
    return name is not None and plain(name) in SEVERAL


@functools.lru_cache(maxsize=512)
def kind_of(name: str, response: str | None = None) -> Kind | None:
    """What a column of this name judges, beside an answer in the column `response`; None where it judges none."""
    if MARKS.fullmatch(name.strip()):
        return "answer"
    short = IN_PARENTHESES.sub("", name)
    return _kind_of(plain(name), response) or (_kind_of(plain(short), response) if short != name else None)


def _kind_of(called: str, response: str | None) -> Kind | None:
    if OF_TESTS.fullmatch(called):
        return "tests"
    if OF_WHOLE.fullmatch(called):
        return "checked"
    if verdict_languages.WHO_SEES.fullmatch(called):
        return "seen"
    if (flag := fault_flags.kind_of(called)) is not None:
        return flag
    if fault_flags.SINCE.fullmatch(called):
        return "against"
    match = JUDGES.fullmatch(called)
    if match is not None:
        if match["wrong"]:
            return "wrong"
        whose = _whose(match["whose"], response)
        if match["verdict"] and whose != "asked":
            return None if called.startswith("rejected") else "verdict"
        if whose in ("asked", "other"):
            return _of_result(called)
        if match["word"] or match["rate"]:
            return "fault" if match["fault"] else "word" if match["word"] else "rate"
        if whose != "row":
            return "answer"
        return "run" if match["run"] else "checked" if match["checked"] else "answer"
    if (match := OF_GUARDS.fullmatch(called)) is not None:
        return "request" if match["asked"] else "safe"
    if (match := OF_SAFETY.fullmatch(called)) is not None:
        return "safe" if _whose(match["whose"], response) in ("row", "answer") else None
    if (match := OF_HARM.fullmatch(called)) is not None and not OF_KINDS.match(called):
        if called == "prompt_label" or match["trick"] or _whose(match["whose"], response) == "asked":
            return "request"
        return None if called.startswith("rejected") else "harm"
    if (match := OF_PEOPLE.fullmatch(called)) is not None:
        about = _whose(called.removesuffix("_up").rpartition("_")[0], response)
        return None if about == "asked" and not match["vote"] and not called.startswith("user_") else _of_people(match)
    if AGAINST.fullmatch(called):
        return "against"
    if PREDICTED.fullmatch(called):
        return "predicted"
    if IN_WORDS.fullmatch(called):
        return "critique"
    return "remark" if REMARKS.fullmatch(called) else verdict_languages.kind_of(called) or _of_result(called)


def _of_result(called: str) -> Kind | None:
    """A result or a state of something that is no question: words decide."""
    match = OF_RESULTS.fullmatch(called)
    return "stated" if match is not None and _whose(match[1], None) != "asked" and match[1] != "rejected" else None


def _of_people(match: re.Match[str]) -> Kind:
    return "thumb" if match["thumb"] else "vote" if match["vote"] else "stated"


def _whose(prefix: str | None, response: str | None) -> Literal["row", "answer", "asked", "other"]:
    """Whom a name's beginning means: `response_`, `question_`, or `gemini_` where `gemini_attempt` is the answer."""
    word = (prefix or "").removeprefix("is_").strip("_")
    if not word:
        return "row"
    if re.fullmatch(OF_ANSWERS, word) or (response is not None and response.lower().startswith(f"{word}_")):
        return "answer"
    return "asked" if re.fullmatch(OF_QUESTIONS, word) else "other"


@functools.lru_cache(maxsize=512)
def of_another(name: str, names: tuple[str, ...], response: str | None) -> bool:
    """Whether a column is of another answer than `response`: `b_grade`, where there are `a_answer` and `b_answer`."""
    others = (other for other in names if other != response and OF_GUARDS.fullmatch(plain(other)) is None)
    whose = {match[1].lower() for other in others if (match := OWNED.fullmatch(other))}
    own = OWNED.fullmatch(response) if response is not None else None
    whose -= {own[1].lower()} if own is not None else set()
    return any(name.lower().startswith(f"{word}_") for word in whose)


@functools.lru_cache(maxsize=512)
def judging(names: tuple[str, ...], response: str | None) -> tuple[tuple[str, Kind], ...]:
    """The columns that judge; of harm the one that goes turn by turn first, the answer's own before the row's."""
    found = [(name, kind) for name in names if (kind := kind_of(name, response)) is not None]
    if response is not None:
        found = [item for item in found if item[1] == "predicted" or not of_another(item[0], names, response)]
    else:
        found += _of_the_only_one(names)
    # 0 or 1: whether the answer says the same as the gold one.
    scored = ({"score", "gold_standard_solution"}, {"score", "response_id", "problem_id"})
    found += [("score", "answer")] if any(those <= {*names} for those in scored) else []
    return tuple(sorted(found, key=lambda item: nearness(item[0])))


def nearness(name: str) -> tuple[bool, bool]:
    """Less where what a column judges is nearer to the answer: what goes turn by turn, the answer's own, the row's."""
    return name != "openai_moderation", "response" not in name


def _of_the_only_one(names: tuple[str, ...]) -> list[tuple[str, Kind]]:
    """Beside a talk: what judges the answer of the only model that has a column of its own (r1_solution)."""
    whose = {match[1].lower() for name in names if (match := OWNED.fullmatch(name))}
    if len(whose) != 1:
        return []
    [owner] = whose
    own = [name for name in names if name.lower().startswith(f"{owner}_") and kind_of(name) is None]
    kinds = [(name, kind_of(name[len(owner) + 1 :])) for name in own]
    return [(name, kind) for name, kind in kinds if kind in ("answer", "checked", "verdict")]


@functools.lru_cache(maxsize=512)
def is_of_tests(name: str, names: tuple[str, ...]) -> bool:
    """Whether a rate says how many of the tests beside it were passed."""
    return OF_SHARE.fullmatch(plain(name)) is not None and any(TESTS.fullmatch(plain(other)) for other in names)


@functools.lru_cache(maxsize=512)
def is_of_attempt(place: str, attempt: str | None) -> bool:
    """Whether what condemns a choice question is of a model's answer to it, not of the right option."""
    kind = kind_of(place.rpartition(".")[2], attempt)
    return kind == "predicted" or (attempt is not None and kind in ("answer", "run"))
