"""How much of the data is too long for the model in its own tokens, as far as the first rows tell.

An estimate: texts are counted by the model's own tokenizer, and around them the turns as Phi-3's chat template frames
them; step 3 has the template itself. Without transformers, which takes seconds to load.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.data.thought.token_limits import TokenLimits
from so8t_engine.doctor import weights
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.model_files import SENTENCEPIECE
from so8t_engine.sentences import Sentence, sentence

WORTH_A_WARNING = 0.1  # of a source's records
FRAME = "<|user|>\n<|end|>\n<|assistant|>\n"
SYSTEM_FRAME = "<|system|>\n{}<|end|>\n"

Count = Callable[[str], int]


def check(config: RunConfig, looks: list[FirstRows]) -> list[Finding]:
    """Nothing for a model that is built here, whose tokenizer is made of the data."""
    name = config.model.model_name_or_path
    if name is None or not any(look.examples for look in looks):
        return []
    count = counter(name, config.model.revision)
    if count is None:
        unknown = sentence("doctor.tokens_unknown", name=name)
        counted = sentence("doctor.tokens_counted" if config.convert.drop_too_long else "doctor.tokens_not_counted")
        return [Finding("note", unknown, why=counted)]
    system = config.convert.system_prompt
    frame = count(FRAME) + (count(SYSTEM_FRAME.format(system)) if system else 0)
    shares = {look.dataset.name: _over(config, look, count, frame) for look in looks if look.examples}
    lines = [_line(config, name, each) for name, each in shares.items() if any(each)]
    if not lines:
        return [Finding("ok", sentence("doctor.all_short_enough"))]
    serious = any(max(each) > WORTH_A_WARNING for each in shares.values())
    change = sentence("doctor.raise_lengths", key=f"{config.algorithm}.max_prompt_length")
    return [Finding("warning" if serious else "note", sentence("doctor.too_long", sources=lines), change=change)]


def counter(name: str, revision: str | None) -> Count | None:
    """How many tokens a text has for a model; None where its tokenizer is not on this disk, or cannot be read here."""
    folder = Path(name) if Path(name).is_dir() else weights.cached(name, revision)
    return None if folder is None else _tokenizer(folder)


def _over(config: RunConfig, look: FirstRows, count: Count, frame: int) -> tuple[float, float]:
    """The shares of records too long to be learnt, and of prompts too long to be asked."""
    limits = TokenLimits.of(config)
    over = [
        limits.over(
            each._replace(
                prompt_tokens=frame + count(each.prompt),
                completion_tokens=count(each.completion) + 1 if each.completion else 0,
            )
        )
        for each in look.examples
    ]
    return sum(answer for answer, _ in over) / len(over), sum(prompt for _, prompt in over) / len(over)


def _line(config: RunConfig, source: str, shares: tuple[float, float]) -> Sentence:
    answers, prompts = shares
    return sentence(
        "doctor.too_long_of_source",
        source=source,
        answers=answers,
        most=config.warmup.max_length,
        prompts=prompts,
        longest=config.lengths[0],
        key=f"{config.algorithm}.max_prompt_length",
    )


def _tokenizer(folder: Path) -> Count | None:
    """How many tokens a text has; None where there is no tokenizer, or one that is not in a form that is read here."""
    from tokenizers import Tokenizer

    try:
        if (folder / "tokenizer.json").is_file():
            fast = Tokenizer.from_file(str(folder / "tokenizer.json"))
            return lambda text: len(fast.encode(text, add_special_tokens=False).ids)
        if (folder / SENTENCEPIECE).is_file():
            from sentencepiece import SentencePieceProcessor

            pieces = SentencePieceProcessor(model_file=str(folder / SENTENCEPIECE))
            return lambda text: len(pieces.encode(text))
    except Exception:  # noqa: BLE001 - the library raises bare ones; what is wrong with a file its own check says
        return None
    return None
