"""The words by which people call an answer good or bad, in the main languages, and harmful or harmless."""

from __future__ import annotations

# By language: what says of hardly anything else that it is right or wrong; yes and no, which say it where one is asked.
WRONG = {
    "de": ("falsch", "inkorrekt", "fehlerhaft", "schlecht", "mangelhaft", "ungenügend", "abgelehnt", "halb richtig",
           "nicht richtig", "nicht korrekt", "stimmt nicht", "ungültig", "durchgefallen", "nicht freigegeben",
           "nicht genehmigt", "nicht bestätigt", "zurückgewiesen", "verworfen"),
    "fr": ("faux", "fausse", "incorrecte", "erroné", "erronée", "mauvais", "mauvaise", "refusé", "rejeté", "refusée",
           "rejetée", "pas correct", "non correct", "non valide", "erreur", "non validé", "non validée",
           "non approuvé", "non approuvée"),
    "es": ("incorrecto", "incorrecta", "falso", "falsa", "erróneo", "errónea", "equivocado", "equivocada", "rechazado",
           "rechazada", "no correcto", "no es correcto", "no válido", "no aprobado", "no aprobada", "denegado",
           "denegada"),
    "it": ("sbagliato", "sbagliata", "errato", "errata", "scorretto", "scorretta", "non corretto", "respinto",
           "respinta", "non valido", "non corretta", "non approvato", "non approvata", "rifiutato"),
    "pt": ("errado", "errada", "incorreto", "incorreta", "rejeitado", "reprovado", "não correto", "não está correto",
           "inválido", "rejeitada", "reprovada", "não aprovado", "não aprovada"),
    "nl": ("fout", "onjuist", "niet juist", "afgekeurd", "niet goed", "niet correct", "ongeldig"),
    "ru": ("неверно", "неправильно", "неверный", "неправильный", "ошибка", "ошибочно", "плохо", "отклонено",
           "не верно", "не правильно", "неверная", "неправильная", "ошибочный", "неприемлемо"),
    "pl": ("źle", "błędne", "błędna", "błędnie", "niepoprawne", "niepoprawnie", "nieprawidłowe", "odrzucone",
           "błędny", "błąd", "niepoprawny", "niepoprawna", "nieprawidłowa", "nieprawidłowy", "zła", "zły"),
    "tr": ("yanlış", "hatalı", "reddedildi", "doğru değil", "geçersiz"),
    "zh": ("错误", "错", "不对", "不正确", "不准确", "不通过", "未通过", "拒绝", "錯誤", "錯", "不正確", "不對",
           "不準確", "不通過", "未通過", "拒絕", "有误", "有誤", "有错", "错误的", "无效", "錯的", "错的"),
    "ko": ("틀림", "틀렸음", "오답", "나쁨", "부정확", "부적절", "불합격", "거절", "오류", "틀린", "맞지 않음",
           "잘못됨"),
    "ar": ("خطأ", "خاطئ", "خاطئة", "غير صحيح", "غير صحيحة", "مرفوض", "مرفوضة"), "sv": ("fel", "felaktig", "felaktigt"),
    "vi": ("sai", "không đúng"), "hi": ("गलत",),
}  # fmt: skip
RIGHT = {
    "de": ("richtig", "korrekt", "fehlerfrei", "akzeptiert", "freigegeben", "bestanden", "gültig", "genehmigt",
           "bestätigt"),
    "fr": ("vrai", "vraie", "correcte", "juste", "exact", "exacte", "validé", "validée", "approuvé", "approuvée",
           "accepté", "acceptée"),
    "es": ("correcto", "correcta", "verdadero", "verdadera", "acertado", "aprobado", "aprobada", "aceptado",
           "aceptada"),
    "it": ("giusto", "giusta", "corretto", "corretta", "esatto", "esatta", "approvato", "approvata", "accettato"),
    "pt": ("certo", "certa", "correto", "correta", "verdadeiro", "verdadeira", "aprovado", "aprovada", "aceito"),
    "nl": ("goed", "juist", "goedgekeurd"),
    "ru": ("верно", "правильно", "верный", "правильный", "хорошо", "принято"),
    "pl": ("dobrze", "poprawne", "poprawna", "poprawnie", "prawidłowe", "zatwierdzone", "poprawny", "prawidłowy"),
    "tr": ("doğru", "onaylandı"),
    "zh": ("正确", "对", "对的", "准确", "通过", "已通过", "正確", "對", "準確", "通過", "已通過"),
    "ko": ("맞음", "맞았음", "정답", "좋음", "정확", "적절", "합격", "승인", "맞는"),
    "ar": ("صحيح", "صحيحة", "صح", "صواب", "مقبول", "مقبولة"), "sv": ("rätt", "korrekt", "riktigt"),
    "vi": ("đúng",), "hi": ("सही",),
}  # fmt: skip
NO = {
    "de": ("nein", "unwahr"), "fr": ("non",), "es": ("malo", "mala"), "it": ("falso", "falsa"),
    "pt": ("não", "nao", "ruim"), "nl": ("nee", "slecht"), "ru": ("нет", "ложь"), "pl": ("nie", "fałsz"),
    "ja": ("いいえ", "いえ"), "tr": ("hayır", "kötü"), "zh": ("否", "不是", "差"), "ko": ("아니오", "아니요", "거짓"),
    "ar": ("لا", "كلا"), "sv": ("nej",), "vi": ("không",), "hi": ("नहीं",),
}  # fmt: skip
YES = {
    "de": ("ja", "wahr", "gut"), "fr": ("oui", "bon", "bonne"), "es": ("sí", "si", "bien", "bueno", "buena"),
    "it": ("sì", "vero", "vera", "bene", "buono"), "pt": ("sim", "bom", "boa"), "nl": ("ja",), "ru": ("да", "правда"),
    "ja": ("はい",), "pl": ("tak", "prawda"), "tr": ("evet", "iyi"), "zh": ("是", "好"), "ko": ("예", "네", "참"),
    "ar": ("نعم",), "sv": ("ja",), "vi": ("có",), "hi": ("हाँ", "हां"),
}  # fmt: skip
# Harm, in an answer or in what was asked.
HARMFUL = {
    "harmful", "unsafe", "toxic", "dangerous", "malicious", "offensive", "hateful", "abusive", "nsfw", "harm",
    "toxicity", "jailbroken", "有害", "危険", "有毒", "危险", "不安全", "유해", "위험", "schädlich", "gefährlich",
    "nuisible", "dangereux", "dañino", "peligroso", "dannoso", "pericoloso", "вредно", "опасно",
}  # fmt: skip
HARMLESS = {
    "harmless", "unharmful", "safe", "benign", "non-toxic", "nontoxic", "non toxic", "not toxic", "non-harmful",
    "not harmful", "not offensive", "inoffensive", "sfw", "無害", "安全", "无害", "무해", "안전", "harmlos",
    "unschädlich", "inoffensif", "inofensivo", "innocuo", "безвредно", "безопасно",
}  # fmt: skip
# How far a text has come, as those who write together note it: what is not done or no longer holds is not learnt.
UNFINISHED = {
    "draft", "drafts", "wip", "unfinished", "incomplete", "in progress", "not started", "obsolete", "outdated",
    "deprecated", "withdrawn", "retracted", "deleted", "removed", "discarded", "discard", "needs work",
    "needs revision", "needs fix", "needs correction", "unapproved", "not approved", "下書き", "下書", "草案", "草稿",
    "ドラフト", "作成中", "執筆中", "編集中", "作業中", "進行中", "未着手", "未完成", "未完了", "廃止", "廃止済み",
    "無効", "削除", "削除済", "削除済み", "破棄", "要修正", "要訂正", "修正待ち", "修正中", "未承認", "使用不可",
    "使用禁止",
    "to be deleted", "to delete", "to be removed", "out of date", "superseded", "no longer valid", "古い", "古い情報",
    "旧情報", "旧版", "古い内容", "古い回答", "削除予定", "削除対象", "廃止予定", "失効", "veraltet", "überholt",
    "obsolet", "nicht mehr gültig", "nicht mehr aktuell", "zu löschen", "obsolète", "périmé", "périmée",
    "à supprimer", "plus valable", "obsoleto", "obsoleta", "desactualizado", "desactualizada", "derogado", "derogada",
    "no vigente", "expired", "no longer used", "end of life", "期限切れ", "期限切", "有効期限切れ", "掲載終了",
    "公開終了", "提供終了", "廃番", "abgelaufen", "außer kraft", "expiré", "expirée", "caducado", "caducada", "vencido",
    "vencida", "expirado", "expirada", "scaduto", "scaduta", "vervallen", "verlopen", "истек", "истёк", "wygasłe",
    "süresi doldu", "过期", "已过期", "已失效", "過期", "만료", "만료됨", "utgången",
    "superato", "superata", "da eliminare", "desatualizado", "desatualizada", "revogado", "revogada",
    "verouderd", "устарело", "устарел", "устаревший", "przestarzałe", "nieaktualne", "güncel değil", "过时", "已过时",
    "過時", "废止", "已废止", "作废", "已作废", "待删除", "已删除", "폐기", "폐지", "삭제 예정", "오래된 정보",
    "föråldrad",
    "entwurf", "in arbeit", "unfertig", "unvollständig", "nicht freigegeben", "brouillon", "en cours", "inachevé",
    "non validé", "borrador", "en curso", "sin terminar", "no aprobado", "bozza", "in corso", "non approvato",
    "rascunho", "em andamento", "não aprovado", "черновик", "в работе", "szkic", "w trakcie", "taslak", "utkast",
    "未完", "草稿中", "düzeltilecek", "zu korrigieren", "zu überarbeiten", "à corriger", "à revoir", "por corregir",
    "da correggere", "a corrigir", "do poprawy", "исправить", "待修改", "수정 필요",
    "进行中", "编辑中", "초안", "작성 중", "진행 중",
}  # fmt: skip
FINISHED = {
    "published", "released", "final", "done", "completed", "live", "active", "in force", "in effect", "aktiv",
    "in kraft", "actif", "attivo", "activo", "ativo", "actief", "公開", "公開済", "公開済み", "公開中", "完了",
    "完成", "確定", "完了済み", "完了済", "対応済み", "対応済", "対応完了", "回答済み", "回答済", "公開する", "承認済",
    "fertig", "erledigt", "abgeschlossen", "veröffentlicht", "freigegeben", "terminé", "terminée", "publié", "publiée",
    "validé", "validée", "terminado", "completado", "finalizado", "publicado", "aprobado", "completato", "pubblicato",
    "approvato", "concluído", "aprovado", "готово", "опубликовано", "gotowe", "opublikowane", "tamamlandı", "klart",
    "已完成", "已发布", "已审核", "완료", "게시됨", "승인", "承認済み", "有効", "修正済", "修正済み", "掲載中",
    "current", "up to date", "現行", "最新", "aktuell", "en vigueur", "à jour", "vigente", "en vigor", "actualizado",
    "in vigore", "aggiornato", "em vigor", "atualizado", "актуально", "aktualne", "güncel", "现行", "有效", "유효",
}  # fmt: skip
UNSETTLED = {  # of which nobody can say whether they are to be learnt: told
    "未", "未済",
    "pending", "in review", "review", "under review", "needs review", "to be reviewed", "awaiting review", "todo",
    "to do", "open", "new", "unverified", "unreviewed",
    "unchecked", "not reviewed", "archived", "inactive", "retired", "discontinued", "disabled", "inaktiv", "inactif",
    "archiviert", "archivé", "archivado", "archiviato", "arquivado", "終了",
    "on hold", "private", "unpublished", "保留", "保留中", "確認中", "未確認",
    "要確認", "確認待ち", "レビュー待ち", "レビュー中", "承認待ち", "申請中", "非公開", "未公開", "未対応", "対応中",
    "アーカイブ", "どちらでもない", "どちらともいえない", "どちらとも言えない", "普通", "ふつう", "neutral",
    "offen", "ausstehend", "in prüfung", "in bearbeitung", "ungeprüft", "en attente", "à vérifier",
    "pendiente", "en revisión", "in attesa", "da verificare", "pendente", "em análise", "in behandeling",
}  # fmt: skip
# What may stand in a column that need not judge: words that say of hardly anything else whether it is right.
STATED_BAD = {
    "hallucinated", "hallucination", "hallucinating", "off-topic", "off topic", "useless", "made up", "fabricated",
    "ハルシネーション", "幻覚", "的外れ", "halluziniert", "halluzination", "themaverfehlung", "nutzlos", "halluciné",
    "hors sujet", "inutile", "alucinado", "alucinación", "fuera de tema", "inútil", "fuori tema", "fora do tema",
    "fail", "failed", "failure", "incorrect", "wrong", "ng", "bad", "不合格", "不正解", "×", "✕", "✗", "❌", "悪い",
    "誤り", "誤答", "失敗", "不満", "不満足", "やや不満", "どちらかといえば不満", "dissatisfied", "unsatisfied",
    "not satisfied", "somewhat dissatisfied", "dislike", "disliked", "👎", "thumbs down", "thumbs_down", "thumbs-down",
    "thumbsdown", "reject", "rejected", "disapproved", "declined", "not accepted", "inaccurate", "却下", "不承認",
    "不採用", "差し戻し", "差戻し", "不正確", "間違い", "間違っている", "誤訳", "△", "▲", "partly correct",
    "partially correct", "half right", "一部正解", "部分正解", "半分正解", "not correct", "not right", "not ok",
    "no good", "not good", "needs improvement", "unacceptable", "unsatisfactory", "invalid", "unsolved", "not solved",
    "problem not solved", "unresolved", "wrong answer", "wrong_answer", "time limit exceeded", "time_limit_exceeded",
    "memory limit exceeded", "memory_limit_exceeded",
    "runtime error", "runtime_error", "compile error", "compilation error", "compilation_error", "presentation error",
    "誤りあり", "誤りです", "間違いあり", "間違いです", "正しくない", "正しくありません", "間違っています",
    "誤っている", "不正解です",
} | UNFINISHED | {word for words in WRONG.values() for word in words}  # fmt: skip
STATED_GOOD = {
    "pass", "passed", "success", "succeeded", "correct", "right", "ok", "good", "合格", "正解", "○", "◯", "〇", "⭕",
    "✓", "✔", "✅", "良い", "正しい", "正答", "成功", "満足", "やや満足", "どちらかといえば満足", "satisfied",
    "somewhat satisfied", "like", "liked", "👍", "thumbs up",
    "thumbs_up", "thumbs-up", "thumbsup", "accept", "accepted", "approve", "approved", "verified", "accurate", "承認",
    "採用", "正確", "確認済", "確認済み", "検証済み", "valid", "solved", "lgtm", "looks good", "fine", "◎", "☑", "o",
    "ｏ", "о", "⭕️",
} | FINISHED | {word for words in RIGHT.values() for word in words}  # fmt: skip
BAD = {
    "false", "0", "-1", "undesirable", "unsafe", "no", "negative", "有害", "危険", "誤", "不良", "不適切",
    "不可", "否", "n", "f", "incorrect answer", "wrong answer", "bad answer",
    "incorrect response", "bad response", "bad output", "bad input", "bad instruction",
    "👎🏻", "wa", "tle", "mle", "ole", "re", "ce", "pe",
} | STATED_BAD | HARMFUL | {word for words in NO.values() for word in words}  # fmt: skip
GOOD = {
    "true", "1", "v", "desirable", "chosen", "safe", "yes", "positive", "無害", "安全", "正", "良好", "適切", "可",
    "👍🏻", "y", "t", "ac", "レ", "", "all good", "helpful", "useful", "hilfreich", "utile", "útil", "役に立つ", "有用",
} | STATED_GOOD | HARMLESS | {word for words in YES.values() for word in words}  # fmt: skip
