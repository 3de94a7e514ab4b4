"""What people call their columns: from the names of a row's columns to the mapping they mean."""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_languages, evaluated, options, right_beside, verdict_names, verdicts

MESSAGES = (
    "messages", "conversations", "conversation", "dialogue", "dialog", "chat", "turns", "contents", "trajectory",
    "transcript", "chat_log", "会話", "会話履歴", "会話ログ", "対話", "対話履歴", "やり取り", "conversazione",
    "conversación", "conversacion", "conversa", "gespräch", "unterhaltung", "对话", "대화",
)  # fmt: skip
PROMPT = (
    "instruction", "prompt", "question", "problem", "query", "input", "inputs_pretokenized", "inputs", "request",
    "user", "human", "goal",
    "user_input", "user_prompt", "user_query", "user_message", "question_text", "question_stem",
    "question_body", "q_text", "ctx", "instruct_prompt", "質問", "指示", "問題", "問い", "質問文", "問題文",
    "質問内容", "ユーザー", "入力", "設問", "お問い合わせ", "お問い合わせ内容", "問い合わせ内容",
    "ご質問", "ご質問内容", "質問事項",
    "問合せ内容", "sql_prompt", "problem_text", "behavior", "behaviour", "お題",
    "frage", "pregunta", "domanda", "pergunta", "vraag", "вопрос", "问题", "提问", "질문", "문제",
    "anweisung", "instrucción", "instrucao", "consigne", "指令", "输入", "지시", "명령", "입력",
    *column_languages.PROMPT,
)  # fmt: skip
QUERY = (
    "input",
    "context",
    "sql_context",
    "query",
    "passage",
    "article",
    "paragraph",
    "body",
    "入力",
    "文脈",
    "本文",
    "前提",
    "記事",
)
ABOUT = (  # of a question alone
    "text", "document", "paragraphs", "reference_text", "source_text", "文章", "参考文", "コンテキスト",
    "reference_contexts", "contexts", "retrieval_context", "documents", "passages",
    "retrieved_contexts", "retrieved_documents", "passage_text", "context_text",
    "article_text", "document_text", "reading_passage", "source_document", "reference_document", "story", "excerpt",
    "news", "abstract", "knowledge", "資料", "参考資料", "参考文書", "参考情報", "文書", "段落", "抜粋",
    "課題文", "長文", "記事本文",
    "kontext", "absatz", "textabschnitt", "contexte", "texte", "contexto", "texto", "contesto", "testo", "fragmento",
    "контекст", "текст", "上下文", "文本", "문맥", "지문", "본문",
)  # fmt: skip
ASK_ABOUT = ("instruction", "prompt", "question", "user_input", "sql_prompt", "質問", "指示", "問題", "質問文", "設問")
QUESTIONS = (
    "question", "query", "user_input", "質問", "質問文", "設問", "question_text",
    "frage", "pregunta", "domanda", "pergunta", "vraag", "вопрос", "问题", "질문", *column_languages.PROMPT,
)  # fmt: skip
EDITS = (  # a text, and what an instruction has made of it
    ("変更前", "変更後"), ("編集前", "編集後"), ("書き換え前", "書き換え後"), ("言い換え前", "言い換え後"),
    ("before", "after"), ("original", "edited"), ("原文", "修正文"), ("原文", "校正文"), ("原文", "変更後"),
    *((f"{before}_{of}", f"{after}_{of}") for of in ("text", "sentence")
      for before, after in (("before", "after"), ("original", "edited"))),
)  # fmt: skip
INSTRUCTIONS = ("instruction", "prompt", "request", "指示", "anweisung", "consigne", "指令", "지시")  # they ask nothing
ANSWERED_BY = (("q", "a"), ("user", "bot"), ("user", "assistant"), ("human", "assistant"), ("human", "ai"))
# What a choice question is about stands before it; where nothing asks, the options end it.
BEFORE = (
    "flores_passage", "context", "passage", "article", "paragraph", "story", "premise", "dialogue", "dialog", "文脈",
    "本文", "記事", *ABOUT,
)  # fmt: skip
OF_QUIZZES = ("q", "stem", "item_stem", "問")  # which ask where options are there
ENDED = ("startphrase", "sentence", "英文", "statement", "premise", "story", "text", "context")
SYSTEM = (
    "system",
    "system_prompt",
    "system_message",
    "system_instruction",
    "systeminstruction",
    "sys",
    "developer",
    "システム",
)
HISTORY = ("history",)
RESPONSE = (
    "正しい回答", "正しい答え", "人間の回答",  # beside those that are not
    "corrigé", "corrigé_type", "réponse_attendue", "réponse_type", "musterlösung", "musterantwort",
    "erwartete_antwort", "respuesta_esperada", "risposta_attesa", "resposta_esperada",
    "response", "output", "completion", "target", "targets_pretokenized", "targets", "reply", "assistant", "gpt",
    "model_answer",
    "model_output", "model_response", "assistant_response", "answer_text", "output_text", "attempt", "deepseek_attempt",
    "gemini_attempt", "best_answer", "canonical_solution", "回答", "応答", "答え", "解答", "返答", "出力",
    "回答文", "回答内容", "解答例", "回答例", "模範解答", "最終回答", "応答内容", "返信", "返信内容", "ご回答",
    "アシスタント", "deepseek_solution", "llm_response", "r1_solution_1", "final", "completions",
    "continuation", "generation", "generated_text", "model_generation", "model_completion", "generated_response",
    "generated_answer", "llm_output", "llm_answer", "ai_response", "ai_answer", "ai_output", "aiの回答", "ai回答",
    "aiの応答", "aiの出力",
    "antwort", "réponse", "reponse", "respuesta", "risposta", "resposta", "antwoord", "ответ", "答案", "答复",
    "lösung", "soluzione", "solución", "solução", "oplossing", "输出",
    "답변", "대답", "응답", "정답", "출력", *column_languages.RESPONSE,
)  # fmt: skip
CODE = (
    "code",
    "sql",
    "sql_query",
)  # where nothing else answers: beside an answer it is a language's, an illness's, a lesson's
SOLUTION = ("solution", "generated_solution", "worked_solution")
ANSWER = (
    "answer",
    "final_answer",
    "correct_answer",
    "answers",
    "expected_answer",
    "gold_answer",
    "ground_truth",
    "gold",
    "reference_answer",
    "answer_number",
    "gt_answer",
    "right_answer",
    "ideal",
    "ground_truth_answer",
    "adjudicated",
    "正解",
    "正答",
    *column_languages.ANSWER,
)
REFERENCE = (
    "reference",
    "gt",
    "expected",
    "expected_output",
    "true_answer",
    "gold_label",
    "target",
)  # of what was predicted
REASONING = (
    "reasoning", "reasoning_content", "thinking", "thought", "thoughts", "think", "cot", "chain_of_thought",
    "complex_cot", "rationale", "explanation", "reasoning_trace", "cot_content", "thinking_trajectory", "trace", "exp",
    "answer_explanation",
    "thinking_trajectories", "deepseek_thinking_trajectory", "gemini_thinking_trajectory", "deepseek_reasoning",
    "model_reasoning", "reasoning_steps", "rationales", "justification", "support", "facts", "taskb", "fact1",
    "analysis", "sql_explanation", "steps", "solution_steps", "reasoning_summary", "reasoning_details", "think_content",
    "解説", "思考", "思考過程", "理由", "根拠", "途中式", "考え方", "推論", "推論過程", "思考ステップ", "解き方",
    "解法", "説明", "導出",
    "begründung", "erklärung", "raisonnement", "explication", "razonamiento", "explicación",
    "justificación", "ragionamento", "spiegazione", "raciocínio", "explicação", "объяснение", "推理", "推理过程",
    "思考过程", "解释", "解析", "추론", "이유", "설명", "풀이", "해설",
    *column_languages.REASONING,
)  # fmt: skip
CHOSEN = (
    "chosen", "preferred_output", "chosen_response", "response_chosen", "accepted", "preferred", "response_j",
    "good_answer", "good_response", "better_answer", "better_response", "良い回答", "好ましい回答", "採用回答",
)  # fmt: skip
REJECTED = (
    "rejected", "non_preferred_output", "rejected_response", "response_rejected", "response_k", "bad_answer",
    "bad_response", "worse_answer", "worse_response", "悪い回答", "好ましくない回答", "不採用回答",
)  # fmt: skip
ANSWERS = re.compile(
    r"(?i)answer|response|output|reply|solution|completion|generation|summary|highlights|ground_truth|回答|答え|要約"
)
CLASSES = re.compile(
    r"(?i).*labels?|annotations|targets?|class|stars|category|sentiment|rating|intent|is_duplicate|ラベル|感情"
)  # what a text is an example of
LONGEST_CLASS = 40  # characters
WRONG_ANSWERS = re.compile(  # never an answer to be learnt
    r"(?:変更|修正|訂正|添削|校正)前.*|誤答.*|誤解答.*|誤った\w+|不正解.*|誤り.*|間違い.*|間違った\w+|distractors?_?\d*"
    r"|(?:\w+_)?rejected(?:_\w+)?|(?:non_|dis)prefer\w*|response_k|悪い\w+|好ましくない\w+|不採用\w+"
    r"|(?:\w+_)?(?:wrong|incorrect|bad|false|distractor)_(?:\w+_)?(?:answer|response|output|completion|solution|option)s?_?\d*"
    r"|(?:insecure|vulnerable|buggy|faulty|flawed|mistaken|erroneous)_\w+|(?:old|previous|former|outdated|obsolete)_\w*"
    r"(?:answer|response|output|reply|solution|text|version)s?"
    r"|旧\w*(?:回答|答え|解答|文)|古い\w+"
    r"|ng(?:_\w+|[^\W\da-z_]\w*)?|(?:だめ|ダメ|駄目|良くない|よくない)な?\w*|(?:bad|wrong)_(?:example|practice|way)s?"
    r"|(?:do_not|don_?t|never|avoid)(?:_\w+)?|(?:what_)?not_to_\w+|(?:言って|使って|書いて)はいけない\w*|避け(?:る|たい)\w*"
    r"|有害な?\w*|危険な\w+|不適切な\w+|望ましくない\w+|(?:harmful|unsafe|toxic|jailbroken|worse|worst|dispreferred|negative)_\w+"
)
REMARKS = re.compile(  # what somebody says about an answer
    r"(?:\w+_)?(?:feedback|remarks?|internal_notes?|notes|why_(?:bad|wrong|\w*correct)|grader_comments?|reviewer_comments?)|teacher_(?:s_)?comments?"
    r"|(?:先生|教師|講師|採点者?|添削|レビュー\w*|評価者?)の?(?:コメント|講評|所見|指摘|一言)|講評|所見|備考|メモ|社内メモ"
)
SHORT = (  # names that say something only beside each other
    ("q", "a"), ("source", "target"), ("text", "code"), ("text", "output"), ("text", "response"),
    ("message_1", "message_2"), ("text", "completion"), ("message", "response"),
    ("message", "reply"), ("text", "answer"), ("text", "answers"), ("intent", "snippet"),
    ("本文", "返信"), ("本文", "返信内容"), ("本文", "回答"), ("本文", "答え"), ("body", "reply"),
    ("body", "response"), ("body", "answer"),
    ("text", "reply"), ("text", "antwort"), ("nachricht", "antwort"), ("message", "réponse"),
    ("mensaje", "respuesta"),
    ("texto", "respuesta"), ("messaggio", "risposta"), ("testo", "risposta"), ("texte", "réponse"),
    ("mensagem", "resposta"),
)  # fmt: skip
KNOWN = frozenset((
    *MESSAGES, *PROMPT, *QUERY, *ABOUT, *SYSTEM, *HISTORY, *RESPONSE, *CODE, *SOLUTION, *ANSWER, *REFERENCE, *REASONING,
    *CHOSEN, *REJECTED, *(name for pair in SHORT for name in pair), "no", "no_", "number", "title", "name", "category",
    "tag", "tags", "番号", "通番", "項番", "カテゴリ", "カテゴリー", "分類", "タイトル", "件名", "備考", "日付",
    "更新日",
))  # fmt: skip
RIVAL = re.compile(
    r"(?i)(.*?(?:answer|response|output|completion|conversation|summary|回答|応答|出力|返答|antwort|réponse|respuesta"
    r"|risposta|resposta|ответ|答案|回复|답변)s?)[ _]?([abxy012甲乙])"
)
CRITICISED, REVISIONS = {"critique", "critiques", "criticism", "reflection"}, ("revision", "corrected")
PLAIN = re.compile(r"(?i)(?!(?:true|false|yes|no|on|off|y|n|null|[\d._]+)$)[\w.]+")  # what YAML takes for a text
ANSWERING = frozenset((*RESPONSE, *ANSWER))
JOINED = re.compile(r"\s*(?:[・/／&＆+＋,、]|\b(?:und|and|et|y|e|og|och|en|i)\b|と)\s*|\s+")
NICKNAMES = ("user", "human")  # beside a text: who wrote it


