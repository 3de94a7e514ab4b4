"""The thinking format goes in and out unchanged, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.data.record import SECTIONS, TAGS
from so8t_engine.data.thinking import Sections, parse, render

TEXT = st.text(min_size=1).map(str.strip).filter(lambda text: text and not any(tag in text for tag in TAGS))
ANY = st.builds(Sections, final=TEXT, thoughts=st.dictionaries(st.sampled_from(SECTIONS), TEXT))


@given(ANY)
def test_what_was_rendered_is_read_back(sections: Sections) -> None:
    assert parse(render(sections)) == sections


@given(ANY, st.data())
def test_a_completion_which_was_cut_off_is_not_well_formed(sections: Sections, data: st.DataObject) -> None:
    completion = render(sections)
    end = data.draw(st.integers(0, len(completion) - 1))

    assert parse(completion[:end]) is None


@given(st.lists(st.sampled_from([*TAGS, "a", " ", "\n", "<", "</final"]), max_size=12).map("".join))
def test_whatever_is_accepted_can_be_rendered_again(completion: str) -> None:
    found = parse(completion)

    assert found is None or parse(render(found)) == found


@pytest.mark.parametrize(
    "completion",
    [
        "18",
        "<final></final>",
        "<final>18</final> and more",
        "Well, <final>18</final>",
        "<final>18</final><final>19</final>",
        "<think-logic>a</think-logic>",
        "<think-logic>a</think-logic><think-task>b</think-task><final>18</final>",
        "<think-logic>a</think-logic><think-logic>b</think-logic><final>18</final>",
        "<final>18</final><think-logic>a</think-logic>",
        "<think-logic>a<final>18</final></think-logic><final>18</final>",
        "<think-logic>a</think-task><final>18</final>",
        "<think-logic> </think-logic><final>18</final>",
        "<think-other>a</think-other><final>18</final>",
    ],
)
def test_anything_out_of_order_doubled_empty_or_outside_is_refused(completion: str) -> None:
    assert parse(completion) is None


def test_white_space_between_sections_does_not_matter() -> None:
    found = parse(" <think-logic> 9 + 9 = 18 </think-logic>\n\n<final>\n18</final>\n")

    assert found == Sections("18", {"logic": "9 + 9 = 18"})


@pytest.mark.parametrize("sections", [Sections("", {}), Sections("a", {"logic": " "}), Sections("<final>", {})])
def test_a_text_which_could_not_be_read_back_is_not_rendered(sections: Sections) -> None:
    with pytest.raises(ValueError, match="empty or holds a tag"):
        render(sections)
