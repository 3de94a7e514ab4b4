"""Whether PPO learns: held-out answers before and after it, reward and KL while it runs, over several seeds.

Each seed is a whole session of its own (base model, warm-up, PPO), run by the real command line; a script that was cut
off goes on with the sessions it finds in --folder. Both policies, the warmed-up one (`reference/`) and the one after
PPO (`adapter/`), then get every held-out question.

The plan, written before any reported seed was run (which seeds, and under which settings, RESULTS.md says); settings
were chosen on other seeds (101 and up):
  1. Accuracy: share of right answers among the held-out questions that can be graded, likeliest tokens only (as in the
     engine's own report). Test: paired t-test over the seeds, two-sided. p < 0.01 counts as proven. Beside it McNemar's
     exact test over all (seed, question) pairs, which takes pairs of one seed as independent.
  2. The same with answers drawn at the rollouts' temperature, which is what PPO works on: --samples for each question.
  3. Mean reward of the rollouts: last fifth of the iterations less the first, 95 % interval over the seeds (Student).
  4. KL to the warmed-up policy: mean nats an answer per iteration; bounded means below --kl-limit in every iteration.
Prints a table of curves, then one JSON object as its last line; --out writes the curves as SVG.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.session import catalog, history, store

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from learning_figures import difference, sparkline, svg  # noqa: E402 - beside this file, wherever it is run from

CURVES = ("reward", "reward_format", "reward_answer", "reward_safety", "kl", "entropy", "clip_fraction")
QUICK = (
    "model.build.max_steps=20", "model.build.hidden_size=64", "model.build.num_hidden_layers=2", "warmup.max_steps=10",
    "ppo.total_episodes=64", "ppo.batch_size=16", "ppo.local_rollout_forward_batch_size=16", "ppo.response_length=16",
)  # fmt: skip


@dataclass(frozen=True)
class Seed:
    """One session's figures. `greedy`, `sampled`: per question that can be graded, the share right (before, after)."""

    seed: int
    greedy: list[tuple[float, float]]
    sampled: list[tuple[float, float]]
    formed: tuple[float, float]
    groups: dict[str, tuple[float, float]]
    curves: dict[str, list[float]]