@functools.lru_cache(maxsize=512)
def guess(names: tuple[str, ...]) -> Columns | None:
    """The mapping that these columns mean; None where no question or no answer is among them.

    `label` names all columns that judge the answer.
    """
    where = _of_names(names)
    if where is None or where.choices:
        return where
    judging = verdicts.columns(names, where)
    return where.model_copy(update={"label": ", ".join(judging)}) if judging else where


@functools.lru_cache(maxsize=512)
def guess_marked(names: tuple[str, ...]) -> Columns | None:
    """The mapping of a question with options where no column says which one is right: they may be marked themselves."""
    where = _of_names(names, marked=True)
    return where if where is not None and where.choices and where.choices == where.answer else None


def _of_names(names: tuple[str, ...], marked: bool = False) -> Columns | None:
    by_name = _by_plain_name(names)

    def first(wanted: Sequence[str]) -> str | None:
        return next((by_name[name] for name in wanted if name in by_name), None)

    more = {"system": first(SYSTEM), "history": first(HISTORY)}
    talk, prompt, short = first(MESSAGES), first(PROMPT), None
    if prompt in [by_name.get(name) for name in NICKNAMES] and "text" in by_name:
        prompt = None
    if prompt is None:
        prompt, short = next(
            ((by_name[asked], by_name[said]) for asked, said in SHORT if {asked, said} <= by_name.keys()),
            (None, None),
        )
    if "chat_history" in by_name and prompt is not None and prompt == by_name.get("message"):  # as of Cohere
        more = {"system": more["system"] or by_name.get("preamble"), "history": by_name["chat_history"]}
    if {"query", "response", "entry_point"} <= by_name.keys():  # a task of code, whose `prompt` are its imports
        prompt = by_name["query"]
    task = by_name.get("definition")  # of Natural Instructions: what to do with each input
    if task and prompt and prompt in (by_name.get("input"), by_name.get("inputs")):
        prompt = f"{{{task}}}\\n\\n{{{prompt}}}"
    chosen, rejected = first(CHOSEN), first(REJECTED)
    query = first(QUERY) if prompt in map(by_name.get, ASK_ABOUT) else None
    if query in (None, prompt) and prompt in map(by_name.get, QUESTIONS):
        query = first(ABOUT)
    if chosen and rejected:
        prompt = prompt or (None if talk else first(("context", "chat_history", "history")))
        return Columns(
            messages=talk, prompt=None if talk else prompt, query=query if query != prompt else None, chosen=chosen,
            rejected=rejected, **more,
        )  # fmt: skip
    where = options.columns(names)
    asked = prompt or first(OF_QUIZZES) or first(ENDED)
    right = options.right_column(names, where, asked) if where else None
    right = right or (", ".join(where) if marked else None)
    if where and right and asked:
        prompt = asked
        reasoning, about, lecture = first(REASONING) or first(SOLUTION), first(BEFORE), by_name.get("lecture")
        about = about or (by_name.get("hint") if lecture else None)  # of ScienceQA
        reasoning = f"{{{lecture}}}\\n\\n{{{reasoning}}}" if lecture and reasoning else reasoning or lecture
        if about not in (None, prompt, reasoning):
            prompt = f"{{{about}}}\\n\\n{{{prompt}}}"
        return Columns(prompt=prompt, choices=", ".join(where), answer=right, reasoning=reasoning)
    edited = next((pair for pair in EDITS if by_name.keys() >= {*pair}), None)
    if edited and prompt and by_name[edited[0]] != prompt:
        instructs = prompt in map(by_name.get, INSTRUCTIONS)  # else what was there before is a draft of its answer
        return Columns(prompt=prompt, query=by_name[edited[0]] if instructs else None, response=by_name[edited[1]])
    talk = talk or (_numbered(by_name) if prompt is None else None)
    if talk:  # which begins with what a developer says
        return Columns(messages=talk, **more | {"system": first(SYSTEM[:-2] + SYSTEM[-1:])})
    if prompt is None:
        return None
    response, solution = short or first(RESPONSE), first(SOLUTION)
    answer, reasoning = first(ANSWER), first(REASONING)
    reasoning = None if reasoning in (response, answer) else reasoning
    predicted = next((name for name in names if verdict_names.kind_of(name) == "predicted" and name != response), None)
    if predicted and answer is None:
        answer = next((by_name[name] for name in REFERENCE if by_name.get(name) not in (None, response)), None)
        answer = answer or (response if response in map(by_name.get, REFERENCE) else None)
    if response is None and solution is None:
        response = first(verdict_names.SEVERAL)
    if response is None and solution is None and answer is None:
        answer = right_beside.alone(by_name)
        if query in (None, prompt) and answer and prompt == by_name.get("input"):  # of DeepEval
            query = first(("context", "retrieval_context"))
    if response is None and solution is None and answer is None:
        response = first(CODE) or (by_name.get("content") if reasoning else None)
    revised = _revised(by_name)
    if revised is not None:
        response, answer = revised, (answer if response else None)  # which is the draft where nothing else is
    scored = evaluated.reference(by_name)
    response, answer = (response, answer) if scored in (None, prompt) else (scored, None)
    if query in (prompt, response):
        query = None
    if response is not None:
        return Columns(
            prompt=prompt, query=query, response=response, answer=answer, reasoning=reasoning or solution, **more
        )
    if solution is not None and answer is not None:
        return Columns(prompt=prompt, query=query, response=answer, answer=answer, reasoning=solution, **more)
    if (solution or answer) is None:
        return None
    return Columns(prompt=prompt, query=query, response=solution or answer, reasoning=reasoning, **more)


