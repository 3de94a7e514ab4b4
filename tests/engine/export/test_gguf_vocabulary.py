"""What a tokenizer.json says, as llama.cpp's vocabulary; and which tokenizers are none that llama.cpp has."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from gguf import TokenType
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

from helpers.sessions import refused
from so8t_engine.export import gguf_vocabulary
from so8t_engine.export.gguf_vocabulary import BEFORE_A_SPACE_TOO, SPACE_TO_UNDERLINE, Vocabulary
from so8t_engine.sentences import sentence

NORMAL, BYTE, UNUSED = TokenType.NORMAL, TokenType.BYTE, TokenType.UNUSED
END: dict[str, Any] = {"id": 6, "content": "<|end|>", "special": True, "rstrip": True}
TAG: dict[str, Any] = {"id": 7, "content": "<final>", "special": False, "rstrip": False}
PIECES: dict[str, Any] = {
    "type": "BPE", "byte_fallback": True, "vocab": {"<0x41>": 0, "\u2581": 1, "a": 2, "b": 3, "ab": 4, "\u2581ab": 5},
    "merges": ["a b", ["\u2581", "ab"]],
}  # fmt: skip
PREPEND = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"}, SPACE_TO_UNDERLINE]}
BODY: dict[str, Any] = {"model": PIECES, "added_tokens": [END, TAG], "normalizer": PREPEND, "pre_tokenizer": None}
BYTE_LEVEL: dict[str, Any] = {
    "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": [["a", "b"], "b a"]},
    "added_tokens": [], "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False},
}  # fmt: skip
METASPACE: dict[str, Any] = {"type": "Metaspace", "replacement": "\u2581", "split": False, "prepend_scheme": "first"}


def folder_of(path: Path, body: dict[str, Any]) -> Path:
    (path / "tokenizer.json").write_text(json.dumps(body), encoding="utf-8")
    return path


def test_pieces_are_merged_in_the_order_of_the_merges_and_added_tokens_never(tmp_path: Path) -> None:
    expected = Vocabulary(
        "llama", "default", [*PIECES["vocab"], "<|end|>", "<final>", "[PAD8]"],
        [BYTE, NORMAL, NORMAL, NORMAL, NORMAL, NORMAL, TokenType.CONTROL, TokenType.USER_DEFINED, UNUSED],
        [0.0, 0.0, 0.0, 0.0, -1.0, -2.0, -1_000.0, -1_000.0, -10_000.0], strips_right=True,
    )  # fmt: skip
    assert gguf_vocabulary.read(folder_of(tmp_path, BODY), 9) == expected


def test_a_byte_level_vocabulary_keeps_its_merges_as_they_are(tmp_path: Path) -> None:
    expected = Vocabulary(
        "gpt2", "gpt-2", ["a", "b", "ab", "[PAD3]"], [NORMAL] * 3 + [UNUSED], merges=["a b", "b a"]
    )  # fmt: skip
    assert gguf_vocabulary.read(folder_of(tmp_path, BYTE_LEVEL), 4) == expected
    assert gguf_vocabulary.read(tmp_path, 3).tokens == ["a", "b", "ab"]


def with_model(**changes: Any) -> dict[str, Any]:
    return BODY | {"model": PIECES | changes}


NO_SENTENCEPIECE = sentence("export.no_sentencepiece", file="tokenizer.model")
TOO_LARGE = sentence("export.vocabulary_too_large", rows=5)
TWO_WAYS = {"a": 0, "b": 1, "ab": 2, "ba": 3, "aba": 4}


@pytest.mark.parametrize(
    ("body", "rows", "said"),
    [
        (with_model(merges=["a b"]), 9, NO_SENTENCEPIECE),  # a way to make a piece is missing
        (with_model(merges=["a b", ["\u2581", "ab"], "b a"]), 9, NO_SENTENCEPIECE),  # it makes what is no piece
        (with_model(vocab=TWO_WAYS, merges=["a b", "ab a", "b a", "a ba"]), 9, NO_SENTENCEPIECE),  # not in a row
        (BODY | {"normalizer": {"type": "NFKC"}}, 9, NO_SENTENCEPIECE),
        (BODY, 5, TOO_LARGE),
        (BODY | {"added_tokens": []}, 5, TOO_LARGE),
        (BODY, 7, sentence("export.token_without_row", token="<final>", number=7, rows=7)),
        (BYTE_LEVEL, 2, sentence("export.vocabulary_too_large", rows=2)),
        (with_model(type="Unigram"), 9, sentence("export.not_bpe", type="Unigram")),
        (with_model(byte_fallback=False), 9, sentence("export.other_pre_tokenizer")),
        (BYTE_LEVEL | {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": True}}, 9,
         sentence("export.other_pre_tokenizer")),
        (BYTE_LEVEL | {"pre_tokenizer": {"type": "Whitespace"}}, 9, sentence("export.other_pre_tokenizer")),
    ],
)  # fmt: skip
def test_what_llama_cpp_could_not_read_the_same_is_refused(
    tmp_path: Path, body: dict[str, Any], rows: int, said: object
) -> None:
    error = refused(lambda: gguf_vocabulary.read(folder_of(tmp_path, body), rows))
    assert error.code == "export" and error.sentence == said


def test_ways_of_one_piece_in_a_row_are_one_merge(tmp_path: Path) -> None:
    body = with_model(vocab=TWO_WAYS, merges=["b a", "a b", "ab a", "a ba"]) | {"added_tokens": []}
    read = gguf_vocabulary.read(folder_of(tmp_path, body), 5)
    assert dict(zip(read.tokens, read.scores, strict=True)) == {"a": 0.0, "b": 0.0, "ba": -1.0, "ab": -2.0, "aba": -3.0}


@pytest.mark.parametrize(
    ("normalizer", "pre_tokenizer", "everywhere"),
    [
        (PREPEND, None, True),
        (PREPEND, METASPACE, None),
        (None, None, None),
        (None, METASPACE, False),
        (None, METASPACE | {"prepend_scheme": "always"}, True),
        (None, METASPACE | {"prepend_scheme": "never"}, None),
        (None, METASPACE | {"replacement": "_"}, None),
        (None, METASPACE | {"split": True}, None),
        (None, METASPACE | {"type": "Split"}, None),
        (None, {"type": "Sequence", "pretokenizers": [METASPACE]}, False),
        (None, {"type": "Sequence", "pretokenizers": [METASPACE, METASPACE]}, None),
        ({"normalizers": [SPACE_TO_UNDERLINE]}, METASPACE, False),
        ({"normalizers": [SPACE_TO_UNDERLINE, BEFORE_A_SPACE_TOO]}, METASPACE, False),
        ({"normalizers": [BEFORE_A_SPACE_TOO]}, METASPACE, None),
    ],
)
def test_where_a_space_is_put_in_front(normalizer: Any, pre_tokenizer: Any, everywhere: bool | None) -> None:
    assert gguf_vocabulary._space_prefix({"normalizer": normalizer, "pre_tokenizer": pre_tokenizer}) is everywhere


def test_a_space_that_is_put_in_front_of_the_text_alone_is_none_of_llama_cpps(tmp_path: Path) -> None:
    body = BODY | {"normalizer": None, "pre_tokenizer": METASPACE}
    assert gguf_vocabulary.read(folder_of(tmp_path, body), 9).space_prefix is False


def test_transformers_doubles_the_underline_at_the_beginning() -> None:
    assert BEFORE_A_SPACE_TOO == {"type": "Replace", "pattern": {"Regex": "\\A\u2581"}, "content": "\u2581\u2581"}


@pytest.mark.parametrize(
    ("added", "strips"),
    [
        ([], False),
        ([END], True),
        ([END, TAG], True),
        ([END, END | {"rstrip": False}], False),
        ([END, {"content": "<|endoftext|>", "rstrip": False}], True),
        ([TAG | {"rstrip": True}], False),
    ],
)
def test_white_space_is_stripped_where_every_chat_token_strips_it(
    tmp_path: Path, added: list[Any], strips: bool
) -> None:
    assert gguf_vocabulary.strips_right_in(folder_of(tmp_path, {"added_tokens": added})) is strips


@pytest.mark.parametrize("content", [None, "[", "{}", "[]"])
def test_a_tokenizer_that_cannot_be_read_strips_nothing(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "tokenizer.json").write_text(content)
    assert gguf_vocabulary.strips_right_in(tmp_path) is False


def test_a_sentencepiece_model_says_kinds_and_scores_of_its_pieces(tmp_path: Path) -> None:
    written = io.BytesIO()
    texts = ["two and three are five", "the sky is blue", "blue and five are two"]
    SentencePieceTrainer.train(
        sentence_iterator=iter(texts), model_writer=written, vocab_size=285, model_type="bpe", byte_fallback=True,
        character_coverage=1.0, minloglevel=2, num_threads=1,
    )  # fmt: skip
    (tmp_path / "tokenizer.model").write_bytes(written.getvalue())
    model = SentencePieceProcessor(model_proto=written.getvalue())
    pieces = [model.id_to_piece(number) for number in range(285)]
    body = BODY | {"model": PIECES | {"vocab": {piece: number for number, piece in enumerate(pieces)}, "merges": []}}
    read = gguf_vocabulary.read(folder_of(tmp_path, body | {"added_tokens": []}), 287)

    assert read.tokens == [*pieces, "[PAD285]", "[PAD286]"]
    control = [TokenType.CONTROL] * 2
    assert read.types == [TokenType.UNKNOWN, *control, *[BYTE] * 256, *[NORMAL] * 26, UNUSED, UNUSED]
    assert read.scores == [*[model.get_score(number) for number in range(285)], -10_000.0, -10_000.0]
    assert gguf_vocabulary.read(tmp_path, 280).tokens == pieces[:280]
