"""What a run is set to, as people read it: in its report, on its model card."""

from __future__ import annotations

from so8t_engine.config.model import Build
from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import Sentence, sentence, verbatim


def settings(config: RunConfig) -> list[tuple[str, Sentence]]:
    """What a run was set to, by its names in the catalogue (setting.toml, setting_value.toml)."""
    lora, gate, warmup = config.lora, config.gate, config.warmup
    trained = sentence("setting_value.lora", r=lora.r, alpha=lora.lora_alpha, modules=lora.target_modules)
    layers = {"first": f"{gate.first:g}", "last": f"{gate.last:g}"}
    gates = sentence("setting_value.gates_of", mode=gate.mode, modules=gate.target_modules, **layers)
    rate = f"{warmup.learning_rate:g}"
    return [
        *([] if config.model.build is None else [("built", _built(config.model.build))]),
        ("trained", trained if lora.enabled else sentence("setting_value.all_parameters")),
        ("gates", gates if gate.enabled else sentence("setting_value.none")),
        *([("strength", _strength(config))] if gate.enabled else []),
        ("warmup", sentence("setting_value.warmup_of", updates=str(warmup.max_steps), rate=rate)),
        ("learning", _learning(config)),
        ("seed", verbatim(str(config.seed))),
    ]


def _built(build: Build) -> Sentence:
    return sentence(
        "setting_value.built_of", layers=build.num_hidden_layers, width=build.hidden_size, vocabulary=build.vocab_size,
        updates=str(build.max_steps), rate=f"{build.learning_rate:g}",
    )  # fmt: skip


def _strength(config: RunConfig) -> Sentence:
    """Of what alpha does, whatever its schedule is: without updates of reinforcement learning it stays."""
    alpha = config.alpha
    ends = {"initial": f"{alpha.initial:g}", "final": f"{alpha.final:g}"}
    if not config.learns:
        return sentence("setting_value.stays", value=ends["initial"])
    if alpha.annealing_steps is None:
        return sentence("setting_value.falls", schedule=alpha.schedule, **ends)
    updates = str(alpha.annealing_steps)
    return sentence("setting_value.falls_over", schedule=alpha.schedule, updates=updates, **ends)


def _learning(config: RunConfig) -> Sentence:
    ppo, group = config.ppo, config.group
    if group is not None:
        algorithm, rate = config.algorithm.upper(), f"{group.learning_rate:g}"
        return sentence("setting_value.group_of", algorithm=algorithm, updates=str(group.max_steps), rate=rate)
    if not config.learns:
        return sentence("setting_value.none")
    figures = {"rate": f"{ppo.learning_rate:g}", "kl": f"{ppo.kl_coef:g}"}
    return sentence("setting_value.ppo_of", episodes=str(ppo.total_episodes), **figures)
