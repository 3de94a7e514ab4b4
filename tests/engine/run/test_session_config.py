"""config.yaml against the configuration that the state has sealed."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from helpers import odd_file
from helpers.sessions import refused
from so8t_engine.config import file as config_file
from so8t_engine.run import session_config
from so8t_engine.sentences import say, sentence
from so8t_engine.session import config_seal, recovery, store, wary_read
from so8t_engine.session.config_seal import ConfigSeal

TEXT = config_file.dump(config_file.load_preset("demo"))


def made(tmp_path: Path, text: str = TEXT) -> tuple[Path, ConfigSeal]:
    session = store.create(tmp_path, "s", text, "now")
    seal = recovery.sealed_config(session)
    assert seal is not None
    return session, seal


def read(session: Path, seal: ConfigSeal | None, text: str) -> session_config.SessionConfig:
    (session / store.CONFIG).write_text(text, encoding="utf-8")
    return session_config.read(session, seal)


def test_an_untouched_configuration_is_as_it_was_sealed(tmp_path: Path) -> None:
    session, seal = made(tmp_path)

    assert session_config.read(session, seal) == session_config.SessionConfig(config_file.parse(TEXT, ""), seal)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seed: 17", "seed: 19", ["seed was 17 and is 19"]),
        ("load_in_4bit: false", "load_in_4bit: true", ["lora.enabled", "model.load_in_4bit was false and is true"]),
        ("gguf:\n  - F16\n", "gguf:\n", ["evaluate.gguf was [F16, Q8_0, Q4_K_M] and is [Q8_0, Q4_K_M]"]),
        ("gguf:\n  - F16\n  - Q8_0\n  - Q4_K_M\n", "gguf: []\n", ["evaluate.gguf was [F16, Q8_0, Q4_K_M] and is []"]),
        ("  languages: null\n", "  languages: [en]\n", ["integrate.languages was nothing and is [en]"]),
        ("reward:\n", "reward:\n  functions: ['a:f']\n", ["reward.functions was [] and is [a:f]"]),
    ],
)  # fmt: skip
def test_a_change_is_named_by_its_key_with_both_values(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    text = TEXT.replace("  functions: []\n", "")
    session, seal = made(tmp_path, text)
    assert old in text
    found = read(session, seal, text.replace(old, new))
    assert found.changed is not None and found.seal != seal
    named = say(found.changed)

    assert any(word in named for word in said) and said[-1] in named
    error = refused(lambda: session_config.refuse_changes(session, found, accept_changes=False))
    assert error.code == "config_changed" and error.exit_code == 4
    session_config.refuse_changes(session, found, accept_changes=True)


def test_a_file_that_is_another_from_end_to_end_is_told_in_a_dozen_lines(tmp_path: Path) -> None:
    session, seal = made(tmp_path)
    found = read(session, seal, config_file.dump(config_file.load_preset("phi35-so8t")))
    assert found.changed is not None
    lines = say(found.changed).splitlines()

    assert len(lines) == 14 and lines[-1].endswith(" more")


def test_spaces_comments_and_line_ends_are_no_change(tmp_path: Path) -> None:
    session, seal = made(tmp_path)
    text = "# mine\n" + TEXT.replace("seed: 17", "seed:    17   # as always").replace("\n", "\r\n")

    assert read(session, seal, text) == session_config.SessionConfig(config_file.parse(TEXT, ""), seal)


@pytest.mark.parametrize(
    "hurt",
    [
        lambda data: bytes(len(data)),
        lambda data: data[:40],
        lambda data: b"\xff\xfe" + data,
        lambda data: b"",
        lambda data: data[:400] + bytes(100),
        lambda data: data[:400] + b"\x1f\x02}" + data[403:],
    ],
    ids=["zeroed", "torn", "not text", "empty", "torn into zeros", "bytes that nobody types"],
)
def test_fault_12_14_one_that_cannot_be_used_is_set_aside_and_the_sealed_copy_takes_its_place(
    tmp_path: Path, hurt: Callable[[bytes], bytes]
) -> None:
    session, seal = made(tmp_path)
    path = session / store.CONFIG
    bad = hurt(TEXT.encode())
    path.write_bytes(bad)
    found = session_config.read(session, seal)
    assert found.unusable is not None and path.read_bytes() == bad, "only looked at"
    [note] = session_config.put_back(session, found)

    assert path.read_bytes() == TEXT.encode() and note.code == "session.config_put_back"
    assert [kept.read_bytes() for kept in (session / "set-aside").iterdir()] == [bad]
    assert session_config.put_back(session, session_config.read(session, seal)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- Q8_0", "- Q9_9", "evaluate.gguf.1: "),
        ("- Q8_0", "- Q4_0", "did you mean Q8_0?"),
        ("  gguf:", "  ggufs:", "unknown key; did you mean gguf?"),
        ("seed: 17", "seed: x", "seed: "),
        ("seed: 17", "seed:\u300017", "s/config.yaml:4:1: "),
        ("seed: 17", "seed: [17", "s/config.yaml:4:10: "),
        ("name: demo", "seed: x\nname: demo", "seed: "),
    ],
)
@pytest.mark.parametrize("accept_changes", [False, True])
def test_an_edited_one_that_is_no_configuration_is_refused_with_what_to_correct_and_left_as_it_is(
    tmp_path: Path, old: str, new: str, said: str, accept_changes: bool
) -> None:
    session, seal = made(tmp_path)
    assert old in TEXT
    found = read(session, seal, TEXT.replace(old, new))
    error = refused(lambda: session_config.refuse_changes(session, found, accept_changes))

    assert (error.code, error.exit_code, said in say(error.sentence)) == ("config_invalid", 2, True), error.detail
    assert found.config == config_file.parse(TEXT, "") and session_config.put_back(session, found) == []
    assert (session / store.CONFIG).read_text(encoding="utf-8") == TEXT.replace(old, new)


@pytest.mark.parametrize("kind", ["folder", "gigabytes", "named pipe", "socket"])
def test_what_is_no_file_to_be_read_in_its_place_is_set_aside_and_neither_waited_for_nor_read(
    tmp_path: Path, kind: str
) -> None:
    session, seal = made(tmp_path)
    path = session / store.CONFIG
    odd_file.put(path, kind)
    found = session_config.read(session, seal)
    session_config.put_back(session, found)

    assert found.unusable is not None and path.read_bytes() == TEXT.encode()
    assert [kept.name for kept in (session / "set-aside").iterdir()] == ["001-config.yaml"]


def test_what_is_no_file_to_be_read_and_was_never_sealed_is_refused(tmp_path: Path) -> None:
    session, _ = made(tmp_path)
    odd_file.put(session / store.CONFIG, "gigabytes")
    error = refused(lambda: session_config.read(session, None))

    assert (error.code, "far larger" in say(error.sentence, "en")) == ("file_missing", True)


def test_one_that_is_gone_comes_back_and_one_that_nobody_has_sealed_is_refused(tmp_path: Path) -> None:
    session, seal = made(tmp_path)
    (session / store.CONFIG).unlink()
    error = refused(lambda: session_config.read(session, None))
    session_config.put_back(session, session_config.read(session, seal))

    assert error.code == "file_missing"
    assert (session / store.CONFIG).read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("name", [store.CONFIG, store.STATE])
def test_a_file_that_may_not_be_read_is_told_and_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As after `chmod 000`. The tests may run as root, who may read everything."""
    session, seal = made(tmp_path)
    monkeypatch.setattr(wary_read, "opened", forbidden(session / name, wary_read.opened))
    look = {store.CONFIG: lambda: session_config.read(session, seal), store.STATE: lambda: recovery.recover(session)}
    error = refused(look[name])

    assert error.code == "disk_permission" and str(session / name) in say(error.sentence)
    assert not (session / "set-aside").exists()


