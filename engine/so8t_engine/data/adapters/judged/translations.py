"""What columns of translations are called that a machine made, and of what somebody has made of those.

Names are as `verdict_names.plain` gives them.
"""

from __future__ import annotations

import re

_MENDED = "(?:corrected|revised|edited|improved|rewritten|fixed|refined)"
_AFTER = "(?:修正|訂正|添削|校正|校閲|推敲|改訂|改善|編集)(?:後|済み?|版)"
_MT = "(?:mt|machine_translation)"
MENDED = re.compile(
    rf"(?:{_MENDED}|reviewed|final|human|approved|post_?edited)_(?:translation|{_MT})"
    rf"|(?:translation|{_MT})_(?:{_MENDED}|post_?edit(?:ed)?)"
    r"|(?:human_)?post_?edit(?:ed|ing|ion)?(?:_(?:mt|text|output|translation))?|mt_?pe|pe_(?:text|output|translation)"
    rf"|(?:修正|訂正|校正|校閲|改|チェック後の?|最終|確定|決定|{_AFTER}の?)(?:翻訳|訳文?)|(?:翻訳|訳文?)_?(?:修正|訂正|校正|{_AFTER})_?"
    r"|(?:人手|人間の?|翻訳者の?)(?:翻訳|訳文?)|(?:人手)?ポストエディット(?:後|文|結果|訳)?|pe[後訳]"
    r"|(?:korrigierte|überarbeitete|lektorierte|finale|endgültige|menschliche)_übersetzung|humanübersetzung"
    r"|traduction_(?:corrigée|révisée|finale|humaine|post_?éditée)|post_?édition"
    r"|traducción_(?:corregida|revisada|final|humana|poseditada)|pos(?:t|t_)?edición"
    r"|traduzione_(?:corretta|rivista|finale|umana)|tradução_(?:corrigida|revisada|revista|final|humana)"
    r"|исправленный_перевод|отредактированный_перевод"
    r"|(?:修改|校对|审校|人工|最终|译后编辑)(?:后的?)?译文|译后编辑|人工翻译|(?:수정|교정|최종|인간)_?(?:번역문?|본)"
)
BY_HAND = re.compile(  # of a translation only where a machine's stands beside it
    r"(?:human|manual|reviewer|editor|linguist|translator|expert|native)s?_?(?:edit(?:ed|s)?|fix(?:ed)?|correct(?:ed|ions?)|revis(?:ed|ions?)|version)"
    r"|(?:人手|人間|手動|手作業|翻訳者|ネイティブ|レビュ[ーア]ー?|レビュアー|チェッカー)(?:による|の)?(?:修正|訂正|校正|校閲|編集|直し)(?:後|案|文|版|結果)?"
    r"|(?:修正|訂正|校正|校閲|添削|推敲|編集)(?:後|案|文|版|済み?|結果)?|決定版|最終[稿版]"
    r"|korrektur|korrigiert|korrigierte_fassung|endfassung|überarbeitung|überarbeitete_fassung|lektorat"
    r"|correction(?:_humaine)?|corrigé|version_(?:corrigée|révisée|finale|corregida|revisada|final)|révision"
    r"|corrección(?:_humana)?|revisión|correzione|revisione|correção|revisão|исправление|правка|редактура"
    r"|人工(?:修改|校对|审校)|修改(?:稿|后)?|校对(?:稿|后)?|终稿|수정(?:본|안|문)?|교정(?:본|문)?"
    rf"|{_MENDED}(?:_(?:text|version))?|fix|correction|rewrite|edit|revision|better|final(?:_(?:text|version))?"
)
BY_MACHINE = re.compile(
    r"(?:raw_)?(?:n?mt|machine_translat(?:ion|ed)|auto(?:matic)?_translation|mt_(?:output|text|translation|draft|hypothesis))(?:_text)?"
    r"|(?:deepl|google(?:_translate)?|(?:chat)?gpt\w*|llm|ai|claude|gemini|machine|bing|yandex|papago)_?(?:translation|mt)"
    r"|機械(?:翻訳|訳)(?:文|結果)?|自動翻訳|(?:ai|mt|nmt|llm|gpt|chatgpt|deepl|google)_?の?(?:翻訳|訳文?)|下訳|mt(?:訳|出力)"
    r"|(?:maschinelle|automatische)_übersetzung|maschinenübersetzung|(?:ki|ai|mt|deepl|google)_?übersetzung"
    r"|traduction_(?:automatique|machine|ia|brute)|traducción_(?:automática|ia)|traduzione_automatica"
    r"|tradução_automática|машинный_перевод|機器翻譯|机器(?:翻译|译文)|机翻|기계_?번역(?:문)?"
)
ORIGINALS = re.compile(
    r"(?:source|src|original)(?:_(?:text|sentence|segment))?|原文|源文|英文|和文|日本文|원문"
    r"|quelle|quelltext|ausgangstext|original(?:text|satz)?|texte?_(?:source|original)|texte_d_origine"
    r"|texto_(?:fuente|original|de_origen)|(?:frase|testo)_originale|texto_(?:fonte|de_partida)|исходный_текст|оригинал"
)
