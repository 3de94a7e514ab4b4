"""Can step 5 deliver what this base becomes: weights to merge into, turns as Phi-3 writes them, a tokenizer for GGUF.

Asked of the base's own files before anything runs, by the code that writes the results in the end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import model_files
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

NUMBERS = ("F64", "F32", "F16", "BF16")  # what a merged weight may be made from
MODULES = {
    "qkv_proj": "self_attn.qkv_proj",
    "o_proj": "self_attn.o_proj",
    "gate_up_proj": "mlp.gate_up_proj",
    "down_proj": "mlp.down_proj",
}


def obstacles(folder: Path, config: RunConfig, name: str, body: dict[str, Any]) -> list[Finding]:
    """Errors: with this base there would be no final model. `body`: its config.json."""
    return [*_packed(folder, config, name, body), *_template(folder, config, name)]


def without_gguf(folder: Path, config: RunConfig, name: str, rows: int) -> list[Finding]:
    """A warning where the final model can be made, and GGUF files cannot. `rows`: of the embedding."""
    from so8t_engine.export import gguf_encoder, gguf_types, gguf_vocabulary  # numpy and sentencepiece

    kinds = config.evaluate.gguf
    if not kinds:
        return []
    try:
        if (
            folder / "tokenizer.json"
        ).is_file():  # else transformers makes one of tokenizer.model, which can be written
            gguf_vocabulary.read(folder, rows)
        if any(kind in gguf_types.K_QUANTS for kind in kinds):
            gguf_encoder.refuse_without_k_quants()
    except EngineError as error:
        what, why = sentence("doctor.no_gguf", name=name, why=error.sentence), sentence("doctor.the_rest_is_made")
        return [Finding("warning", what, why, sentence("doctor.do_without_gguf"))]
    return []


def _packed(folder: Path, config: RunConfig, name: str, body: dict[str, Any]) -> list[Finding]:
    """GPTQ, AWQ, bitsandbytes and the like: there is no matrix that LoRA and gates could be merged into."""
    change = sentence("doctor.choose_full_weights")
    packed = body.get("quantization_config")
    if packed:
        method = str(packed.get("quant_method") or "?") if isinstance(packed, dict) else "?"
        what, why = sentence("doctor.quantised", name=name, method=method), sentence("doctor.cannot_be_merged_into")
        return [Finding("error", what, why, change)]
    found = model_files.tensors(folder)
    if not any(name.startswith("model.layers.") for name in found):
        return []  # other names altogether: said when the model is opened
    targets = {target.rpartition(".")[2] for target in config.lora.target_modules} if config.lora.enabled else set()
    wanted = (targets | set(config.gate.target_modules if config.gate.enabled else ())) & MODULES.keys()
    for layer in range(int(body["num_hidden_layers"])):
        for target in sorted(wanted):
            tensor = f"model.layers.{layer}.{MODULES[target]}.weight"
            if found.get(tensor) not in NUMBERS:
                what, why = (
                    sentence("doctor.no_such_weight", name=name, tensor=tensor),
                    sentence("doctor.cannot_be_merged_into"),
                )
                return [Finding("error", what, why, change)]
    return []


def _template(folder: Path, config: RunConfig, name: str) -> list[Finding]:
    from so8t_engine.model import chat_template  # with jinja2, which a model that is built here does without

    try:
        render = chat_template.of_folder(folder)
    except chat_template.TemplateBroken as error:
        broken = sentence("doctor.template_broken", name=name, error=error)
        return [Finding("error", broken, change=sentence("doctor.mend_template"))]
    if render is None:
        return []  # said of the tokenizer
    if not chat_template.is_phi3(render):
        what, why = sentence("doctor.other_template", name=name), sentence("doctor.turns_needed")
        return [Finding("error", what, why, sentence("doctor.choose_phi3_tokenizer"))]
    system = config.convert.system_prompt or ""
    try:
        dated = chat_template.writes_the_date(folder, system)
    except chat_template.TemplateRefused:
        dated = False  # of the system prompt: said below
    if dated:
        what, why = sentence("doctor.template_dated", name=name), sentence("doctor.other_bytes_tomorrow")
        return [Finding("error", what, why, sentence("doctor.fix_the_date"))]
    if not system:
        return []
    change = sentence("doctor.without_system_prompt")
    try:
        kept = chat_template.keeps_system(render, system)
    except chat_template.TemplateRefused as error:
        return [Finding("error", sentence("doctor.template_refuses_system", name=name, error=error), change=change)]
    return [] if kept else [Finding("error", sentence("doctor.template_drops_system", name=name), change=change)]
