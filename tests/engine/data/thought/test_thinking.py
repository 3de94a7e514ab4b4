"""The thinking format goes in and out unchanged, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.chat.thinking_stream import ThinkingStream
from so8t_engine.data.record import SECTIONS, TAGS
from so8t_engine.data.thought.thinking import Sections, final_answer, parse, render
from so8t_gui.result import answer_text

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


PIECES = st.lists(st.sampled_from([*TAGS, "a", " ", "\n", "b", "</final>", "<final>"]), max_size=10).map("".join)


def behind_the_tag(completion: str) -> str:
    return completion.rpartition("<final>")[2].partition("</final>")[0]


@given(st.one_of(PIECES, ANY.map(render)))
def test_all_readers_agree_wherever_there_is_a_final_tag(completion: str) -> None:
    """And without one: rewards read nothing, grading what a chat shows, the reward model all before a closing tag."""
    sections = parse(completion)
    rewards = final_answer(completion, without_tag="nothing")
    grading = final_answer(completion, without_tag="outside")
    reward_model = final_answer(completion, without_tag="up to its end")

    if sections is not None:
        assert rewards == grading == reward_model == sections.final
    elif "<final>" in completion:
        assert rewards == grading == reward_model == behind_the_tag(completion)
    else:
        assert (rewards, reward_model) == ("", completion.partition("</final>")[0])
        assert grading == completion or any(tag in completion for tag in TAGS)
        chat = ThinkingStream()
        chat.feed(completion)
        chat.end()
        assert chat.final == grading.strip() == answer_text.parts(completion).final


@pytest.mark.parametrize(
    ("completion", "nothing", "outside", "up_to_its_end"),
    [
        ("<think-logic>x</think-logic>\n<final> 5 </final>", "5", "5", "5"),
        ("<final>4</final> no, <final>5", "5", "5", "5"),
        ("It is 5.", "", "It is 5.", "It is 5."),
        ("It is 5.</final> Goodbye.", "", "It is 5. Goodbye.", "It is 5."),
        ("<think-logic>A: no. B: fits.", "", "", "<think-logic>A: no. B: fits."),
        ("<think-logic>B: fits.</think-logic> B", "", " B", "<think-logic>B: fits.</think-logic> B"),
        ("<think-logic>B: fits.</think-logic><fin", "", "", "<think-logic>B: fits.</think-logic><fin"),
        ("", "", "", ""),
    ],
)
def test_what_a_reader_sees_of_a_completion(completion: str, nothing: str, outside: str, up_to_its_end: str) -> None:
    assert final_answer(completion, without_tag="nothing") == nothing
    assert final_answer(completion, without_tag="outside") == outside
    assert final_answer(completion, without_tag="up to its end") == up_to_its_end


@given(st.lists(st.sampled_from([*TAGS, "a", " ", "\n", "<", "</final"]), max_size=12).map("".join))
def test_whatever_is_accepted_can_be_rendered_again(completion: str) -> None:
    parsed = parse(completion)

    assert parsed is None or parse(render(parsed)) == parsed


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
    parsed = parse(" <think-logic> 9 + 9 = 18 </think-logic>\n\n<final>\n18</final>\n")

    assert parsed == Sections("18", {"logic": "9 + 9 = 18"})


@pytest.mark.parametrize("sections", [Sections("", {}), Sections("a", {"logic": " "}), Sections("<final>", {})])
def test_a_text_which_could_not_be_read_back_is_not_rendered(sections: Sections) -> None:
    with pytest.raises(ValueError, match="empty or holds a tag"):
        render(sections)
