"""What people call their columns in English, Japanese and the other main languages: names, by what stands in them."""

from __future__ import annotations

import re

from so8t_engine.data.adapters import column_languages

MESSAGES = (
    "messages", "conversations", "conversation", "dialogue", "dialog", "chat", "turns", "contents", "trajectory",
    "transcript", "chat_log", "会話", "会話履歴", "会話ログ", "対話", "対話履歴", "やり取り", "conversazione",
    "conversación", "conversacion", "conversa", "gespräch", "unterhaltung", "对话", "대화",
)  # fmt: skip
PROMPT = (
    "instruction", "prompt", "question", "problem", "query", "input", "inputs_pretokenized", "inputs", "request",
    "user", "human", "goal",
    "user_input", "user_prompt", "user_query", "user_message", "question_text", "question_stem", "user_question",
    "query_text",
    "question_body", "q_text", "ctx", "instruct_prompt", "質問", "指示", "問題", "問い", "質問文", "問題文",
    "質問内容", "ユーザー", "入力", "設問", "お問い合わせ", "お問い合わせ内容", "問い合わせ内容",
    "ご質問", "ご質問内容", "質問事項",
    "もんだい", "しつもん", "なぞなぞ", "クイズ", "aufgabe", "aufgabenstellung",
    "問合せ内容", "sql_prompt", "problem_text", "behavior", "behaviour", "お題",
    "frage", "pregunta", "domanda", "pergunta", "vraag", "вопрос", "问题", "提问", "질문", "문제",
    "anweisung", "instrucción", "instrucao", "consigne", "指令", "输入", "지시", "명령", "입력",
    *column_languages.PROMPT,
    "計算式", "式", "しき", "expression", "equation",  # where nothing else asks
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
PASSAGES = (  # nothing else is called so
    "context", "passage", "article", "paragraph", "sql_context", "文脈", "本文", "記事",
    "document", "documents", "paragraphs", "reference_text", "source_text", "参考文", "コンテキスト",
    "reference_contexts", "contexts", "retrieval_context", "passages",
    "retrieved_contexts", "retrieved_documents", "passage_text", "context_text",
    "article_text", "document_text", "reading_passage", "source_document", "reference_document", "excerpt",
    "資料", "参考資料", "参考文書", "参考情報", "文書", "抜粋", "課題文", "長文", "記事本文",
    "chunk", "chunks", "doc", "docs", "retrieved", "retrievals", "snippet", "snippets", "hits", "table", "tables",
    "schema", "ddl", "evidence", "evidences", "transcript", "transcription", "background",
    "チャンク", "検索結果", "ドキュメント", "書き起こし", "文字起こし", "スキーマ", "テーブル定義", "背景情報",
    "dokument", "dokumente", "ausschnitt", "documento", "documentos", "documenti", "extrait", "fragmentos",
    "документ", "文档", "检索结果", "문서",
)  # fmt: skip
CASES = (  # told in prose before their question
    "vignette", "case_vignette", "clinical_vignette", "patient_vignette", "scenario", "case_scenario",
    "clinical_scenario",
    "case", "case_description", "case_history", "case_study", "clinical_case", "patient_case", "patient_history",
    "facts_of_the_case", "situation", "fallvignette", "fallbeispiel", "fallbeschreibung", "sachverhalt", "tatbestand",
    "vignette_clinique", "cas_clinique", "les_faits", "faits", "caso_clínico", "caso_clinico", "caso", "hechos",
    "fatti",
    "fatos", "症例", "症例文", "事例", "事案", "事実関係", "シナリオ", "状況", "案情", "病例", "사례", "사실관계",
    "stem", "question_stem", "item_stem",
)  # fmt: skip
ABOUT = (  # of a question alone
    "text", "文章", "story", "news", "abstract", "knowledge", "段落", *PASSAGES,
    "kontext", "absatz", "textabschnitt", "contexte", "texte", "contexto", "texto", "contesto", "testo", "fragmento",
    "контекст", "текст", "上下文", "文本", "문맥", "지문", "본문", *CASES,
)  # fmt: skip
PASSAGE = re.compile(  # the same in two words
    r"(?:retriev(?:ed|al)|relevant|supporting|search|reference|grounding|gold|positive|context|evidence|kb|knowledge|rag"
    r"|wiki(?:pedia)?|background|source|input|full|raw|top_?k?|call|meeting|chat|video|audio|interview|db|database|table|sql)"
    r"_(?:chunks?|docs?|documents?|passages?|contexts?|snippets?|paragraphs?|articles?|results|evidences?|excerpts?"
    r"|transcripts?|transcriptions?|schemas?|ddl|definitions?|tables?)|create_(?:table|statement)\w*"
    r"|(?:検索|取得|参照|関連|根拠|対象|元|社内)(?:文書|資料|ドキュメント|文|テキスト|チャンク)|(?:会議|通話|会話)の?(?:文字|書き)起こし"
    r"|(?:db|データベース|テーブル)(?:定義|スキーマ|構造)"
)
ASK_ABOUT = ("instruction", "prompt", "question", "user_input", "sql_prompt", "質問", "指示", "問題", "質問文", "設問")
ASK_OF_PASSAGES = (
    *ASK_ABOUT, "input", "problem", "query", "request", "user_query", "user_prompt", "user_message", "question_text",
    "質問内容", "ご質問", "ご質問内容", "お問い合わせ内容", "問い合わせ内容", "問い",
)  # fmt: skip
QUESTIONS = (
    "question", "query", "user_input", "質問", "質問文", "設問", "question_text", "user_question", "query_text",
    "frage", "pregunta", "domanda", "pergunta", "vraag", "вопрос", "问题", "질문", *column_languages.PROMPT,
)  # fmt: skip
EDITS = (  # a text, and what an instruction has made of it
    ("変更前", "変更後"), ("編集前", "編集後"), ("書き換え前", "書き換え後"), ("言い換え前", "言い換え後"),
    ("before", "after"), ("original", "edited"), ("原文", "修正文"), ("原文", "校正文"), ("原文", "変更後"),
    *((f"{before}_{of}", f"{after}_{of}") for of in ("text", "sentence")
      for before, after in (("before", "after"), ("original", "edited"))),
)  # fmt: skip
INSTRUCTIONS = ("instruction", "prompt", "request", "指示", "anweisung", "consigne", "指令", "지시")  # they ask nothing
INSTRUCT = (  # said once for all rows, or in each
    "definition", "instruction", "instructions", "task_instruction", "task_instructions", "task_prefix",
    "prompt_prefix", "指示", "指示文", "命令文", "インストラクション", "anweisung", "anweisungen", "aufgabenstellung",
    "consigne", "instrucción", "instrucciones", "istruzione", "istruzioni", "instrução", "instruções", "инструкция",
    "指令", "지시", "지시문",
)  # fmt: skip
MAY_INSTRUCT = (  # or name a task
   
    "task", "question", "タスク", "課題", "質問", "aufgabe", "tâche", "tarea", "compito", "tarefa", "задание", "任务",
)  # fmt: skip
SENTENCE = re.compile(r"(?:\S+\s+){3}\S|[^\x00-\x7f]{6}|\S\s.*[.?:]$")  # and no name of a task
TASKS = (*INSTRUCT, *MAY_INSTRUCT)
ANSWERED_BY = (("q", "a"), ("user", "bot"), ("user", "assistant"), ("human", "assistant"), ("human", "ai"))
# What a choice question is about stands before it; where nothing asks, the options end it.
BEFORE = (
    "flores_passage", "context", "passage", "article", "paragraph", "story", "premise", "dialogue", "dialog", "文脈",
    "本文", "記事", *ABOUT, "facts",
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
    "こたえ", "答", "回答文", "回答内容", "解答例", "回答例", "模範解答", "最終回答", "応答内容", "返信",
    "返信内容", "ご回答",
    "アシスタント", "deepseek_solution", "llm_response", "r1_solution_1", "final", "completions",
    "continuation", "generation", "generated_text", "model_generation", "model_completion", "generated_response",
    "generated_answer", "llm_output", "llm_answer", "ai_response", "ai_answer", "ai_output", "aiの回答", "ai回答",
    "aiの応答", "aiの出力",
    "antwort", "réponse", "reponse", "respuesta", "risposta", "resposta", "antwoord", "ответ", "答案", "答复",
    "lösung", "soluzione", "solución", "solução", "oplossing", "输出",
    "답변", "대답", "응답", "정답", "출력", *column_languages.RESPONSE,
)  # fmt: skip
ATTEMPTS = (  # what a model has answered beside options, the right one of which stands elsewhere
    "model_answer", "model_output", "model_response", "model_generation", "model_completion", "assistant_response",
    "llm_response", "llm_output", "llm_answer", "ai_response", "ai_answer", "ai_output", "generated_response",
    "generated_answer", "generated_text", "generation", "response", "completion", "output", "assistant", "gpt",
    "r1_solution_1", "deepseek_attempt", "gemini_attempt", "predicted_answer", "prediction", "aiの回答", "ai回答",
    "aiの応答", "aiの出力", "モデルの回答", "モデル回答", "モデルの出力", "モデル出力", "応答", "出力",
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
    "ans",
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
    "model_reasoning", "reasoning_steps", "rationales", "justification", "support", "taskb", "fact1",
    "analysis", "sql_explanation", "steps", "solution_steps", "reasoning_summary", "reasoning_details", "think_content",
    "解説", "思考", "思考過程", "理由", "根拠", "途中式", "考え方", "推論", "推論過程", "思考ステップ", "解き方",
    "解法", "説明", "導出", "ときかた", "とき方", "解きかた", "かんがえかた", "考えかた", "せつめい", "かいせつ",
    "途中の考え", "途中の計算", "途中計算", "途中の式", "計算過程",
    "how_to_solve", "workings", "rechenweg", "lösungsweg", "démarche", "procedimiento", "svolgimento",
    "begründung", "erklärung", "raisonnement", "explication", "razonamiento", "explicación",
    "justificación", "ragionamento", "spiegazione", "raciocínio", "explicação", "объяснение", "推理", "推理过程",
    "思考过程", "解释", "解析", "추론", "이유", "설명", "풀이", "해설",
    *column_languages.REASONING,
    "facts",  # which an analysis beside them is about
)  # fmt: skip
TOLD_OF_KEYS = (  # beside options: why the right one is right
    "feedback", "general_feedback", "generalfeedback", "feedback_text", "correct_feedback", "answer_feedback",
    "hinweis", "hinweise", "kommentar", "kommentare", "anmerkung", "comentário", "comentários", "comentario",
    "comentarios", "commentaire", "commentaires", "commento", "remarque", "observación", "observação", "opmerking",
    "комментарий", "komentarz", "yorum",
)  # fmt: skip
REASONS = re.compile(  # the same in more words: 式と考え方, アセスメント（考え方）
    r"(?!.*(?:生徒|学生|児童|受験者|学習者|解答者|回答者|本人|採点|評価|指導|出題|誤|間違))"
    r"(?:.*(?:考え方|解き方|求め方|道筋|筋道|見立て|立式|途中式|ための式)_?|(?:式|計算)[と_・]\w+|アセスメント|筆算"
    r"|(?:先生|教師|教員|講師|医師|専門家|監修者|著者|詳しい|詳細な?|丁寧な|解答|回答|答え|正解|問題)の?解説"
    r"|(?:先生|教師|教員|講師|医師|専門家|正解|答え)の説明|(?:解答|回答|答え|正解|結論|判断|診断)(?:の|に至る|に至った)?(?:根拠|理由|過程)"
    r"|(?:teacher|tutor|instructor|expert|author|doctor)(?:_?s)?_(?:explanation|reasoning|rationale)"
    r"|(?:explanation|reason(?:ing|s)?|rationale|basis)_(?:of|for|behind)_(?:the_)?(?:answer|solution|decision|conclusion|advice)"
    r"|(?:inner|internal)_(?:thoughts?|monologue|reasoning)|why_(?:this_is|it_is|is_this|is_it)_(?:right|correct|true|so)_?"
    r"|(?:erklärung|erläuterung|begründung)_(?:der_(?:lehrkraft|antwort|lösung|entscheidung)|des_lehrers|zur_(?:antwort|lösung))"
    r"|erläuterung(?:en)?|(?:antwort|entscheidungs|lösungs)(?:begründung|erklärung|erläuterung)"
    r"|(?:explication|justification|raisonnement)_(?:du_prof(?:esseur)?|de_l_enseignant|de_la_(?:réponse|solution|décision))"
    r"|(?:explicación|justificación|razonamiento)_(?:del_(?:profesor|docente|maestro)|de_la_(?:respuesta|solución|decisión))"
    r"|(?:explicação|justificativa|raciocínio)_(?:do_(?:professor|docente)|da_(?:resposta|solução|decisão))"
    r"|(?:spiegazione|motivazione|ragionamento)_(?:del_(?:docente|professore)|dell_insegnante|della_(?:risposta|soluzione|decisione))"
    r"|(?:wyjaśnienie|uzasadnienie)_(?:nauczyciela|odpowiedzi|rozwiązania|decyzji)"
    r"|(?:老师|教师|名师|专家|题目|详细)的?(?:解析|讲解|解释)|(?:判断|诊断|结论|回答)的?(?:依据|理由|根据)"
    r"|(?:선생님|교사|강사|전문가)_?(?:의_)?(?:해설|풀이|설명)|(?:판단|진단|답변|정답)_?(?:의_)?(?:근거|이유)|(?:상세|자세한)_?(?:해설|풀이))"
)
STEPS = re.compile(  # in columns of their own: 考え方1, 考え方2
    r"(考え方|解き方|解説|途中式|式|手順|ステップ|(?:(?:solution|reasoning|worked)_)?steps?)_*([1-9①-⑨])"
)
SUMS = ("式", "計算式", "しき", "equation", "equations")  # how an answer is worked out, where something else asks
OF_SUMS = ("original_text", "text", "story", "body", "文章", "文章題", "本文", "应用题", "texto", "texte", "testo")
HINTS = re.compile(r"(?:.*[_の])?(?:hints?|clues?|ヒント|手がかり|ひんと)_?[\d①-⑨]?|.*(?:る|た)ヒント")
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
    r"|(?:^|[_ .-])ans(?:$|[_ .-])"
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
    r"(?!(?:re)?solution_|clos(?:ure|ing)_)(?:\w+_)?(?:feedback|remarks?|internal_notes?|notes|why_(?:bad|wrong|\w*correct)|(?:grader|reviewer|marker|examiner|assessor|rater|corrector)s?_(?:comment|view|remark|note|opinion)s?)|teacher_(?:s_)?comments?"
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
ANSWERING = frozenset((*RESPONSE, *ANSWER))
