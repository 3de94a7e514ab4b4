"""What a session is called in other programs: its name now."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.export import gguf_choice
from so8t_engine.session import display_name


def test_a_renamed_session_is_offered_by_its_name_now_and_takes_nobody_elses(tmp_path: Path) -> None:
    shop, other = tmp_path / "20261129-031400-shop-helper", tmp_path / "20261129-040000-our-shop"
    for session in (shop, other):
        session.mkdir()
        (session / "pipeline_state.json").write_text("")
    assert (gguf_choice.title(shop), gguf_choice.title(other)) == ("shop-helper", "our-shop")
    display_name.give(shop, "Our shop")
    assert (gguf_choice.title(shop), gguf_choice.title(other)) == ("our-shop-20261129-031400", "our-shop")
    display_name.give(other, "Till")
    assert (gguf_choice.title(shop), gguf_choice.title(other)) == ("our-shop", "till")
    display_name.give(shop, "店")
    assert gguf_choice.title(shop) == "shop-helper"
