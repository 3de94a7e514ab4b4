"""What keys mean that a session's configuration does not have yet: what the version it was begun with did.

Whoever starts a new run has today's defaults, written out into its session.
"""

from __future__ import annotations

from typing import Any

AS_IT_WAS: dict[str, dict[str, Any]] = {
    "integrate": {
        "max_heldout": None,
        "near_duplicates": False,
        "decontaminate": False,
        "detect_language": "script",
        "fix_encoding": False,
        "clean_markup": False,
        "cut_next_turn": False,
        "cut_citations": False,
        "drop_repetition": False,
        "drop_unfilled": False,
        "drop_disclaimers": False,
        "mask_personal_data": False,
        "max_dropped_fraction": 1.0,
    },
    "convert": {"repeated_sections": "keep", "final_only_share": 1.0, "drop_too_long": False},
}


def complete(values: dict[str, Any]) -> None:
    """Puts the keys that are missing into the values of a session's configuration."""
    for section, keys in AS_IT_WAS.items():
        there = values.setdefault(section, {})
        if isinstance(there, dict):
            values[section] = keys | there