def session_of(root: Path, config: Path, changes: list[str]) -> Path:
    """Runs a session of this configuration below `root` to its end, or goes on with the one that is there."""
    found = catalog.sessions(root)
    if found and not found[0].unfinished:
        return found[0].path
    change = [word for each in changes for word in ("--set", each)]
    words = ["resume", found[0].session] if found else ["run", str(config), *change]
    command = [sys.executable, "-m", "so8t_engine.cli", *words, "--data-root", str(root)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return catalog.sessions(root)[0].path


def curves(session: Path) -> dict[str, list[float]]:
    """Means per PPO iteration."""
    kept: dict[str, dict[int, list[float]]] = {name: defaultdict(list) for name in CURVES}
    for raw in (session / history.NAME).read_bytes().splitlines():
        entry = history.entry_of(raw)
        phase = entry.get("phase")
        for name in CURVES:
            source = "rollout" if name.startswith("reward") else "ppo"
            if phase == source and entry.get(name) is not None:
                kept[name][entry["iteration"]].append(entry[name])
    return {name: [fmean(by[iteration]) for iteration in sorted(by)] for name, by in kept.items()}


def measure(session: Path, seed: int, questions: int, samples: int) -> Seed:
    """Asks both policies the held-out questions."""

    from helpers.trained_policy import load_trained
    from so8t_engine.data import shards
    from so8t_engine.evaluate import grading, heldout
    from so8t_engine.model import adapter_folder, generate, runtime, seeds
    from so8t_engine.model import tokenizer as tokens

    config = config_file.parse((session / store.CONFIG).read_text(encoding="utf-8"), store.CONFIG)
    runtime.prepare(config)
    examples = heldout.choose(shards.read_examples(session, "heldout"), questions, config.seed)
    grades: dict[str, list[list[Any]]] = {}
    for name in (adapter_folder.REFERENCE, adapter_folder.ADAPTER):
        policy, tokenizer = load_trained(session, config, name=name)
        prompts = tokens.encode_prompts(tokenizer, [each.prompt for each in examples], config.convert.system_prompt)
        stop = tokens.stop_ids(tokenizer)
        rounds = []
        for turn in range(1 + samples):
            heat = config.ppo.temperature if turn else 0.0
            said = generate.generate(
                policy.model,
                prompts,
                stop=stop,
                max_new_tokens=config.evaluate.max_new_tokens,
                rows=config.evaluate.per_device_eval_batch_size,
                temperature=heat,
                seeds=[
                    seeds.seed_of("learning", seed, turn, place) for place in range(len(prompts))
                ],  # of both policies
            )
            texts = [tokens.decode(tokenizer, answer.tokens) for answer in said]
            rounds.append([grading.grade(*pair) for pair in zip(examples, texts, strict=True)])
        grades[name] = rounds
    before, after = grades[adapter_folder.REFERENCE], grades[adapter_folder.ADAPTER]
    graded = [i for i, grade in enumerate(before[0]) if grade.right is not None]

    def share(rounds: list[list[Any]], i: int) -> float:
        return fmean(bool(grades[i].right) for grades in rounds)

    greedy = [(share(before[:1], i), share(after[:1], i)) for i in graded]
    sampled = [(share(before[1:], i), share(after[1:], i)) for i in graded] if samples else []
    groups = {
        name: means([pair for i, pair in zip(graded, greedy, strict=True) if examples[i].category == name])
        for name in sorted({examples[i].category for i in graded})
    }
    formed = (fmean(grade.well_formed for grade in before[0]), fmean(grade.well_formed for grade in after[0]))
    return Seed(seed, greedy, sampled, formed, groups, curves(session))


def means(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return (fmean(before for before, _ in pairs), fmean(after for _, after in pairs))


def summary(found: list[Seed], limit: float) -> dict[str, Any]:
    """Everything the plan names."""
    from so8t_engine.evaluate import statistics  # light, but below evaluate/

    gained = sum(after > before for each in found for before, after in each.greedy)
    lost = sum(after < before for each in found for before, after in each.greedy)
    fifths = [fifth(each.curves["reward"]) for each in found]
    kl = [value for each in found for value in each.curves["kl"]]
    last = [fifth(each.curves["kl"])[1] for each in found]
    by_seed = [
        {"seed": each.seed, "accuracy": means(each.greedy), "format": each.formed, "groups": each.groups,
         **({"sampled": means(each.sampled)} if each.sampled else {}), "reward": fifth(each.curves["reward"])}
        for each in found
    ]  # fmt: skip
    return {
        "seeds": len(found),
        "accuracy": difference([means(each.greedy) for each in found])
        | {"gained": gained, "lost": lost, "mcnemar_p": statistics.mcnemar(lost, gained)},
        "sampled_accuracy": difference([means(each.sampled) for each in found]) if found[0].sampled else None,
        "format": difference([each.formed for each in found]),
        "reward": difference(fifths),
        "reward_format": difference([fifth(each.curves["reward_format"]) for each in found]),
        "kl": {"last_fifth": fmean(last), "highest": max(kl), "limit": limit, "bounded": max(kl) < limit},
        "by_seed": by_seed,
    }


def fifth(values: list[float]) -> tuple[float, float]:
    """(mean of the first fifth, mean of the last)."""
    count = max(1, len(values) // 5)
    return fmean(values[:count]), fmean(values[-count:])


def averaged(found: list[Seed]) -> dict[str, list[float]]:
    """Mean over the seeds, iteration by iteration."""
    return {
        name: [fmean(values) for values in zip(*(each.curves[name] for each in found), strict=True)]
        for name in CURVES
        if all(each.curves[name] for each in found)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, help="how many (default 5)")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--config", type=Path, default=HERE / "learning.yaml")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change one setting")
    parser.add_argument("--samples", type=int, default=4, help="drawn answers per question (default 4)")
    parser.add_argument("--questions", type=int, default=400, help="at most so many held-out questions (default 400)")
    parser.add_argument("--kl-limit", type=float, default=10.0, help="nats an answer (default 10)")
    parser.add_argument("--jobs", type=int, default=1, help="sessions at the same time")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--folder", type=Path, help="keeps the sessions here (default: a temporary folder)")
    parser.add_argument("--out", type=Path, help="the curves as SVG")
    parser.add_argument("--quick", action="store_true", help="a minute that only shows that it runs")
    arguments = parser.parse_args()
    changes = [*arguments.set, f"runtime.device={arguments.device}"]
    questions, samples = arguments.questions, arguments.samples
    if arguments.quick:
        changes, questions, samples = [*changes, *QUICK], 16, 1
    RunConfig.model_validate(config_file.load(arguments.config, changes).model_dump())
    with tempfile.TemporaryDirectory() as spare:
        folder = (arguments.folder or Path(spare)).absolute()
        numbers = range(arguments.first_seed, arguments.first_seed + arguments.seeds)

        def session(seed: int) -> Path:
            return session_of(folder / f"seed-{seed}", arguments.config, [*changes, f"seed={seed}"])

        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        with ThreadPoolExecutor(arguments.jobs) as pool:
            sessions = list(pool.map(session, numbers))
        found = [measure(path, seed, questions, samples) for seed, path in zip(numbers, sessions, strict=True)]
    shown = averaged(found)
    for name, values in shown.items():
        print(f"{name:<14} {values[0]:8.3f} {sparkline(values)} {values[-1]:8.3f}")
    if arguments.out:
        arguments.out.write_text(svg(shown, [each.curves for each in found]), encoding="utf-8")
    print(json.dumps({"config": arguments.config.stem, "quick": arguments.quick, **summary(found, arguments.kl_limit)}))


if __name__ == "__main__":
    main()
