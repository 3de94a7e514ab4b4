"""What a library says of a model that it cannot open, as a refusal with the codes of what the model is for."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from safetensors import SafetensorError

from helpers.sessions import refused
from so8t_engine.model import pretrained
from so8t_engine.model.pretrained import Source
from so8t_engine.sentences import sentence

SOURCE = Source("owner/model", None, sentence("model.base"), missing="model_missing", unfit="model_unfit")


def fails(error: Exception) -> Callable[[], Any]:
    def action() -> Any:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError("no such file"), "model_missing", "model.cannot_be_opened"),
        (RuntimeError("odd"), "model_unfit", "model.cannot_be_used"),
        (SafetensorError("header"), "model_missing", "model.weights_damaged"),
        (ValueError("odd"), "model_unfit", "model.cannot_be_used"),
        (KeyError("phi9"), "model_unfit", "model.cannot_be_used"),
        (ImportError("flash_attn"), "model_unfit", "model.cannot_be_used"),
        (AttributeError("x"), "model_unfit", "model.cannot_be_used"),
        (TypeError("x"), "model_unfit", "model.cannot_be_used"),
        (ValueError("set trust_remote_code=True"), "model_unfit", "model.own_code"),
        (TypeError("set trust_remote_code=True"), "model_unfit", "model.cannot_be_used"),
        (RuntimeError("set trust_remote_code=True"), "model_unfit", "model.cannot_be_used"),
    ],
)
def test_what_a_library_meets_is_a_model_that_is_missing_or_one_that_does_not_fit(
    error: Exception, code: str, said: str
) -> None:
    found = refused(lambda: pretrained.attempt(SOURCE, fails(error)))

    assert (found.code, found.sentence.code) == (code, said)
    assert str(found.sentence.args["source"]) == str(SOURCE)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_is_full_while_a_model_arrives_is_no_missing_model(number: int) -> None:
    found = refused(lambda: pretrained.attempt(SOURCE, fails(OSError(number, "full"))))

    assert found.code == "disk_full" and str(pretrained.CACHE) in str(found.sentence)
    assert pretrained.disk_full(OSError(errno.ENOENT, "gone")) is None and pretrained.disk_full(ValueError()) is None


def test_memory_that_is_too_small_is_not_the_models_fault_and_what_succeeds_is_given_back() -> None:
    with pytest.raises(torch.OutOfMemoryError):
        pretrained.attempt(SOURCE, fails(torch.OutOfMemoryError("9 GiB")))
    assert pretrained.attempt(SOURCE, lambda: 5) == 5


class Kind:
    """Stands where a class of transformers stands: what it was told about the files, and with what it was asked."""

    def __init__(self, weight: float = 1.0, **info: Any) -> None:
        self.model = torch.nn.Linear(1, 1)
        self.model.register_buffer("counts", torch.zeros(1, dtype=torch.int64))
        with torch.no_grad():
            self.model.weight.fill_(weight)
        self.info = {"missing_keys": set(), "mismatched_keys": set()} | info

    def from_pretrained(self, where: str, **settings: Any) -> Any:
        self.asked = (where, settings)
        return self.model, self.info


@pytest.mark.parametrize(
    ("kind", "said", "args"),
    [
        (Kind(missing_keys={"b.weight"}), "model.tensor_missing", {"tensor": "b.weight"}),
        (Kind(missing_keys={"b", "a", "c"}), "model.tensors_missing", {"count": 3, "tensor": "a"}),
        (Kind(mismatched_keys={("z", 1, 2), ("y", 1, 2)}), "model.other_shape", {"tensor": "y"}),
        (Kind(mismatched_keys={"z"}), "model.other_shape", {"tensor": "z"}),
        (Kind(float("nan")), "model.weights_not_finite", {"tensor": "weight"}),
        (Kind(float("inf")), "model.weights_not_finite", {"tensor": "weight"}),
    ],
)
def test_weights_with_a_gap_of_another_shape_or_without_a_number_are_refused(
    kind: Kind, said: str, args: dict[str, Any]
) -> None:
    found = refused(lambda: pretrained.weights(SOURCE, kind))

    assert (found.code, found.sentence.code) == ("model_unfit", said)
    assert {name: found.sentence.args[name] for name in args} == args


def test_whole_weights_are_opened_without_pickle_and_without_the_models_own_code() -> None:
    kind = Kind()
    assert pretrained.weights(SOURCE._replace(revision="abc"), kind, dtype="float32") is kind.model
    assert kind.asked == ("owner/model", {
        "revision": "abc", "output_loading_info": True, "use_safetensors": True, "trust_remote_code": False,
        "ignore_mismatched_sizes": True, "dtype": "float32",
    })  # fmt: skip
    hidden = SimpleNamespace(
        named_parameters=lambda: [], named_buffers=lambda: [("b", torch.tensor([1.0, float("nan")]))]
    )
    assert pretrained.not_finite(hidden) == "b"


def test_a_path_that_can_only_be_a_folder_must_be_one(tmp_path: Path) -> None:
    found = refused(lambda: pretrained.refuse_missing(SOURCE._replace(where=str(tmp_path / "none"))))
    assert (found.code, found.sentence.code) == ("model_missing", "model.no_folder")
    for there in (str(tmp_path), "owner/model"):
        pretrained.refuse_missing(SOURCE._replace(where=there))


def test_a_local_model_is_known_by_every_byte_of_its_files_and_one_of_the_hub_by_its_revision(tmp_path: Path) -> None:
    assert pretrained.fingerprint("owner/model", None) == "owner/model@main"
    assert pretrained.fingerprint("owner/model", "abc") == "owner/model@abc"
    seen = {pretrained.fingerprint(str(tmp_path), None)}
    for name in ("a.safetensors", "config.json", "tokenizer.model", "chat_template.jinja"):
        for data in (b"", b"x", b"y"):
            (tmp_path / name).write_bytes(data)
            seen.add(pretrained.fingerprint(str(tmp_path), "of no matter"))
    assert len(seen) == 13
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    assert pretrained.fingerprint(str(tmp_path), None) in seen


def test_four_bits_are_nf4_with_quantised_scales() -> None:
    asked = pretrained.four_bit(torch.bfloat16)

    assert asked.load_in_4bit and asked.bnb_4bit_use_double_quant
    assert (asked.bnb_4bit_quant_type, asked.bnb_4bit_compute_dtype) == ("nf4", torch.bfloat16)