def _by_plain_name(names: Sequence[str]) -> dict[str, str]:
    """Without case and signs; what stands in parentheses behind a name counts where it tells two apart."""
    whole = {re.sub(r"[^\w]+", "_", name.strip().lower()): name for name in names}
    bare = {verdict_names.IN_PARENTHESES.sub("", name): name for name in reversed(names)}
    short = {re.sub(r"[^\w]+", "_", said.strip().lower()): name for said, name in bare.items()}
    if any(name in ANSWERING for name in (*whole, *short)):
        return short | whole
    return short | whole | {first: name for name in names if (first := _first_of(name)) is not None}


def _first_of(name: str) -> str | None:
    """Of a name that joins two ("Antwort Begründung", 回答・解説) the first, where an answer and its reasons are."""
    parts = [part for part in JOINED.split(name.strip().lower()) if part]
    if len(parts) != 2 or parts[0] not in ANSWERING or parts[1] not in REASONING:
        return None
    return parts[0]


def _revised(by_name: Mapping[str, str]) -> str | None:
    """The answer as somebody has mended it; a `revision` may be a number, but not beside what was criticised."""
    criticised = not CRITICISED.isdisjoint(by_name)
    mended = (name for name in by_name if verdict_names.is_revised(name) or (name in REVISIONS and criticised))
    return next((by_name[name] for name in mended), None)


