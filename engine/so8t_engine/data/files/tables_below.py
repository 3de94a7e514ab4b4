"""Tables below each other in one sheet or text: behind an empty row the names of another one may stand.

The same names once more are passed over, be there an empty row above them or not, and in another order the rows below
are read by it; those of questions and answers begin a table that is read by them. What has other names ends what is
read, until names return that are. Where only the words make a row look like names, nobody can tell: it stays a row, and
is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from so8t_engine.data.files import heading_words, table_head
from so8t_engine.data.files.row_readers import Unit, place
from so8t_engine.sentences import Sentence

ABOVE = 20  # records of the first table that are kept to see what its texts are like


class TablesBelow:
    """Which table the records belong to; has state, as that hangs on those above them.

    `names`: of the columns by their place, in a table that has others than the first one.
    """

    def __init__(
        self,
        header: Sequence[str],
        asked: tuple[str | None, str | None] | None,
        unit: Unit,
        notice: Callable[[Sentence], None],
    ) -> None:
        self._header, self._asked, self._unit, self._notice = _lower(header), asked, unit, notice
        self._called = {name.strip().casefold(): name for name in header if name.strip()}
        self._places = [name.strip().casefold() for name in header]
        self._above: list[list[str]] = []
        self._last = 0
        self._is_behind_gap = self._told = False
        self._is_read = True
        self.names: dict[int, str] | None = None

    def first_again(self, at: int) -> None:
        """The names of the first table stand there once more."""
        self._is_read, self.names, self._last, self._is_behind_gap = True, None, at, False

    def is_row(self, fields: list[str], at: int, is_whole: bool) -> bool:
        """Whether a record is a row of a table that is read. `is_whole`: it could be read itself."""
        gap = self._unit == "row" and at > self._last + 1 > 1
        self._last = at
        filled = len(fields) - fields.count("")
        if filled > 1 and is_whole and self._are_own_names(fields, at):
            return False
        self._is_behind_gap = self._is_behind_gap or gap or (is_whole and not filled)
        if filled > 1 and is_whole:
            if self._is_behind_gap and self._are_names(fields, at):
                self._is_behind_gap = False
                return False
            self._is_behind_gap = False
            if len(self._above) < ABOVE:
                self._above.append(fields)
        return self._is_read and (bool(fields) or not is_whole)

    def _are_own_names(self, fields: list[str], at: int) -> bool:
        """Whether a record holds nothing but the first table's names, as where two exports were put behind each other;
        of some of them, only where these ask and answer.
        """
        found = {number: name for number, text in enumerate(fields) if (name := text.strip().casefold())}
        names = [*found.values()]
        if len({*names}) != len(names) or not {*names} <= {*self._header}:
            return False
        own = {number: self._called[name] for number, name in found.items()}
        if len(names) < len(self._header) and not self._are_asked_for([*own.values()]):
            return False
        self.first_again(at)
        if any(number >= len(self._places) or self._places[number] != name for number, name in found.items()):
            self.names = own
            self._say("data.table_reordered", [*own.values()], at)
        return True

    def _are_names(self, fields: list[str], at: int) -> bool:
        """Whether a record behind an empty one holds the names of a table, which then is read or passed over."""
        cells = _cells(fields)
        if self._are_asked_for(cells):
            self._is_read = True
            self.names = {number: text.strip() for number, text in enumerate(fields) if text.strip()}
            self._say("data.table_below_read", cells, at)
        elif not (self._is_read and self._above and heading_words.may_be_names(cells)):
            return False
        elif self._are_others(fields, cells):
            self._is_read = False
            self._say("data.table_below", cells, at)
        else:
            if self._is_unlike() and not self._told:
                self._told = True
                self._say("data.table_below_perhaps", cells, at)
            return False
        return True

    def _are_asked_for(self, cells: list[str]) -> bool:
        """Whether they name questions and answers, of the columns that the user named if there are."""
        wanted = [name for name in self._asked or () if name is not None]
        return len({*cells}) == len(cells) and (
            {*wanted} <= {*cells} if wanted else heading_words.may_be_names(cells) and table_head.ask_and_answer(cells)
        )

    def _are_others(self, fields: Sequence[str], cells: list[str]) -> bool:
        if len(fields) != len(self._above[0]):
            return True
        return heading_words.are_known(cells) and self._is_unlike()

    def _is_unlike(self) -> bool:
        """Whether the rows of the first table look like no names."""
        return heading_words.are_unlike(map(_cells, self._above))

    def _say(self, code: str, cells: list[str], at: int) -> None:
        self._notice(Sentence(code, {"place": place(self._unit, at), "names": cells}))


def _cells(fields: Sequence[str]) -> list[str]:
    return [text for field in fields if (text := field.strip())]


def _lower(names: Sequence[str]) -> list[str]:
    return [name.casefold() for name in _cells(names)]
