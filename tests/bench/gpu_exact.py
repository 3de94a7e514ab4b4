"""Does a run on this card end with the same bytes, however it is cut? NF4, Phi-3.5's width, four layers, 512 + 512.

The training step of real sessions (warm-up and PPO), saved after every unit, all at once on the one card: two
untouched; one resumed after every unit; five killed with SIGKILL, --kills random instants in all. Every unit leaves
digests of what it computed: the rollout's tokens and log-probabilities, gradients, trained tensors with their moments.
The first that differs from the first run's is named. On a CPU (--device cpu, with small --hidden and --length) the
same in bfloat16 or float32. The last line is one JSON object; exit code 1 where anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

SPREAD = 5  # sessions that share the kills
NAMES = ("tokens", "logprobs", "gradients", "tensors", "moments")


def make_model(folder: Path, given: argparse.Namespace) -> None:
    """Random weights in Phi-3.5's shape but for its depth, and a tokenizer with its template's words."""
    import ppo_memory
    import torch
    from transformers import Phi3ForCausalLM

    from so8t_engine.model import tokenizer as tokens

    body = ppo_memory.phi("phi-3.5-mini", given.layers).to_dict()
    body |= {"max_position_embeddings": 4_096}
    if given.hidden:
        body |= {"hidden_size": given.hidden, "intermediate_size": 2 * given.hidden, "vocab_size": 1_024}
        body |= {"num_attention_heads": 4, "num_key_value_heads": 4, "rope_parameters": None, "rope_scaling": None}
    tokenizer = tokens.train((f"{a} plus {b} is {a + b}" for a in range(60) for b in range(60)), 600, 4_096)
    body |= {"bos_token_id": None, "eos_token_id": tokens.stop_ids(tokenizer), "pad_token_id": tokens.pad_id(tokenizer)}
    torch.manual_seed(3)
    torch.set_default_dtype(torch.bfloat16)
    with torch.device(given.device):
        model = Phi3ForCausalLM(type(ppo_memory.phi("phi-3.5-mini", 1))(**body))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def make_session(root: Path, model: Path, given: argparse.Namespace) -> Path:
    """A session whose data steps are done."""
    from so8t_engine.config.run_config import RunConfig
    from so8t_engine.run.context import Context
    from so8t_engine.run.control import Control
    from so8t_engine.session import recovery, store
    from so8t_engine.session.state import Cursor
    from so8t_engine.steps import collect, convert, integrate

    root.mkdir(parents=True)
    rows = [f"{n} plus {n + k} is how much? " * (max(1, given.length // 24)) for n in range(8) for k in range(6)]
    (root / "rows.jsonl").write_text(
        "".join(json.dumps({"question": row, "answer": f"Count on. #### {i}"}) + "\n" for i, row in enumerate(rows))
    )
    batch, micro = 8, 2
    config = RunConfig.model_validate({
        "datasets": [{"name": "sums", "source": "local", "path": str(root / "rows.jsonl"), "adapter": "gsm8k"}],
        "integrate": {"max_prompt_chars": 100_000},
        "model": {"model_name_or_path": str(model), "dtype": given.dtype, "load_in_4bit": given.device != "cpu"},
        "lora": {"r": 16 if not given.hidden else 4, "lora_alpha": 32},
        "warmup": {"max_steps": 3, "per_device_train_batch_size": micro, "gradient_accumulation_steps": 2,
                   "max_length": 2 * given.length},
        "ppo": {"total_episodes": 2 * batch, "batch_size": batch, "local_rollout_forward_batch_size": 4,
                "generation_batch_size": batch, "per_device_train_batch_size": micro, "num_ppo_epochs": 2,
                "num_mini_batches": 2, "response_length": given.length, "max_prompt_length": given.length,
                "learning_rate": 1e-4},
        "gate": {"learning_rate": 1e-3},
        "checkpoint": {"interval_seconds": 0.001},
        "runtime": {"device": given.device, "num_threads": 1},
    })  # fmt: skip
    store.create(root, "s", config.model_dump_json(), "2026-01-01T00:00:00Z")
    session = root / "s"
    context = Context(session, config, recovery.recover(session), lambda _: None, Control())
    for step, following in ((collect, "integrate"), (integrate, "convert"), (convert, "train")):
        step.run(context, context.state.cursor)
        context.go_to(Cursor(following))
    return session


def train(session: Path, cut_every: bool, dtype: str) -> None:
    """The training step, from where the session stands to its end; digests go to digests.jsonl beside the session."""
    from so8t_engine.config import file as config_file
    from so8t_engine.model import runtime
    from so8t_engine.run.context import Context, Paused
    from so8t_engine.run.control import Control
    from so8t_engine.sentences import sentence
    from so8t_engine.session import recovery
    from so8t_engine.session.state import Cursor
    from so8t_engine.steps import train as step
    from so8t_engine.train import optim, training_run

    runtime.choose_dtype = lambda config, device: runtime.DTYPES[dtype]  # in bfloat16 on a CPU too
    log = (session.parent / "digests.jsonl").open("a", buffering=1)
    gradients: list[str] = []
    own_clip, own_finish = optim.clip, training_run.TrainingRun.finish_unit

    def clip(parameters: Any, limit: float) -> float:
        held = list(parameters)
        gradients.append(digest(value.grad for value in held if value.grad is not None))
        return own_clip(held, limit)

    def finish(self: Any, number: int, metrics: Any) -> None:
        found: dict[str, Any] = {"unit": number, "phase": self.units.at(number).phase}
        if self.rollouts:
            found["tokens"] = digest(part.responses for part in self.rollouts)
            found["logprobs"] = digest(
                value for part in self.rollouts for value in (part.logprobs, part.ref_logprobs, part.values)
            )
        found["gradients"] = "+".join(gradients)
        gradients.clear()
        found["tensors"] = digest(self.learner.tensors().values())
        moments = optim.moments(self.enter_phase(self._phase), self.learner.trainable())
        found["moments"] = digest(moments[name] for name in sorted(moments))
        log.write(json.dumps(found) + "\n")
        print(f"{session.parent.name}: unit {number}", file=sys.stderr, flush=True)
        own_finish(self, number, metrics)

    optim.clip, training_run.TrainingRun.finish_unit = clip, finish
    print(json.dumps({"ready": time.time()}), flush=True)
    while True:
        control = Control()
        if cut_every:
            control.pause(sentence("run.stopped"))  # after the next unit, once that is saved
        found = recovery.recover(session)
        if found.state.cursor.step != "train":  # killed when it had come to its end already
            return
        context = Context(session, config_file.load(session / "config.yaml"), found, lambda _: None, control)
        try:
            step.run(context, context.state.cursor)
        except Paused:
            gradients.clear()
            continue
        context.go_to(Cursor("evaluate"))
        return


def digest(tensors: Any) -> str:
    import torch

    whole = hashlib.blake2b(digest_size=8)
    for tensor in tensors:
        whole.update(tensor.detach().reshape(-1).view(torch.uint8).cpu().numpy().tobytes())
    return whole.hexdigest()


def start(session: Path, given: argparse.Namespace, cut_every: bool = False) -> subprocess.Popen[str]:
    """A worker; returns once it has loaded its libraries and goes on to load the model."""
    words = [sys.executable, __file__, "--train", str(session), "--dtype", given.dtype]
    log = (session.parent / "log").open("ab")
    worker = subprocess.Popen(
        [*words, "--cut-every"] if cut_every else words, stdout=subprocess.PIPE, stderr=log, text=True
    )
    assert worker.stdout is not None
    worker.stdout.readline()
    return worker


def ended(worker: subprocess.Popen[str], session: Path) -> None:
    worker.wait()
    if worker.returncode:
        log = (session.parent / "log").read_text(errors="replace")
        raise SystemExit(f"A worker ended with {worker.returncode}:\n{log[-3000:]}")


def kill_often(session: Path, given: argparse.Namespace, kills: int, chance: random.Random) -> int:
    """SIGKILLs at random instants of the first --within seconds; then it goes on to its end."""
    done = 0
    while done < kills:
        worker = start(session, given)
        print(f"{session.parent.name}: {done} kills", flush=True)
        try:
            worker.wait(chance.uniform(0.05, 1.0) * given.within)
            return done  # it came to its end before
        except subprocess.TimeoutExpired:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            done += 1
    ended(start(session, given), session)
    return done


def read(session: Path) -> dict[int, list[dict[str, str]]]:
    """Digests by unit, a unit that was done twice twice; a last line may have been cut off by a kill."""
    units: dict[int, list[dict[str, str]]] = {}
    for line in (session.parent / "digests.jsonl").read_text().splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        units.setdefault(found["unit"], []).append(found)
    return units


def first_difference(ours: dict[int, list[dict[str, str]]], theirs: dict[int, list[dict[str, str]]]) -> str | None:
    for unit, [expected, *_] in sorted(ours.items()):
        for name in NAMES:
            for found in theirs.get(unit, [{}]):
                if found.get(name) != expected.get(name):
                    return f"unit {unit} ({expected['phase']}): {name}"
    return None


def compared(untouched: Path, other: Path) -> dict[str, Any]:
    ours, theirs = results(untouched), results(other)
    different = sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))
    return {
        "same_bytes": not different,
        "different_files": different,
        "first_difference": first_difference(read(untouched), read(other)),
    }


def results(session: Path) -> dict[str, str]:
    whole = [
        path for path in sorted((session / "adapter").rglob("*")) if path.is_file() and path.name != "manifest.json"
    ]
    return {
        str(path.relative_to(session)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [*whole, session / "history.jsonl"]
    }


def about(given: argparse.Namespace) -> dict[str, Any]:
    import torch
    import transformers

    card = torch.cuda.get_device_name() if given.device.startswith("cuda") else "cpu"
    return {"benchmark": "gpu_exact", "device": card, "dtype": given.dtype, "torch": torch.__version__,
            "transformers": transformers.__version__, "layers": given.layers, "length": given.length}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtype", default="bfloat16")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--hidden", type=int, help="a narrower model, for a try on a CPU")
    parser.add_argument("--length", type=int, default=512, help="tokens of prompts, and of answers")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--within", type=float, default=12.0, help="a kill comes so many seconds after a start at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--train", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--cut-every", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if given.train:
        train(given.train, given.cut_every, given.dtype)
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        make_model(base / "model", given)
        names = ("untouched", "at the same time", "resumed at every unit", *(f"killed {n + 1}" for n in range(SPREAD)))
        sessions = {name: make_session(base / name.replace(" ", "-"), base / "model", given) for name in names}
        print(f"sessions made: {time.monotonic() - began:.0f} s", flush=True)
        told: dict[str, Any] = {}
        with ThreadPoolExecutor() as pool:
            workers = [(start(sessions[name], given, "resumed" in name), sessions[name]) for name in names[:3]]
            killed = [
                pool.submit(
                    kill_often, sessions[name], given, given.kills // SPREAD, random.Random(given.seed + number)
                )
                for number, name in enumerate(names[3:])
            ]
            for (worker, session), name in zip(workers, names[:3], strict=True):
                ended(worker, session)
                told[name] = compared(sessions["untouched"], session)
                print(f"{name}, {time.monotonic() - began:.0f} s: {told[name]}", flush=True)
            kills = sum(each.result() for each in killed)
        for name in names[3:]:
            told[name] = compared(sessions["untouched"], sessions[name])
        del told["untouched"]
        wrong = [name for name, found in told.items() if found["first_difference"] or not found["same_bytes"]]
        told |= about(given) | {"units": len(read(sessions["untouched"])), "kills": kills}
        told["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(told))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
