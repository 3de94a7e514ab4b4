"""Tokens: Phi-3's chat template, the fourteen section tags, and a small tokenizer of our own for built models.

The tags are added *non-special* tokens, so that runners still print them. In the real Phi-3.5 they land on the unused
rows from 32011 on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jinja2
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from so8t_engine.data.record import TAGS
from so8t_engine.errors import EngineError
from so8t_engine.sentences import first_line, sentence

PAD, END = "<|endoftext|>", "<|end|>"
CHAT_TOKENS = (PAD, "<|system|>", "<|user|>", "<|assistant|>", END)
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}"
    "{{'<|system|>\n' + message['content'] + '<|end|>\n'}}{% elif message['role'] == 'user' %}"
    "{{'<|user|>\n' + message['content'] + '<|end|>\n'}}{% elif message['role'] == 'assistant' %}"
    "{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}"
)


def train(texts: Iterable[str], vocab_size: int, max_length: int) -> Any:
    """A byte-level BPE tokenizer of at most `vocab_size` tokens, the tags last. Deterministic in the texts' order.

    Digits are split one by one while merges are learned, so no merge ever holds a digit; the finished tokenizer cuts
    with the GPT-2 pattern alone, which is what llama.cpp's `gpt-2` pre-tokenizer does too.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    cut = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), cut])
    core.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size - len(TAGS),
        special_tokens=list(CHAT_TOKENS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    core.train_from_iterator(texts, trainer)
    core.pre_tokenizer = cut
    return wrap(core, max_length)


def wrap(core: Tokenizer, max_length: int) -> Any:
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        eos_token=PAD,
        pad_token=PAD,
        padding_side="left",
        model_max_length=max_length,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    add_tags(tokenizer)
    return tokenizer


def forget_how_it_was_opened(tokenizer: Any) -> None:
    """transformers writes into tokenizer_config.json whether the hub was reachable; results must not depend on that."""
    if "local_files_only" in tokenizer.init_kwargs:
        tokenizer.init_kwargs["local_files_only"] = False


def add_tags(tokenizer: Any) -> None:
    """Where chat tokens strip the white space after them (as in Phi-3.5), tags do too: llama.cpp strips all or none."""
    vocabulary = tokenizer.get_vocab()
    missing = [tag for tag in TAGS if tag not in vocabulary]
    strips = END in vocabulary and tokenizer.added_tokens_decoder[vocabulary[END]].rstrip
    tokenizer.add_tokens([AddedToken(tag, special=False, normalized=False, rstrip=strips) for tag in missing])


def check(tokenizer: Any, rows: int) -> None:
    """Raises EngineError model_unfit: no Phi-3 chat format in the tokenizer, or too few rows in the model."""
    if tokenizer.eos_token_id is None:
        raise EngineError("model_unfit", sentence("model.no_end_token"))
    if not tokenizer.chat_template:
        raise EngineError("model_unfit", sentence("model.no_chat_template"))
    vocabulary = tokenizer.get_vocab()
    try:
        [framed] = _framed(tokenizer, ["so8t"], None)
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise EngineError("model_unfit", sentence("model.chat_template_fails", error=reason)) from error
    if "so8t" not in framed:
        raise EngineError("model_unfit", sentence("model.chat_template_drops_user"))
    missing = [token for token in ("<|user|>", "<|assistant|>", END) if token not in vocabulary]
    if missing:
        raise EngineError("model_unfit", sentence("model.chat_tokens_missing", tokens=missing))
    highest = max(vocabulary[tag] for tag in TAGS)
    if highest >= rows:
        raise EngineError(
            "model_unfit",
            sentence("model.no_rows_for_tags", rows=rows, tags=len(TAGS), highest=highest),
        )


def end_id(tokenizer: Any) -> int:
    return int(tokenizer.convert_tokens_to_ids(END))


def stop_ids(tokenizer: Any) -> list[int]:
    """What ends an assistant's turn: `<|end|>`, or the end of text."""
    return sorted({end_id(tokenizer), int(tokenizer.eos_token_id)})


def pad_id(tokenizer: Any) -> int:
    return int(tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id)


def tag_ids(tokenizer: Any) -> list[int]:
    return [int(number) for number in tokenizer.convert_tokens_to_ids(list(TAGS))]


def encode_prompts(tokenizer: Any, prompts: Sequence[str], system: str | None = None) -> list[list[int]]:
    """Each user turn inside the chat template, up to and with the assistant's opening."""
    return encode_texts(tokenizer, _framed(tokenizer, prompts, system))


def encode_completions(tokenizer: Any, completions: Sequence[str]) -> list[list[int]]:
    """Each assistant turn with the token that ends it."""
    end = end_id(tokenizer)
    return [[*ids, end] for ids in encode_texts(tokenizer, completions)]


def decode(tokenizer: Any, tokens: Sequence[int]) -> str:
    """The text before the end of the turn, tags included."""
    stops = set(stop_ids(tokenizer))
    cut = next((i for i, token in enumerate(tokens) if token in stops), len(tokens))
    return str(tokenizer.decode(list(tokens[:cut]), skip_special_tokens=False))


def encode_texts(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    """Token ids of these texts, nothing added."""
    if not texts:
        return []
    return [list(ids) for ids in tokenizer(list(texts), add_special_tokens=False)["input_ids"]]


def _framed(tokenizer: Any, prompts: Sequence[str], system: str | None) -> list[str]:
    """Raises EngineError model_unfit where the template refuses the system prompt."""
    first = [{"role": "system", "content": system}] if system else []
    return [framed(tokenizer, [*first, {"role": "user", "content": prompt}], system) for prompt in prompts]


def framed(tokenizer: Any, messages: Sequence[Mapping[str, str]], system: str | None) -> str:
    """Messages inside the chat template, up to and with the assistant's opening; `system`: the run's prompt in them.

    Raises EngineError model_unfit where the template refuses that.
    """
    try:
        return str(tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True))
    except jinja2.TemplateError as error:
        if not system:
            raise
        raise EngineError("model_unfit", sentence("model.template_refuses_system", error=first_line(error))) from error


def keeps_system(tokenizer: Any, system: str) -> bool:
    """Whether the system prompt reaches the model: a template may leave it out without a word."""
    return system.strip() in _framed(tokenizer, ["so8t"], system)[0]
