"""A manifest seals a folder: any change of a file, of the list or of what it is bound to is noticed."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so8t_engine.session import disk_errors, manifest

CONTENT = {"a.bin": b"0123456789" * 50, "deep/b.json": b"{}", "empty": b""}


def sealed(folder: Path) -> Path:
    for name, data in CONTENT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / manifest.NAME).write_bytes(manifest.build(manifest.of_folder(folder), {"step": 3}))
    return folder


def test_what_was_written_is_read(tmp_path: Path) -> None:
    listed, about = manifest.read(sealed(tmp_path))

    assert listed == {name: manifest.digest(data) for name, data in CONTENT.items()}
    assert about == {"step": 3} and manifest.problems(tmp_path) == []


def test_the_same_files_give_the_same_bytes_in_any_order() -> None:
    listed = {name: manifest.digest(data) for name, data in CONTENT.items()}

    assert manifest.build(listed, {"a": 1, "b": 2}) == manifest.build(dict(reversed(listed.items())), {"b": 2, "a": 1})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(["a.bin", "deep/b.json", manifest.NAME]), place=st.integers(0, 10_000), bit=st.integers(0, 7)
)
def test_any_flipped_bit_is_noticed(tmp_path: Path, file: str, place: int, bit: int) -> None:
    path = sealed(tmp_path) / file
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)

    assert len(manifest.problems(tmp_path)) == 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(0, 2_000))
def test_a_manifest_cut_anywhere_is_noticed(tmp_path: Path, size: int) -> None:
    path = sealed(tmp_path) / manifest.NAME
    whole = path.read_bytes()
    path.write_bytes(whole[: size % len(whole)])

    [problem] = manifest.problems(tmp_path)
    assert problem.args["what"].code in ("session.manifest_torn", "session.manifest_altered")


def test_a_missing_a_longer_and_a_linked_file_are_named(tmp_path: Path) -> None:
    sealed(tmp_path)
    (tmp_path / "empty").unlink()
    (tmp_path / "a.bin").write_bytes(CONTENT["a.bin"] + b"x")
    (tmp_path / "deep" / "b.json").rename(tmp_path / "elsewhere")
    (tmp_path / "deep" / "b.json").symlink_to(tmp_path / "elsewhere")

    assert [str(problem) for problem in manifest.problems(tmp_path)] == [
        f"{tmp_path.name}/a.bin: 501 bytes where 500 were written",
        f"{tmp_path.name}/deep/b.json: missing",
        f"{tmp_path.name}/empty: missing",
    ]


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "a\\b", "C:x"])
def test_a_name_outside_the_folder_is_refused_even_with_the_right_seal(tmp_path: Path, name: str) -> None:
    (tmp_path / manifest.NAME).write_bytes(manifest.build({name: (1, "0")}, {}))

    with pytest.raises(ValueError, match="outside"):
        manifest.read(tmp_path)


def test_a_small_file_is_read_as_it_was_sealed_or_refused_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    sealed(folder)
    (folder / "later.txt").write_bytes(b"noted nowhere")

    assert manifest.sealed_data(folder / "a.bin", 500) == CONTENT["a.bin"]
    assert manifest.sealed_data(folder / "later.txt", 500) == b"noted nowhere"
    for data, said in (
        (b"012", "report/a.bin: 3 bytes where 500 were written"),
        (b"1123456789" * 50, "report/a.bin: its content has changed since it was written"),
    ):
        (folder / "a.bin").write_bytes(data)
        with pytest.raises(ValueError, match="") as caught:
            manifest.sealed_data(folder / "a.bin", 500)
        assert str(caught.value.args[0]) == said
    with pytest.raises(ValueError, match="far larger"):
        manifest.sealed_data(folder / "a.bin", 499)


@pytest.mark.parametrize(
    ("number", "lost"),
    [
        (errno.ENOENT, True), (errno.ENOTDIR, True), (errno.EISDIR, True), (errno.EIO, True),
        (errno.EACCES, False), (errno.EPERM, False), (errno.EMFILE, False), (None, False),
    ],
)  # fmt: skip
def test_a_file_that_is_gone_or_defective_is_lost_and_one_that_may_not_be_read_now_is_not(
    number: int | None, lost: bool
) -> None:
    error = OSError("?") if number is None else OSError(number, os.strerror(number))

    assert disk_errors.is_lost(error) is lost


def of_files(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / manifest.NAME).write_bytes(manifest.build(manifest.of_folder(folder), {}))
    return folder


def test_of_one_file_it_is_told_what_does_not_match(tmp_path: Path) -> None:
    folder = of_files(tmp_path / "f", a=b"one", b=b"two")

    def said(name: str) -> tuple[str, str] | None:
        wrong = manifest.problem_of(folder / name)
        return wrong and (wrong.args["place"], wrong.args["what"].code)

    assert said("a") is None is said("of nobody")
    (folder / "a").write_bytes(b"ONE")
    assert said("a") == ("f/a", "session.file_changed") and said("b") is None
    (folder / "a").write_bytes(b"longer")
    assert said("a") == ("f/a", "session.file_size")
    (folder / "a").unlink()
    assert said("a") == ("f/a", "session.file_missing")
    (folder / manifest.NAME).write_bytes(b"torn")
    assert said("b") == ("f/b", "session.manifest_torn")


def test_of_a_large_folder_names_and_sizes_are_looked_at(tmp_path: Path) -> None:
    folder = of_files(tmp_path / "f", a=b"one", b=b"two")
    (folder / "a").write_bytes(b"ONE")
    for most, found in ((None, 1), (6, 1), (5, 0), (0, 0)):
        assert len(manifest.problems(folder, most)) == found
    (folder / "b").write_bytes(b"longer")
    assert [each.args["what"].code for each in manifest.problems(folder, 0)] == ["session.file_size"]


def test_a_folder_holds_files_besides_its_manifest_or_none(tmp_path: Path) -> None:
    assert manifest.lists_any(of_files(tmp_path / "f", a=b"")) is True
    assert manifest.lists_any(of_files(tmp_path / "g")) is False and manifest.lists_any(None) is False


def test_what_passes_through_is_counted_and_passed_on() -> None:
    tally = manifest.Tally()
    assert tally.result() == manifest.digest(b"")
    assert list(tally.passing([b"one", b"", b"two"])) == [b"one", b"", b"two"]
    assert tally.result() == manifest.digest(b"onetwo") == (6, hashlib.sha256(b"onetwo").hexdigest())


def test_a_manifest_says_names_in_their_own_letters() -> None:
    assert "名前" in manifest.build({"名前": (1, "a")}, {"who": "誰"}).decode()
