"""The thinking format of an answer that is still being written: which section each new piece of text belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field

from so8t_engine.data.record import TAGS
from so8t_engine.data.thought.thinking import FINAL


@dataclass(frozen=True)
class Piece:
    """`section`: "task", "logic", ... or "final"; None for what stands outside of all."""

    section: str | None
    text: str


@dataclass
class ThinkingStream:
    """Forgiving, unlike `thinking.parse`: an answer that is cut off, or was never taught the format, is shown too."""

    section: str | None = None
    _waiting: str = ""  # what may be the beginning of a tag
    _tagged: bool = False
    _said: dict[str | None, str] = field(default_factory=dict)

    def feed(self, text: str) -> list[Piece]:
        """What can be shown now. A tag is taken out; what may become one is held back."""
        text, self._waiting = self._waiting + text, ""
        pieces: list[Piece] = []
        while text:
            at = text.find("<")
            if at != 0:
                pieces.append(self._piece(text[:at] if at > 0 else text))
                text = text[at:] if at > 0 else ""
                continue
            tag = next((tag for tag in TAGS if text.startswith(tag)), None)
            if tag is not None:
                self.section = None if tag.startswith("</") else tag[1:-1].removeprefix("think-")
                self._tagged = True
                self._said.setdefault(self.section, "")
                if self.section == FINAL:
                    self._said[FINAL] = ""  # the last one is the answer
                text = text[len(tag) :]
            elif any(tag.startswith(text) for tag in TAGS):
                self._waiting, text = text, ""
            else:
                pieces.append(self._piece("<"))
                text = text[1:]
        return pieces

    def end(self) -> list[Piece]:
        """What was held back and became no tag; between sections it is half of one, and no answer."""
        text, self._waiting = self._waiting, ""
        return [self._piece(text)] if text and (self.section or not self._tagged) else []

    def _piece(self, text: str) -> Piece:
        self._said[self.section] = self._said.get(self.section, "") + text
        return Piece(self.section, text)

    @property
    def sections(self) -> dict[str, str]:
        """The thoughts by section, in the order they came."""
        return {name: text.strip() for name, text in self._said.items() if name not in (None, FINAL)}

    @property
    def final(self) -> str:
        """What is for the reader, as it is graded: the final section, or what stands outside of all where there was
        none.
        """
        return self._said.get(FINAL, self._said.get(None, "")).strip()
