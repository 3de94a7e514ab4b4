"""Which name the folder of a copied or renamed session gets where its own is none of a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_engine.session import adoption

BEFORE = "20260101-000000-demo"


@pytest.mark.parametrize(
    ("name", "there", "fitting"),
    [
        ("20260303-111111-mine", [], "20260303-111111-mine"),
        ("20260303-111111-mine", ["20260303-111111-mine"], "20260303-111111-mine"),
        (f"{BEFORE} - Copy", [], f"{BEFORE}-copy"),
        (f"{BEFORE} - Copy", [f"{BEFORE}-copy"], f"{BEFORE}-copy-2"),
        (f"{BEFORE} - Copy", [f"{BEFORE}-copy", f"{BEFORE}-copy-2", f"{BEFORE}-copy-4"], f"{BEFORE}-copy-3"),
        (f"{BEFORE} - コピー", [], f"{BEFORE}-2"),
        (f"{BEFORE} - コピー", [f"{BEFORE}-2"], f"{BEFORE}-3"),
        ("りんご 7", [], f"{BEFORE}-7"),
        ("りんご", [], f"{BEFORE}-2"),
        ("(((", [], "session"),
        ("a" * 69 + " bcd", [], "a" * 69),
        ("a" * 200, [], "a" * 70),
    ],
)
def test_a_folder_gets_a_name_that_is_free_and_tells_where_it_comes_from(
    tmp_path: Path, name: str, there: list[str], fitting: str
) -> None:
    for other in there:
        (tmp_path / other).mkdir()

    assert adoption.fitting_name(tmp_path / name, BEFORE) == fitting
