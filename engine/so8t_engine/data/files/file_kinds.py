"""Which kind of file a name says; what is said of those that are not read, and of those that only stand for others."""

from __future__ import annotations

import re
from pathlib import Path

from so8t_engine.data.files import notebooks, quiz_texts, web_pages, workbook_files, xml_files, yaml_rows
from so8t_engine.data.files.byte_streams import ARCHIVE, PACKINGS
from so8t_engine.sentences import Sentence, sentence

TEXTS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
TABLES = (".parquet", ".arrow", ".feather")
MEMORIES = (".tmx",)
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
ENDINGS = (*TEXTS, *TABLES, *WORKBOOKS, *MEMORIES)
BY_THEMSELVES = (
    ".txt",
    ".md",
    xml_files.ENDING,
    *yaml_rows.ENDINGS,
)  # where given alone, beside others they are seldom data
NOTES = (".txt", ".text", ".md", ".markdown", ".mdx", ".rmd", ".qmd", ".log", ".rtf", ".gift", ".aiken")
YAML = ".yaml"
OTHER_ARCHIVES = (".tar", ".tgz", ".tbz2", ".txz", *(f".tar{packing}" for packing in PACKINGS), ".7z", ".rar", ".lzh")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".numbers", ".fods", ".sxc", ".et", ".gnumeric")
LOCK = re.compile(r"~\$(.+)|\.~lock\.(.+)#")  # of Office, of LibreOffice
IN_ICLOUD = re.compile(r"\.(.+)\.icloud")
REFUSED = {
    "data.mailbox": (".mbox", ".eml", ".pst", ".msg"),
    "data.document": (
        ".docx", ".doc", ".odt", ".pdf", ".epub", ".pptx", ".ppt", ".odp", ".pages", ".tex", ".mobi", ".azw3",
    ),
    "data.saved_page": (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive"),
    "data.database": (".db", ".sqlite", ".sqlite3", ".db3", ".mdb", ".accdb", ".duckdb"),
    "data.translation": (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".sdltm", ".po", ".tbx"),
    "data.anki_deck": (".apkg", ".colpkg"),
    "data.object_file": (".pkl", ".pickle", ".npy", ".npz", ".pt", ".pth"),
    "data.loose_json": (".jsonc", ".json5", ".hjson", ".toml"),
    "data.shortcut": (".gsheet", ".gdoc", ".lnk", ".url", ".webloc"),
    "data.half_fetched": (".crdownload", ".part", ".partial", ".download", ".opdownload"),
}  # fmt: skip


def is_known(name: str) -> bool:
    """Whether we have a reader for files of that name."""
    return name.lower().endswith(ARCHIVE) or kind(name) is not None


def named(name: str) -> tuple[str, str | None]:
    """(kind, packing)."""
    packing = next((packing for packing in PACKINGS if name.lower().endswith(packing)), None)
    return kind(name) or "", packing


def kind(name: str) -> str | None:
    plain = name.lower()
    for packing in PACKINGS:
        plain = plain.removesuffix(packing)
    return next((ending for ending in ENDINGS if plain.endswith(ending)), None)


def by_content(path: Path) -> str | None:
    """The kind of one that is read if it is given by itself: a YAML file, a text that tells what it is. Raises
    EngineError where the text tells nothing, or what is not read.
    """
    if path.suffix.lower() in web_pages.ENDINGS:
        return web_pages.reader_of(path)
    if path.suffix.lower() == notebooks.ENDING:
        return notebooks.reader_of(path)
    if path.suffix.lower() == xml_files.ENDING:
        return xml_files.reader_of(path)
    if path.suffix.lower() in NOTES:
        return quiz_texts.reader_of(path)
    return YAML if path.suffix.lower() in yaml_rows.ENDINGS else None


def is_told(text: Path) -> bool:
    """Whether a text is one that is read by itself."""
    try:
        return quiz_texts.kind_of(text) in quiz_texts.READERS
    except OSError:
        return False


def stand_in(path: Path) -> Sentence | None:
    """What is said of one that only stands for another, or holds nothing; None of any other."""
    if lock := LOCK.fullmatch(path.name):
        return sentence("data.lock_file", path=path, name=lock[1] or lock[2])
    if cloud := IN_ICLOUD.fullmatch(path.name):
        return sentence("data.in_icloud", path=path, name=cloud[1])
    try:
        is_empty = path.stat().st_size == 0
    except OSError:
        return None
    return sentence("data.empty_file", path=path) if is_empty and named(path.name)[0] not in TEXTS else None


def unread(path: Path) -> Sentence:
    """What is said of one that no reader is there for."""
    name = path.name.lower()
    if name.endswith(OTHER_ARCHIVES):
        return sentence("data.other_archive", path=path)
    if name.endswith(OTHER_WORKBOOKS):
        return workbook_files.of_another_kind(path)
    for code, endings in REFUSED.items():
        if name.endswith(endings):
            return Sentence(code, {"path": str(path)})
    return sentence("data.unknown_kind", path=path, endings=ENDINGS)
