"""Whether two columns plainly ask and answer, by their names or by what they hold: an expense and its shop, a dish and
the first of its ingredients, a name and what its bearer answered do not. Of two columns that are all there is (cards)
one does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.proposed import completed, nearest_mapping, tags

CARDS = 2  # columns beside those of figures
FIGURES = re.compile(r"[\d\s.,:/-]*")
ASKS_BY_NAME = re.compile(  # of a form: the name of the column is what is asked
    r"[?？]\s*$|[?？]\s*[（(\[]|ですか|ますか|ください|(?i:^(?:what|how|why|which|who|where|when|was|wie|warum|welche[rs]?|qu[e']|comment|pourquoi|qué|cómo)\s+\S+\s+\S+)"
)
TO_DO = re.compile(
    r"(?i)(?:.+[ _])?(?:tasks?|todo|exercise|situation|scenario|case|front|vorderseite|recto)|課題|状況|場面|お題|表"
)
OF_PEOPLE = re.compile(
    r"(?:your|full|first|last|given|family|user|customer|student|respondent|participant|contact)_?names?|surname|e_?mail(?:_address)?"
    r"|(?:dein|ihr)_name|vorname|nachname|prénom|nom_de_famille|apellidos?|cognome|sobrenome|(?:お|ご)?(?:氏名|名前)|回答者(?:名)?"
)
BARE_NAMES = ("name", "names", "nom", "nombre", "nome", "名称")
TEXT_OF = ("text", "content", "value", "message", "comment", "body", "description", "html")  # of what an object tells
OF_CODE = re.compile(
    r"(?:func(?:tion)?|method|class|module|file|package|symbol|identifier)_?names?|entry_?point|file_?path|signature_?name"
)


def is_plain(where: Columns, asked: Sequence[str], texts: Mapping[str, Sequence[str]]) -> bool:
    """`asked`: what the prompts are; `texts`: what stands in the places that hold texts."""
    prompt, response = str(where.prompt), str(where.response)
    ask = _mostly_ask(asked)
    if any(no.fullmatch(_plain(prompt)) for no in (OF_PEOPLE, OF_CODE)):
        return False
    if ASKS_BY_NAME.search(_leaf(response)) and not ask:
        return False
    in_words = [place for place, said in texts.items() if not all(map(FIGURES.fullmatch, said))]
    if len(in_words) <= CARDS or "{" in prompt or ask:
        return True
    return _plain(prompt) not in BARE_NAMES and (_asks(prompt) or _answers(response))


def _mostly_ask(asked: Sequence[str]) -> bool:
    return 2 * sum(nearest_mapping.ASKED.search(text) is not None for text in asked) >= len(asked) > 0


def _asks(place: str) -> bool:
    name = _leaf(place)
    known = name.lower() in nearest_mapping.ASKS or nearest_mapping.ASKING.search(name) is not None
    return known or any(names.fullmatch(name) for names in (completed.TITLE, completed.BODY, TO_DO))


def _answers(place: str) -> bool:
    name = _leaf(place)
    around = _leaf(place.rpartition(".")[0])
    if name.lower() in TEXT_OF and around:
        return _answers(around)  # reviewReply.comment
    known = tags.replies(name) or column_words.CLASSES.fullmatch(name) or verdict_names.is_revision(name)
    return bool(known) or any(column_names.answering((name,)))


def _leaf(place: str) -> str:
    return re.sub(r"(?:\.\d+)+$", "", place).rpartition(".")[2].strip()


def _plain(place: str) -> str:
    return verdict_names.plain(_leaf(place))
