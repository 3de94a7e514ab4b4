"""What a proposed line lacks: the reasons, what a question is about or goes on to say; and what it should not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words, question_titles
from so8t_engine.data.adapters.judged import user_labels, verdict_names, verdict_values, verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import tags

TITLE = re.compile(
    r"(?i)(?:.*[ _])?(?:title|subject|short[ _]description"
    r"|betreff|titel|thema|titre|objet|sujet|titolo|oggetto|título|titulo|asunto)"
    r"|assunto|tytuł|temat|başlık|konu|(?:.*[ _の])?(?:件名|題名|タイトル|表題|見出し)|标题|主题|제목|тема|заголовок"
)
_COMPLAINTS = (  # which a title may stand above
    r"(?:(?:customer|client|user|patient)_)?(?:complaint|inquiry|enquiry|concern|grievance|petition)(?:_(?:text|body|details?))?"
    r"|beschwerde(?:text)?|anliegen|anfrage|réclamation|plainte|demande|reclamación|queja|consulta|solicitud|reclamo|reclamação"
    r"|queixa|relato|segnalazione|жалоба|обращение|skarga|zgłoszenie|klacht|şikayet|(?:苦情|クレーム|ご?(?:意見|要望|相談))(?:内容)?"
    r"|投诉(?:内容)?|민원(?:내용)?"
)
BODY = re.compile(
    r"(?i)(?:.*[ _])?(?:body|description|details?|selftext"
    r"|beschreibung|problembeschreibung|descripción|descripcion|descrição"
    rf"|descrizione|corps)|問い合わせ内容|(?:.*[ _の])?(?:本文|詳細)|내용|描述|正文|описание|{_COMPLAINTS}"
)
OF_MACHINES = re.compile(  # beside what people wrote
    r"n?mt|mt_(?:output|text|translation)|hyp|machine_translat\w+|(?:google|deepl)_translat\w+|機械翻訳\w*"
)
OF_POSTS = re.compile(
    rf"(?:post|thread|message|q)?_?(?:body|desc|description|post|selftext|content)|投稿|本文|{_COMPLAINTS}"
)
OF_MAILS = re.compile(r"subject|件名|betreff|objet|asunto|assunto|oggetto|body|本文|message")  # whose body is answered
OF_ANSWERS = re.compile(r"(?i)(?:a|ans|answers?|repl(?:y|ies)|accepted)_")  # ABody beside QBody
OF_SYSTEMS = re.compile(r"(?:filtered_)?resps|(?:model_|raw_)?(?:predictions?|predicted(?:_\w+)?)")
METRIC = re.compile(r"(?i)(?:exact_match|acc(?:uracy)?|f1|em|bleu|rouge|correct|is_correct|score)(?:[_,]\w+)?")
MARKED = re.compile(r"\n\s*####|\\boxed\{")  # as mapped.py takes such answers apart
PLACE = re.compile(r"\{([^{}]+)\}")
LONGEST_RESULT = 120  # characters
STATES = re.compile(
    r"(?:^|_)(?:status|state|result|outcome|(?:re)?solved|closed)$|ステータス|状態|結果|estado|statut|stato"
)
OF_THINGS = re.compile(  # which have a state of their own
    r"(?:order|ticket|case|issue|payment|delivery|shipping|shipment|account|customer|user|refund|return|subscription"
    r"|booking|invoice|claim|call|chat|session|conversation)_(?:status|state|result|outcome)|(?:注文|配送|支払い?|契約)"
)
FIGURES = re.compile(r"(?:[A-Za-z]{1,4}[-_ #.]?)?\d[\d\s.,:/_-]*[A-Za-z]?|-")
FIGURE = re.compile(r"(?i)(?:.*[ _])?(?:ratings?|scores?|stars|grade)|評価|点数?|スコア")


def completed(where: Columns, rows: Sequence[Fields], texts: Mapping[str, Sequence[str]]) -> Columns:
    """`texts`: what stands in the places that hold texts in most rows."""
    more: dict[str, str | None] = {}
    inside = f"{where.response}."
    others = [place for place in texts if place not in where.model_dump().values() and not place.startswith(inside)]
    if where.prompt is not None and where.prompt in texts and where.query is None and where.response:
        body = next((place for place in others if BODY.fullmatch(_leaf(place)) and _varies(texts[place])), None)
        if TITLE.fullmatch(_leaf(where.prompt)) and body is not None:
            more["prompt"] = f"{{{where.prompt}}}\\n\\n{{{body}}}"
        elif (titled := _titled(where.prompt, others, texts)) is not None:
            more["prompt"] = titled
        elif (task := next((place for place in others if _says_what_to_do(place, texts)), None)) is not None:
            more["prompt"] = f"{{{task}}}\\n\\n{{{where.prompt}}}"
        elif _plain(where.prompt) in column_words.QUESTIONS:
            about = (*column_words.QUERY, *column_words.ABOUT)
            more["query"] = next((place for place in others if _is_about(place, about)), None)
    if where.reasoning is None and where.response in rows[0] and where.messages is None:
        told = [place for place in others if not _are_figures(texts[place])]
        reasons = column_names.answering(tuple(told))[2] or _view(str(where.response), told, texts)
        told += [place for place in str(where.label).split(", ") if place in texts]
        told = [place for place in told if tags.thinks(_leaf(place)) and not tags.are_bare(texts[place])]
        sums = (place for place in others if _plain(place) in column_words.SUMS)
        reasons = reasons or next(iter(told), None) or next(sums, None)
        more["reasoning"] = reasons
        if reasons is None and _plain(str(where.response)) in column_words.SOLUTION:
            more |= _with_result(where, others)
    worked, result = texts.get(str(where.answer)), texts.get(str(where.response))
    if worked and result and _are_longer(worked, result):
        if sum(MARKED.search(said) is not None for said in worked) * 2 > len(rows):  # whose result stands in it
            more |= {"response": where.answer, "answer": None}
        else:
            more |= {"answer": where.response, "reasoning": where.answer}
    if where.label:
        graded = verdict_names.is_revision(_leaf(str(where.response)))  # a figure is of the draft
        told = [
            name
            for name in where.label.split(", ")
            if name != more.get("reasoning")
            and not (graded and FIGURE.fullmatch(_leaf(name)))
            and not _is_of_a_system(name, tuple(rows[0]), str(where.response))
            and _judges(name, rows)
            and _decides(name, rows)
        ]
        more["label"] = ", ".join(told) or None
    return where.model_copy(
        update={role: place for role, place in more.items() if place or role in ("label", "answer")}
    )


def _says_what_to_do(place: str, texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether an instruction stands there, which asks nothing by itself."""
    if _plain(place) == "definition":  # of a word
        return False
    return _plain(place) in column_words.TASKS and all(map(column_words.SENTENCE.search, map(str.strip, texts[place])))


