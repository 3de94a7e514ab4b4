from __future__ import annotations

import math
from pathlib import Path

import pytest

from helpers.data_sources import EVERY_TICK
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.config.run_config import Integrate
from so8t_engine.data.sieve import duplicates, heldout_split


def test_about_the_wanted_fraction_is_held_out_and_another_seed_holds_out_others() -> None:
    keys = [duplicates.key_of(str(number)) for number in range(4_000)]
    first = {key for key in keys if heldout_split.is_heldout(17, key, 0.1)}
    second = {key for key in keys if heldout_split.is_heldout(18, key, 0.1)}

    assert 300 < len(first) < 500
    assert len(first & second) < 100
    assert not any(heldout_split.is_heldout(17, key, 0.0) for key in keys)
    assert all(heldout_split.is_heldout(17, key, 1.0) for key in keys)


def test_a_running_session_of_an_older_version_keeps_its_keys_and_its_split() -> None:
    """Pinned: another key would find other duplicates, another draw would move questions into the training data."""
    key = duplicates.key_of(duplicates.plain("What is a train?"), duplicates.plain("A  Train"))

    assert key == "63fdade4ff2eeaaf72b30f327385a0d1"
    assert [heldout_split.is_heldout(5, key, fraction) for fraction in (0.62314, 0.62334)] == [False, True]


@pytest.mark.parametrize(
    ("rows", "most", "share"),
    [(0, 20_000, 0.02), (1_000, 20_000, 0.02), (1_000_000, 20_000, 0.02), (10_000_000, 20_000, 0.002),
     (10_000_000, None, 0.02), (200, 1, 0.005)],
)  # fmt: skip
def test_of_very_many_rows_a_smaller_share_is_held_out(rows: int, most: int | None, share: float) -> None:
    assert math.isclose(heldout_split.share(Integrate(heldout_fraction=0.02, max_heldout=most), rows), share)


def test_the_share_follows_from_all_rows_to_train_on_wherever_the_step_was_cut(tmp_path: Path) -> None:
    rows = [{"prompt": f"What is {number} and {number}?", "response": str(2 * number)} for number in range(200)]
    asked = [{"prompt": f"Why is it {number}?", "response": f"So it is {number}."} for number in range(400)]
    sources = [
        local("a", write_lines(tmp_path / "a.jsonl", rows[:120])),
        local("b", write_lines(tmp_path / "b.jsonl", rows[120:])),
        local("asked", write_lines(tmp_path / "asked.jsonl", asked)),
    ]
    sources[2] |= {"use": "evaluation"}

    def integrate(name: str, most: int | None, cut: bool = False) -> Session:
        rules = {"heldout_fraction": 0.5, "max_heldout": most, "near_duplicates": False, "decontaminate": False}
        session = Session(
            tmp_path,
            make_config(sources, collect={"rows_per_shard": 50}, integrate=rules, **(EVERY_TICK if cut else {})),
            name,
        )
        if cut:
            session.run_with_cuts("collect", "integrate")
        else:
            session.run("collect", "integrate")
        return session

    def held_out(session: Session) -> int:
        return int(session.notes("integrated", "counts.json")["split"]["heldout"]) - len(asked)

    capped = integrate("capped", 60)
    assert 40 <= held_out(capped) <= 80
    assert 80 <= held_out(integrate("all", None)) <= 120
    assert integrate("cut", 60, cut=True).digests() == capped.digests()
