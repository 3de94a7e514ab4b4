"""What is saved with a tokenizer does not depend on the machine that opened it, and what it reads it writes again."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, processors
from transformers import AutoTokenizer

from so8t_engine.data.record import TAGS
from so8t_engine.model import tokenizer as tokens


def test_a_saved_tokenizer_is_the_same_with_and_without_the_hub(tmp_path: Path) -> None:
    tokens.train(("1 plus 1 is 2" for _ in range(9)), 384, 128).save_pretrained(tmp_path / "base")
    saved = []
    for offline in (False, True):
        opened = AutoTokenizer.from_pretrained(tmp_path / "base", local_files_only=offline)
        tokens.forget_how_it_was_opened(opened)
        opened.save_pretrained(tmp_path / str(offline))
        saved.append((tmp_path / str(offline) / "tokenizer_config.json").read_bytes())

    assert saved[0] == saved[1]
    assert json.loads(saved[0])["clean_up_tokenization_spaces"] is False  # transformers 4 would drop spaces by it


def test_a_text_comes_back_as_it_was_with_its_tags_and_the_space_before_a_comma() -> None:
    tokenizer = tokens.train(("1 plus 1 is 2" for _ in range(9)), 384, 128)
    text = f"{TAGS[0]}do n't , I say .{TAGS[-1]}"

    assert tokenizer.decode(tokenizer.encode(text), skip_special_tokens=True) == text


def test_an_answer_is_read_with_its_tags_up_to_the_end_of_its_turn() -> None:
    """As rewards see it; a token that no answer should have is not hidden from them."""
    tokenizer = tokens.train(("1 plus 1 is 2" for _ in range(9)), 384, 128)
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|tool|>"]})
    text = f"{TAGS[0]}2<|tool|>{TAGS[-1]}"
    answer = tokenizer.encode(text)

    assert tokens.decode(tokenizer, answer) == text
    assert tokens.decode(tokenizer, [*answer, tokens.end_id(tokenizer), *answer]) == text
    assert tokens.decode(tokenizer, [tokens.end_id(tokenizer), *answer]) == ""


def test_a_tag_is_one_token_also_where_a_tokenizer_marks_the_beginning_of_a_text() -> None:
    core = Tokenizer(models.WordLevel({"?": 0, "x": 1}, unk_token="?"))
    core.normalizer = normalizers.Prepend("_")  # as Phi-3.5's does: a tag would become another text
    tokenizer = tokens.wrap(core, 16)

    assert tokenizer.encode(f"x{TAGS[0]}x")[1] == tokenizer.get_vocab()[TAGS[0]]


def test_nothing_is_put_before_a_text_by_a_tokenizer_that_begins_texts_of_its_own() -> None:
    core = Tokenizer(models.WordLevel({"?": 0, "x": 1, "<s>": 2}, unk_token="?"))
    core.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 2)])
    tokenizer = tokens.wrap(core, 16)

    assert tokenizer("x")["input_ids"] == [2, 1]
    assert tokens.encode_texts(tokenizer, ["x"]) == [[1]]


def test_no_more_tokens_are_learned_than_there_is_room_for_and_the_tags_are_among_them() -> None:
    draw = random.Random(1)
    texts = ["".join(draw.choices("abcdefgh", k=6)) for _ in range(900)]
    assert [len(tokens.train(texts, size, 128)) for size in (300, 310)] == [300, 310]


def test_a_number_is_read_digit_by_digit_however_often_it_was_seen() -> None:
    """No merge holds a digit: what a number says stands in its places."""
    tokenizer = tokens.train((f"In 2024 there were {at} of 2024" for at in range(60)), 400, 128)

    assert tokenizer.tokenize("2024")[-4:] == ["2", "0", "2", "4"]