def _numbered(by_name: Mapping[str, str]) -> str | None:
    """Turns in columns of their own: q1, a1, q2, a2; user_1, bot_1."""
    for pair, between in itertools.product(ANSWERED_BY, ("", "_")):
        pairs = itertools.takewhile(
            lambda names: by_name.keys() >= {*names},
            ([f"{who}{between}{number}" for who in pair] for number in itertools.count(1)),
        )
        turns = [by_name[name] for names in pairs for name in names]
        if turns:
            return ", ".join(turns)
    return None


def rivals(names: Sequence[str]) -> list[str]:
    """Columns that hold two answers to the same, of which their names do not say which is the better one."""
    ends = [RIVAL.fullmatch(name) for name in names]
    stems = Counter(end[1].lower() for end in ends if end)
    return [end[0] for end in ends if end and stems[end[1].lower()] > 1]


def answering(names: tuple[str, ...]) -> tuple[str | None, str | None, str | None]:
    """The columns for (an answer, the gold answer alone, a trace), whatever asks."""
    by_name = _by_plain_name(names)
    return tuple(  # type: ignore[return-value]
        next((by_name[name] for name in wanted if name in by_name), None) for wanted in (RESPONSE, ANSWER, REASONING)
    )


def is_part(name: str) -> bool:
    """Whether a column of this name is part of an example beside a text: what is asked, answered, or its class."""
    plain = re.sub(r"[^\w]+", "_", name.strip().lower())
    asks = plain in PROMPT and plain not in NICKNAMES
    return asks or CLASSES.fullmatch(plain) is not None or ANSWERS.search(plain) is not None


def is_known(name: str) -> bool:
    """Whether a column of this name has a meaning here, or may have one beside others."""
    plain = re.sub(r"[^\w]+", "_", name.strip().lower())
    return plain in KNOWN or is_part(name) or verdict_names.kind_of(name) is not None


def unused(names: Sequence[str], where: Columns) -> list[str]:
    """The columns that a mapping leaves lying."""
    said = " ".join(str(value) for value in where.model_dump().values() if value)
    return [name for name in names if name and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)]


def line(where: Columns, tool: str | None = None) -> str:
    """The mapping as a line of the configuration; `tool`: whose exports it is of."""
    given = {role: name for role, name in where.model_dump().items() if name}
    quoted = {role: name if PLAIN.fullmatch(name) else _quoted(name) for role, name in given.items()}
    columns = "columns: {" + ", ".join(f"{role}: {name}" for role, name in quoted.items()) + "}"
    return columns if tool is None else f"adapter: {tool}, {columns}"


def _quoted(name: str) -> str:
    """As YAML reads it; new lines of a template as `\\n`, which stands for one there as well."""
    return json.dumps(name.replace("\\n", "\n"), ensure_ascii=False)