def _view(response: str, others: Sequence[str], texts: Mapping[str, Sequence[str]]) -> str | None:
    """What somebody made of a case before they replied to it."""
    if not tags.replies(_leaf(response)):
        return None
    views = (place for place in others if tags.is_view(_leaf(place)) and not tags.are_bare(texts[place]))
    return next(views, None)


def _are_figures(said: Sequence[str]) -> bool:
    """Whether most are numbers, days or the numbers of runs, which think nothing: 2025-03, Exp-7, 12.5."""
    return 2 * sum(FIGURES.fullmatch(text.strip()) is not None for text in said) >= len(said) > 0


def _titled(asked: str, others: Sequence[str], texts: Mapping[str, Sequence[str]]) -> str | None:
    """The question with its title above it, or with its text below it."""
    places = {_leaf(place): place for place in (*others, asked)}
    found = question_titles.pair(tuple(places), _leaf(asked))
    if found is not None:
        title, text = (places[name] for name in found)
    else:
        is_title = TITLE.fullmatch(_leaf(asked)) is not None
        title = asked if is_title else next((place for place in others if TITLE.fullmatch(_leaf(place))), "")
        text = next((place for place in others if OF_POSTS.fullmatch(_plain(place))), "") if is_title else asked
        if not (title and text and OF_POSTS.fullmatch(_plain(text))):
            return None
        if OF_MAILS.fullmatch(_plain(title)) and OF_MAILS.fullmatch(_plain(text)):
            return None
    says_more = any(one not in other for one, other in zip(texts[title], texts[text], strict=False))
    vary = _varies(texts[title]) and _varies(texts[text])
    return f"{{{title}}}\\n\\n{{{text}}}" if vary and says_more else None


