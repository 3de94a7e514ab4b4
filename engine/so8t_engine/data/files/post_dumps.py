"""Posts.xml of a Stack Exchange dump as rows: what its attributes say, with the columns of the site's own queries.

Which answer belongs to which question and which is the best is found out where these rows are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import sheet_xml
from so8t_engine.data.files.row_readers import BadRow, RawRow, row

POST = "row"
COLUMNS = ("Id", "PostTypeId", "AcceptedAnswerId", "ParentId", "Score", "Title", "Body", "Tags")


def rows(file: IO[bytes], limit: int, skip: int) -> Iterator[RawRow | BadRow]:
    """One for each post behind number `skip`. Raises ValueError with a Sentence."""
    ready = list[dict[str, str]]()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == POST:
            ready.append({column: attributes.get(column, "") for column in COLUMNS})

    posts = sheet_xml.items(file, ready, start, lambda name: None, lambda text: None, POST)
    for number, post in enumerate(posts, 1):
        if number > skip:
            is_long = sum(map(len, post.values())) > limit
            yield BadRow(number, "item", number, TOO_LONG) if is_long else row(post, number, "item", number)
