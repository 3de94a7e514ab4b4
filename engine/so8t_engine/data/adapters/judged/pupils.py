"""Answers that pupils have given beside the model answer, and the grades that are of those."""

from __future__ import annotations

import functools
import re

from so8t_engine.data.adapters.judged import verdict_languages, verdict_names

ANSWERS = re.compile(  # right or wrong: learnt only where something says which
    r"(?:student|pupil|learner|candidate|examinee|submitted|given|provided)s?_(?:s_)?(?:answer|response|solution|attempt|reply|work|working|calculation|try|draft)s?"
    r"|(?:student|pupil|learner)s?_(?:s_)?(?:text|essay|code)"
    r"|user_answers?"
    r"|(?:生徒|学生|受験者|児童|学習者|解答者|回答者)の?(?:解答|回答|答え|答案|途中式|計算|途中計算|解き方|考え方|作文)|提出(?:解答|回答|答案)"
    r"|(?:réponse|copie|travail)_(?:de_l_|d_une?_|des_|de_l|du_)?(?:élève|eleve|étudiant|etudiant|apprenant|candidat)e?s?"
    r"|(?:schüler(?:in)?|lernenden|prüflings)_?(?:antwort(?:en)?|lösung(?:en)?|rechnung|rechenweg|text)|antwort(?:en)?_(?:des|der)_(?:schüler|lernende|student|prüfling)\w*"
    r"|respuestas?_(?:del?|de_la|de_los)_(?:alumn|estudiante)\w*|risposte?a?_(?:dello|dell|della|degli)_(?:student|alunn|alliev)\w*"
    r"|respostas?_d[oa]s?_(?:alun|estudante)\w*"
    r"|(?:answer|response|solution)s?_(?:given|submitted|(?:of|by)_(?:the_)?(?:student|pupil|learner|candidate|user)s?)"
    r"|(?:gegebene|abgegebene)_antwort|réponse_(?:donnée|rendue)|respuesta_(?:dada|entregada)|risposta_data|resposta_dada"
    r"|antwort_?(?:schüler|prüfling|lernende)\w*|(?:解答|回答|答え|答案)_(?:生徒|学生|児童|受験者)|提出された(?:解答|回答|答え)"
    r"|(?:学生|考生)的?(?:答案|回答|作答)|학생의?_?(?:답안|답변|답|응답)|ответ_(?:ученика|студента|учащегося)"
    r"|odpowiedź_(?:ucznia|studenta)|öğrenci(?:nin)?_(?:cevabı|yanıtı)|elevens_svar|antwoord_(?:van_de_)?(?:leerling|student)"
)
GRADES = re.compile(
    r"採点(?:結果)?|判定(?:結果)?|正誤(?:判定)?|正否|合否|評価(?:結果)?|正しい|採点者?コメント|正解(?:かどうか|フラグ)"
    r"|labels?|(?:\w+_)?(?:is_)?(?:correct(?:ness)?|right|incorrect|wrong|mistaken?|graded?|pass(?:ed)?)"
    r"|(?:\w+_)?(?:verdict|grade|evaluation|eval|assessment|feedback|judge?ment|result|score|mark)"
    r"|(?:得|配|満|素|小計|合計)?点数?|スコア|評点|成績|分数|得分|점수|배점|(?:erreichte_|max(?:imale)?_)?punkte?|punktzahl|(?:schul)?noten?"
    r"|(?:\w+_)?(?:points?|marks)(?:_\w+)?|notes?|nota|voto|voti|punti|puntos|puntuación|punteggio|pontuação|pontos|балл(?:ы|ов)?"
)
OF_THE_ANSWER = re.compile(r"(?:model|reference|gold|expected|llm|assistant|response|output)_\w+")


@functools.lru_cache(maxsize=512)
def is_answer(name: str) -> bool:
    return ANSWERS.fullmatch(verdict_names.plain(name)) is not None


@functools.lru_cache(maxsize=512)
def is_grade(name: str) -> bool:
    """Whether a column that judges is of a pupil's answer where there is one."""
    called = verdict_names.plain(verdict_names.IN_PARENTHESES.sub("", name))
    if OF_THE_ANSWER.fullmatch(called):
        return False
    grades = GRADES.fullmatch(called) or verdict_languages.kind_of(called) or verdict_names.REMARKS.fullmatch(called)
    return bool(grades) or verdict_names.MARKS.fullmatch(name.strip()) is not None