def forbidden(path: Path, opened: Callable[[Path], BinaryIO]) -> Callable[[Path], BinaryIO]:
    """Opens everything but this one file."""

    def look(asked: Path) -> BinaryIO:
        if asked == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(asked)

    return look


def test_a_sealed_copy_that_is_damaged_itself_vouches_for_nothing(tmp_path: Path) -> None:
    session, seal = made(tmp_path)
    torn = ConfigSeal(seal.sha256, seal.text.replace("seed: 17", "seed: 16"))
    changed = read(session, torn, TEXT.replace("seed: 17", "seed: 18"))

    assert changed.changed is not None and changed.changed.code == "run.config_changed_somehow"
    assert read(session, torn, TEXT).changed is None, "the file itself agrees with the digest"
    assert refused(lambda: read(session, torn, "seed: [")).code == "config_invalid"


def test_the_seal_in_the_newest_checkpoint_counts_more_than_the_pointers(tmp_path: Path) -> None:
    """The pointer has no digest of its own."""
    session, seal = made(tmp_path)
    state = store.commit(session, store.read_state(session), {})
    store.write_state(session, state.changed(config=config_seal.of(b"name: other\n")))

    assert recovery.sealed_config(session) == seal == recovery.recover(session).state.config


def test_of_a_sealed_text_that_is_damaged_or_of_a_later_version_it_is_said_only_that_something_changed(
    tmp_path: Path,
) -> None:
    session, seal = made(tmp_path)
    config = config_file.parse(TEXT, "")
    for sealed in (ConfigSeal("0" * 64, seal.text), config_seal.of(b"no_such_key: 1\n")):
        found = read(session, sealed, TEXT)
        assert (found.config, found.seal) == (config, seal)
        assert found.changed == sentence("run.config_changed_somehow", session=session.name)