def asks_itself(where: Columns) -> bool:
    """Whether it is a question's title with the question's own body as the answer."""
    titled = any(TITLE.fullmatch(_leaf(place)) for place in PLACE.findall(str(where.prompt)) or [str(where.prompt)])
    said = _leaf(str(where.response))
    if "{" not in str(where.prompt) and question_titles.pair((asked := _leaf(str(where.prompt)), said), asked):
        return True
    return titled and BODY.fullmatch(said) is not None and OF_ANSWERS.match(said) is None


def _is_about(place: str, about: Sequence[str]) -> bool:
    """Whether its name, or that of the object around a summary, says that a question is about it."""
    return _plain(place) in about or (_plain(place) == "summary" and _plain(place.partition(".summary")[0]) in about)


def _with_result(where: Columns, others: Sequence[str]) -> dict[str, str | None]:
    """A worked solution as the reasoning, where another column has its result."""
    result = column_names.answering(tuple(others))[1]
    return {"response": result, "answer": result, "reasoning": where.response} if result is not None else {}


def _are_longer(said: Sequence[str], others: Sequence[str]) -> bool:
    """Whether texts are a few times as long as what stands for a gold answer is."""
    return max(map(len, others)) <= LONGEST_RESULT and sum(map(len, said)) > 3 * sum(map(len, others))


def _is_of_a_system(name: str, names: Sequence[str], response: str) -> bool:
    """Whether a metric is of what a model has said in another column."""
    others = [other for other in names if other != response and OF_SYSTEMS.fullmatch(_plain(other))]
    return bool(others) and OF_SYSTEMS.fullmatch(_plain(response)) is None and METRIC.fullmatch(name) is not None


def is_part(place: str, names: Sequence[str]) -> bool:
    """Whether it is the first of several steps or options, or a whole article."""
    whole = re.fullmatch(r"(?i)(?:.*\.)?steps?[ _]?\d*(?:\.\d+)?(?:\.\w+)?|article|story", place)
    return whole is not None or is_numbered(place, names)


def is_numbered(place: str, names: Sequence[str]) -> bool:
    """Whether it is one of three columns or more that numbers alone tell apart."""
    stem = re.fullmatch(r"(\D+?)[ _-]?\d", place)
    alike = [name for name in names if stem and re.fullmatch(rf"{re.escape(stem[1])}[ _-]?\d", name)]
    return len(alike) > 2


def is_of_machine(place: str) -> bool:
    return OF_MACHINES.fullmatch(verdict_names.plain(_leaf(place))) is not None


def is_figure(place: str) -> bool:
    """Whether its name says that it grades."""
    return FIGURE.fullmatch(_leaf(place)) is not None


def is_rating(place: str, texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether it grades, and there is more than the text alone that is graded."""
    return is_figure(place) and len({*texts} - {place}) > 1


def _judges(name: str, rows: Sequence[Fields]) -> bool:
    """Whether some rows say good or bad; a status or a result does where nothing but verdicts stands there."""
    said = [value for row in rows if (value := row.get(name)) not in (None, "")]
    called = _plain(name)
    if OF_THINGS.match(called):
        return False
    if not STATES.search(called):
        return True
    known = [verdict_values.stated(value) for value in said if not verdict_values.is_unsettled(value)]
    return bool(known) and None not in known


def _decides(name: str, rows: Sequence[Fields]) -> bool:
    """Whether any value is known to say good or bad; of remarks, whether any says bad. Marks from 1 on only grade."""
    said = [(row, value) for row in rows if (value := verdicts.at(row, name)) not in (None, "")]
    if any(isinstance(value, list) for _, value in said):
        return True
    numbers = [number for _, value in said if (number := verdict_values.number_of(value)) is not None]
    if len(numbers) == len(said) and numbers and min(numbers) >= 1 and max(numbers) > 1:
        return False
    findings = {user_labels.read_as(row, name, value) for row, value in said}
    if verdict_names.kind_of(_leaf(name)) in (None, "critique", "remark"):
        return True in findings or None not in findings
    return not said or findings != {None}


def _varies(said: Sequence[str]) -> bool:
    return len({*said}) * 2 >= len(said)


def _leaf(place: str) -> str:
    """Its last word; of an object that is only a text the object's, of camelCase with the humps parted."""
    bare = re.sub(r"(?<=\w)\.(?:text|content|value)$", "", place).rpartition(".")[2]
    return verdict_names.HUMPS.sub("_", bare.strip())


def _plain(place: str) -> str:
    return re.sub(r"[^\w]+", "_", _leaf(place).lower())
