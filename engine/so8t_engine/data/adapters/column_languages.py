"""What people of other languages call the columns of questions and answers: beside the names in column_names.py."""

from __future__ import annotations

import re


def plain(name: str) -> str:
    """As the names of columns are compared: signs, and in some scripts vowels, become `_`."""
    return re.sub(r"[^\w]+", "_", name.strip().lower())


def _plain(*names: str) -> tuple[str, ...]:
    return tuple(map(plain, names))


PROMPT = _plain(
    "énoncé", "enunciado", "pytanie", "soru", "otázka", "fråga", "spørsmål", "spørgsmål", "kysymys", "kérdés",
    "întrebare", "pertanyaan", "soalan", "питання", "запитання", "въпрос", "ερώτηση", "السؤال", "سؤال", "שאלה",
    "प्रश्न",
    "सवाल", "consulta", "คำถาม", "câu hỏi", "câu_hỏi", "prüfungsfrage", "問題內容", "題目", "题目", "문항",
    "fragestellung", "fragetext", "aufgabentext", "frage_text", "設問文", "設問内容", "設問本文", "問題本文", "問い文",
    "題干", "题干", "texte de la question", "intitulé", "intitulé de la question", "texto de la pregunta",
    "texto da pergunta", "testo della domanda", "task text", "exercise text", "text of the question", "текст вопроса",
    "treść pytania", "soru metni", "문제 내용", "질문 내용",
)  # fmt: skip
RESPONSE = _plain(
    "odpowiedź", "cevap", "yanıt", "odpověď", "odpoveď", "svar", "vastaus", "válasz", "răspuns", "jawaban",
    "відповідь",
    "отговор", "απάντηση", "الإجابة", "الجواب", "إجابة", "جواب", "תשובה", "उत्तर", "जवाब", "คำตอบ", "đáp án",
    "trả lời",
    "câu trả lời", "回覆", "解答內容", "dictamen",
)  # fmt: skip
ANSWER = _plain(  # alone, beside the reasons
    "最终答案", "最終答案", "参考答案", "參考答案", "标准答案", "標準答案", "最終的な答え", "最終解答", "최종 답",
    "최종 답안", "최종 답변", "endergebnis", "endantwort", "réponse finale", "respuesta final", "resposta final",
    "risposta finale",
)  # fmt: skip
REASONING = _plain(
    "uzasadnienie", "wyjaśnienie", "açıklama", "çözüm", "vysvětlení", "zdůvodnění", "förklaring", "motivering",
    "toelichting", "uitleg", "perustelu", "magyarázat", "indoklás", "explicație", "penjelasan", "pembahasan",
    "пояснення", "пояснение", "обоснование", "обяснение", "εξήγηση", "الشرح", "شرح", "التفسير", "السبب", "הסבר",
    "التعليل",
    "व्याख्या", "स्पष्टीकरण", "เหตุผล", "คำอธิบาย", "lời giải", "giải thích", "lösungsweg", "rechenweg",
    "justification",
    "justificación de la respuesta", "motivazione", "justificativa", "詳解", "说明", "答案解析", "试题解析",
    "解答解説", "正解の解説", "答えの解説", "回答の理由", "정답 해설", "思考過程", "思路", "gutachten", "fundamento",
    "fundamentos",
    "überlegung", "überlegungen", "gedankengang", "réflexion", "reflexión", "reflexão", "riflessione", "¿por qué?",
    "por qué", "pourquoi", "warum", "perché", "dlaczego", "почему", "解説文", "解説・ポイント", "解き方のポイント",
    "解法のポイント", "考え方のポイント", "full_text_proof", "natural_language_proof", "proof_in_words",
    "fundamento jurídico", "fundamentos jurídicos", "fundamentación", "fundamentação", "fondement",
    "fondement juridique",
)  # fmt: skip
# What says which option is right, without what parts the words; and what stands before an option's letter or number.
RIGHT = (
    "richtigeantwort", "richtig", "korrekteantwort", "lösung", "lösungsbuchstabe", "bonneréponse",
    "réponsecorrecte",
    "réponsejuste", "bonnereponse", "correcta", "respuestacorrecta", "opcióncorrecta", "opcioncorrecta",
    "rispostacorretta", "rispostaesatta", "opzionecorretta", "corretta", "respostacorreta", "respostacerta",
    "gabarito",
    "alternativacorreta", "poprawnaodpowiedź", "poprawnaodp.", "prawidłowaodpowiedź", "poprawna", "doğrucevap",
    "doğruşık", "doğruseçenek",
    "juisteantwoord", "goedeantwoord", "správnáodpověď", "správnaodpoveď", "rättsvar", "riktigsvar", "rigtigtsvar",
    "правильныйответ", "верныйответ", "правильныйвариант", "правильнавідповідь", "веренотговор", "σωστήαπάντηση",
    "bonnesréponses", "réponsescorrectes", "réponsesjustes", "richtigeantworten", "respuestascorrectas",
    "rispostecorrette", "rispostegiuste", "respostascorretas", "respostascertas",
    "bon", "bonne", "bonchoix", "bonneoption", "juste", "correcte", "richtigeoption", "richtigeauswahl", "korrekt",
    "correcto", "acertada", "respuestaacertada", "giusta", "giusto", "corretto", "esatta", "esatto", "rispostagiusta",
    "sceltacorretta", "sceltagiusta", "certa", "certo", "correta", "correto", "opçãocorreta", "opcaocorreta",
    "opçãocerta", "alternativacerta",
    "solución", "solucion", "soluzione", "solução", "solucao", "oplossing", "loesung", "lösungen", "corrigé", "clave",
    "clavederespuesta", "标准答案", "標準答案", "参考答案", "參考答案", "正確選項", "正しい答え", "正しい選択肢",
    "正解肢", "正答肢", "正解の選択肢", "해답", "모범답안", "svar", "vastaus", "odpověď", "jawaban", "răspuns",
    "отговор", "απάντηση",
    "đápánđúng", "đápán", "الإجابةالصحيحة", "jawabanbenar", "kuncijawaban", "cevap", "odpowiedź", "正确选项",
    "正確答案", "正解選択肢", "정답번호", "ответ", "відповідь", "antwoord",
)  # fmt: skip
OPTION = (
    r"antwort|antwortmöglichkeit|réponse|reponse|proposition|respuesta|opción|opcion|alternativa|risposta|opzione|resposta"
    r"|opção|opcao|odp\.?|odpowiedź|вариант|ответ|варіант|відповідь|antwoord|optie|şık|seçenek|cevap|odpověď|možnost"
    r"|choix|auswahl|auswahlmöglichkeit|antwortoption|wahl|elección|eleccion|scelta|escolha"
    r"|alternativ|svar|pilihan|lựa chọn|phương án|đáp án|选项|選項|보기|선택지"
)
