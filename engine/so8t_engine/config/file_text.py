"""The text of a configuration file: UTF-8, of bounded size; what else it is in is named, with what to do about it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

MOST_BYTES = 1_000_000
JAPANESE = re.compile(r"[\u3041-\u30fa]|[\u4e00-\u9fff]{2}")  # of letters of the West one may look like a kanji


def read(path: Path) -> str:
    """Raises EngineError file_missing, config_invalid."""
    try:
        if path.is_dir():
            raise EngineError("config_invalid", sentence("config.is_a_folder", path=path))
        if path.stat().st_size > MOST_BYTES:
            raise EngineError("config_invalid", sentence("config.too_large_a_file", path=path, most=MOST_BYTES))
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise EngineError("file_missing", sentence("config.no_file", path=path)) from error
    except UnicodeDecodeError as error:
        encoding = _other_encoding(data)
        if encoding is not None:
            what = sentence("config.other_encoding", path=path, encoding=encoding)
            raise EngineError("config_invalid", what) from error
        raise EngineError("config_invalid", sentence("config.not_utf8", path=path, byte=error.start + 1)) from error
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def _other_encoding(data: bytes) -> str | None:
    """The name of the one that this surely is; it is not read by it, as the session keeps the file's words for good."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    for name, codec in (("EUC-JP", "euc-jp"), ("Shift_JIS (cp932)", "cp932")):  # the first takes little of the second
        try:
            if JAPANESE.search(data.decode(codec)):
                return name
        except UnicodeDecodeError:
            continue
    return None


def unreadable(path: Path, error: OSError | ValueError) -> EngineError:
    """That a file is there and cannot be read, and why."""
    reason = getattr(error, "strerror", None) or str(error)
    return EngineError("file_missing", sentence("config.unreadable", path=path, error=reason))
