"""A causal language model writes the sections that a record has no evidence for (convert.missing_sections: teacher).

Greedy, in batches. torch and transformers are loaded only when a teacher is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.normalise import clean, holds_marks
from so8t_engine.data.record import SECTIONS, Record
from so8t_engine.data.thinking import Sections
from so8t_engine.errors import EngineError
from so8t_engine.sentences import first_line, sentence, verbatim

BATCH = 8
MAX_NEW_TOKENS = 96
MAX_PROMPT_TOKENS = 1_024
ASKS = {
    "task": "State in one sentence what is being asked.",
    "safety": "State in one sentence what could be harmful about the request, or that nothing is.",
    "logic": "Explain step by step, in at most three sentences, how one gets to the answer.",
    "ethics": "State in one sentence who is affected by the answer, and what is owed to them.",
    "practical": "State in one sentence what has to be kept in mind to use the answer in practice.",
    "creative": "State in one sentence another way to look at the question.",
}

Generate = Callable[[list[str]], list[str]]


@dataclass(frozen=True)
class Teacher:
    """`generate`: prompts in, continuations out."""

    generate: Generate

    @staticmethod
    def load(config: RunConfig) -> Teacher:
        """Raises EngineError teacher when the model cannot be loaded, disk_full where there is no room to download it,
        environment where the device is not there.
        """
        from transformers import AutoModelForCausalLM, AutoTokenizer

        from so8t_engine.model import pretrained, runtime

        name, device = config.convert.teacher, runtime.choose_device(config.runtime.device)
        try:
            tokenizer = AutoTokenizer.from_pretrained(
                name, padding_side="left", truncation_side="left", trust_remote_code=False
            )
            if tokenizer.pad_token is None:
                tokenizer.pad_token = tokenizer.eos_token
            model = AutoModelForCausalLM.from_pretrained(
                name, dtype="auto", use_safetensors=True, trust_remote_code=False
            )
            model = model.to(device).eval()
        except Exception as error:
            full = pretrained.disk_full(error)
            if full is not None:
                raise full from error
            if pretrained.wants_own_code(error):
                raise EngineError("teacher", sentence("model.own_code", source=verbatim(str(name)))) from error
            what = sentence("model.teacher_not_loaded", name=name, error=first_line(f"{type(error).__name__}: {error}"))
            raise EngineError("teacher", what) from error
        return Teacher(lambda prompts: _generate(model, tokenizer, prompts, device))

    def fill(self, records: list[tuple[Record, Sections]]) -> list[Sections]:
        """The same sections with the missing ones written; a text that is empty or holds a tag is discarded."""
        wanted = [
            (number, name)
            for number, (_, sections) in enumerate(records)
            for name in SECTIONS
            if name not in sections.thoughts
        ]
        thoughts = [dict(sections.thoughts) for _, sections in records]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            prompts = [_ask(*records[number], name) for number, name in batch]
            try:
                texts = self.generate(prompts)
            except Exception as error:
                raise EngineError(
                    "teacher", sentence("model.teacher_failed", error=first_line(f"{type(error).__name__}: {error}"))
                ) from error
            for (number, name), text in zip(batch, texts, strict=True):
                written = clean(text).split("\n\n")[0].strip()
                if written and not holds_marks(written):
                    thoughts[number][name] = written
        return [Sections(sections.final, more) for (_, sections), more in zip(records, thoughts, strict=True)]


def _ask(record: Record, sections: Sections, name: str) -> str:
    language = "Japanese" if record.language == "ja" else "English"
    return f"Question:\n{record.prompt}\n\nAnswer:\n{sections.final}\n\n{ASKS[name]} Write in {language}."


def teacher_cache() -> Path:
    """Where a model of the hub is downloaded to."""
    from so8t_engine.model import pretrained

    return pretrained.CACHE


def _generate(model: Any, tokenizer: Any, prompts: list[str], device: Any) -> list[str]:
    import torch

    if tokenizer.chat_template:
        texts = [
            tokenizer.apply_chat_template(
                [{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True
            )
            for prompt in prompts
        ]
    else:
        texts = [f"{prompt}\n\n" for prompt in prompts]
    batch = tokenizer(
        texts, return_tensors="pt", padding=True, truncation=True, max_length=MAX_PROMPT_TOKENS,
        add_special_tokens=not tokenizer.chat_template,
    ).to(device)  # fmt: skip
    batch.pop("token_type_ids", None)
    with torch.inference_mode():
        out = model.generate(
            **batch, do_sample=False, max_new_tokens=MAX_NEW_TOKENS, pad_token_id=tokenizer.pad_token_id
        )
    return list(tokenizer.batch_decode(out[:, batch["input_ids"].shape[1] :], skip_special_tokens=True))
