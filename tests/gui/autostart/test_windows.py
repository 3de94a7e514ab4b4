"""Start at logon on Windows, with a Task Scheduler and a registry that keep what they are told, on no Windows."""

from __future__ import annotations

import codecs
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so8t_gui.autostart import entry, task, windows, windows_registry
from so8t_gui.autostart.entry import Refused
from so8t_gui.autostart.windows import APPROVED, LONGEST_RUN, OWN, RUN, VALUE, System

USER = "HOME\\花子"
NAME = "SO8T at logon of HOME-花子"
ODD = ["plain", "with space", 'a "quote"', "100%", "back\\slash", "ends with\\", "学習 & <フォルダ>", ""]


class Scheduler:
    """Answers as schtasks does; `denies` what an unelevated user may be denied."""

    def __init__(self, denies: bool = False, encoding: str = "utf-16") -> None:
        self.tasks: dict[str, str] = {}
        self.denies, self.encoding = denies, encoding
        self.asked: list[list[str]] = []

    def __call__(self, words: Sequence[str]) -> tuple[int, bytes]:
        self.asked.append(list(words))
        action, name = words[1], words[words.index("/TN") + 1]
        if action == "/Create":
            raw = Path(words[words.index("/XML") + 1]).read_bytes()
            assert raw[:2] == b"\xff\xfe"
            if self.denies:
                return 1, b"ERROR: Access is denied.\r\n"
            self.tasks[name] = raw.decode("utf-16")
        elif name not in self.tasks:
            return 1, b"ERROR: The system cannot find the file specified.\r\n"
        elif action == "/Delete":
            del self.tasks[name]
        else:
            return 0, self.tasks[name].encode(self.encoding)
        return 0, b"SUCCESS"


class Values:
    """A registry in memory."""

    def __init__(self, denies: bool = False) -> None:
        self.kept: dict[tuple[str, str], str | bytes] = {}
        self.denies = denies

    def read(self, key: str, name: str) -> str | bytes:
        if (key, name) not in self.kept:
            raise FileNotFoundError(key)
        return self.kept[key, name]

    def write(self, key: str, name: str, value: str) -> None:
        if self.denies:
            raise PermissionError(13, "Access is denied")
        self.kept[key, name] = value

    def delete(self, key: str, name: str) -> None:
        if (key, name) not in self.kept:
            raise FileNotFoundError(key)
        del self.kept[key, name]


def program(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "so8t-tray.exe"
    path.touch()
    return str(path)


def test_the_task_says_all_that_matters_element_by_element() -> None:
    root = ElementTree.fromstring(
        task.text(("C:\\a b\\pythonw.exe", "-m", "so8t_gui", "--hidden"), USER).split("\n", 1)[1]
    )
    found = {}
    for element in root.iter():
        assert element.tag.startswith(f"{{{task.SPACE}}}")
        if element.text and element.text.strip():
            found.setdefault(element.tag.partition("}")[2], []).append(element.text)

    assert root.get("version") == "1.2"
    for key, value in {
        "Command": ["C:\\a b\\pythonw.exe"],
        "Arguments": ["-m so8t_gui --hidden"],
        "UserId": [USER, USER],
        "Delay": ["PT10S"],
        "LogonType": ["InteractiveToken"],
        "RunLevel": ["LeastPrivilege"],
        "MultipleInstancesPolicy": ["IgnoreNew"],
        "DisallowStartIfOnBatteries": ["false"],
        "StopIfGoingOnBatteries": ["false"],
        "RunOnlyIfNetworkAvailable": ["false"],
        "RunOnlyIfIdle": ["false"],
        "ExecutionTimeLimit": ["PT0S"],
        "Enabled": ["true", "true"],
    }.items():
        assert found[key] == value, key
    triggers = root.find(f"{{{task.SPACE}}}Triggers")
    assert triggers is not None and [one.tag.partition("}")[2] for one in triggers] == ["LogonTrigger"]
    principal, actions = root.find(f".//{{{task.SPACE}}}Principal"), root.find(f"{{{task.SPACE}}}Actions")
    assert principal is not None and actions is not None and principal.get("id") == actions.get("Context")


@pytest.mark.parametrize("word", ODD)
def test_every_command_comes_back_as_it_was(word: str) -> None:
    command = ("C:\\学習 & <x>\\so8t-tray.exe", word, "--hidden")

    assert task.parse(task.text(command, USER)) == task.Task(command, True)
    assert task.split(subprocess.list2cmdline(command)) == list(command)


def test_what_is_no_task_is_none() -> None:
    for text in ("", "ERROR", "<Task/>", "<a>"):
        assert task.parse(text) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8"])
def test_on_and_off_by_the_task_scheduler(tmp_path: Path, encoding: str) -> None:
    scheduler, values = Scheduler(encoding=encoding), Values()
    system = System(scheduler, values, USER)
    command = (program(tmp_path / "学習"), "--hidden")
    values.kept[RUN, VALUE] = "an older entry that would start it twice"

    assert "Task Scheduler" in windows.put(command, system)
    found = windows.status(system)
    assert (found.on, found.way, found.place, found.command, found.ours) == (True, "task", NAME, command, True)
    assert (RUN, VALUE) not in values.kept
    windows.remove(system)
    assert scheduler.tasks == {} and values.kept == {} and not windows.status(system).on


def test_where_the_task_is_refused_the_run_key_is_used_and_named(tmp_path: Path) -> None:
    values = Values()
    system = System(Scheduler(denies=True), values, USER)
    command = (program(tmp_path / "a b"), "--hidden")
    words = windows.put(command, system)

    assert "Run key" in words and "Access is denied" in words
    assert values.kept == {(RUN, VALUE): f'"{command[0]}" --hidden'}
    assert (windows.status(system).on, windows.status(system).way) == (True, "run")
    windows.remove(system)
    assert values.kept == {} and not windows.status(system).on


def test_where_both_are_refused_both_say_why() -> None:
    with pytest.raises(Refused) as refused:
        windows.put(("C:\\so8t-tray.exe",), System(Scheduler(denies=True), Values(denies=True), USER))

    assert str(refused.value).count("Access is denied") == 2


def test_without_schtasks_the_run_key_is_used(tmp_path: Path) -> None:
    def missing(words: Sequence[str]) -> tuple[int, bytes]:
        raise FileNotFoundError(2, "The system cannot find the file specified")

    system = System(missing, Values(), USER)
    assert "cannot be started" in windows.put((program(tmp_path),), system)
    assert windows.status(system).way == "run"


def test_a_scheduler_that_hangs_is_a_sentence(tmp_path: Path) -> None:
    def hangs(words: Sequence[str]) -> tuple[int, bytes]:
        raise subprocess.TimeoutExpired(list(words), 30)

    assert "no answer" in windows.put((program(tmp_path),), System(hangs, Values(), USER))


def test_switched_off_in_the_task_manager_is_off_until_it_is_wanted_again(tmp_path: Path) -> None:
    values = Values()
    system = System(Scheduler(denies=True), values, USER)
    windows.put((program(tmp_path),), system)
    values.kept[APPROVED, VALUE] = b"\x03\x00\x00\x00" + bytes(8)
    assert (windows.status(system).on, windows.status(system).chosen_off) == (False, True)
    values.kept[APPROVED, VALUE] = b"\x02" + bytes(11)
    assert windows.status(system).on
    values.kept[APPROVED, VALUE] = b"\x03" + bytes(11)
    windows.put((program(tmp_path),), system)
    assert windows.status(system).on


@pytest.mark.parametrize("inside", ["<LogonTrigger>", "<Settings>"])
def test_switched_off_in_the_task_scheduler_is_off(tmp_path: Path, inside: str) -> None:
    scheduler = Scheduler()
    system = System(scheduler, Values(), USER)
    windows.put((program(tmp_path),), system)
    before, after = scheduler.tasks[NAME].split(inside)
    scheduler.tasks[NAME] = before + inside + after.replace("<Enabled>true", "<Enabled>false", 1)

    assert (windows.status(system).on, windows.status(system).chosen_off) == (False, True)


def test_a_program_that_is_gone_is_recognised(tmp_path: Path) -> None:
    system = System(Scheduler(), Values(), USER)
    path = program(tmp_path)
    windows.put((path, "--hidden"), system)
    Path(path).unlink()
    found = windows.status(system)

    assert (found.on, found.broken, found.ours) == (False, True, True) and path in found.sentence
    windows.put((program(tmp_path / "new"), "--hidden"), system)
    assert windows.status(system).on


def test_a_broken_task_beside_a_good_run_value_does_no_harm(tmp_path: Path) -> None:
    scheduler, values = Scheduler(), Values()
    system = System(scheduler, values, USER)
    windows.put((str(tmp_path / "gone" / "so8t-tray.exe"),), system)
    assert windows.status(system).broken
    values.kept[RUN, VALUE] = program(tmp_path)

    assert windows.status(system).on and windows.status(system).way == "run"


def test_two_users_of_a_machine_have_two_tasks() -> None:
    assert task.name("PC\\a") != task.name("PC\\b")
    assert not set('\\/:*?"<>|') & set(task.name('PC\\a/b:c*d?e"f<g>h|'))


# What a path may hold, and far more: all but the characters that are refused (below).
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))
PATHS = st.builds("C:\\{}.exe".format, WORDS.map(lambda word: word.replace('"', "")))


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(PATHS, st.lists(WORDS, max_size=3))
def test_no_path_breaks_out_of_the_task_or_the_run_value(path: str, rest: list[str]) -> None:
    command = (path, *rest)

    assert task.parse(task.text(command, USER)) == task.Task(command, True)
    assert task.split(subprocess.list2cmdline(command)) == list(command)


@pytest.mark.parametrize(
    "path", ["C:\\a ", " C:\\a", "C:\\a\\ ", "C:\\a\u3000", "C:\\</Command><Command>x", "C:\\a & b"]
)
def test_spaces_and_markup_in_a_path_stay_a_part_of_it(path: str) -> None:
    assert task.parse(task.text((path, "--hidden"), USER)) == task.Task((path, "--hidden"), True)


@pytest.mark.parametrize("path", ["C:\\a\nb.exe", "C:\\a\rb.exe", "C:\\a\x00b.exe", "C:\\a\ud800b.exe"])
def test_a_path_that_no_entry_can_hold_is_refused(path: str) -> None:
    system = System(Scheduler(), Values(), USER)
    with pytest.raises(Refused, match="cannot hold"):
        windows.put((path, "--hidden"), system)
    assert not windows.status(system).on and not windows.status(system).broken


def test_a_path_that_the_task_scheduler_would_expand_is_left_to_the_run_key(tmp_path: Path) -> None:
    values = Values()
    command = (program(tmp_path / "50%PATH%"), "--hidden")
    said = windows.put(command, System(Scheduler(), values, USER))

    assert "as a variable" in said and task.split(str(values.kept[RUN, VALUE])) == list(command)


def test_a_run_value_that_windows_would_pass_over_is_refused() -> None:
    values = Values()
    with pytest.raises(Refused, match="260 characters"):
        windows.put(("C:\\" + LONGEST_RUN * "x" + "\\so8t-tray.exe",), System(Scheduler(denies=True), values, USER))
    assert values.kept == {}


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "ascii"])
def test_a_name_that_the_console_cannot_show_is_no_reason_to_mend_the_entry(tmp_path: Path, encoding: str) -> None:
    class EnglishConsole(Scheduler):
        def __call__(self, words: Sequence[str]) -> tuple[int, bytes]:
            code, output = super().__call__(words)
            shown = output.decode("utf-16") if words[1] == "/Query" and code == 0 else "SUCCESS"
            return code, shown.encode(encoding, "replace")

    values = Values()
    system = System(EnglishConsole(), values, USER)
    command = (program(tmp_path / "花子 é"), "--hidden")
    windows.put(command, system)
    status = windows.status(system)
    assert (status.on, status.broken, status.command) == (True, False, command)

    del values.kept[OWN, VALUE]  # of the version before, which kept no copy: taken as there where letters are lost
    assert encoding == "cp932" or windows.status(system).on
    Path(command[0]).unlink()
    values.kept[OWN, VALUE] = subprocess.list2cmdline(command)
    assert windows.status(system).broken, "a program that is gone is still recognised"


def test_a_task_that_a_person_changed_is_shown_as_it_is_now(tmp_path: Path) -> None:
    scheduler = Scheduler()
    system = System(scheduler, Values(), USER)
    windows.put((program(tmp_path / "花子"), "--hidden"), system)
    scheduler.tasks[NAME] = task.text((program(tmp_path / "other"), "--hidden"), USER)

    assert windows.status(system).command == (program(tmp_path / "other"), "--hidden")


def test_the_user_is_named_by_number_where_the_system_tells_it(tmp_path: Path) -> None:
    number = "S-1-12-1-111-222-333-444"
    found = windows.sid(lambda words: (0, f'"azuread\\??","{number}"\r\n'.encode()))
    scheduler = Scheduler()
    windows.put((program(tmp_path),), System(scheduler, Values(), USER, found))

    assert found == number and scheduler.tasks[NAME].count(f"<UserId>{number}</UserId>") == 2
    assert windows.sid(lambda words: (1, b"ERROR")) == ""


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=3))
def test_what_is_refused_is_just_what_xml_cannot_hold(command: list[str]) -> None:
    refused = entry.unwritable(command)
    try:
        held = task.parse(task.text(["C:\\x", *command], USER))
    except ValueError:
        held = None
    if not refused:
        assert held is not None and list(held.command[1:]) == command


def test_a_task_that_is_none_is_broken_and_may_be_mended() -> None:
    scheduler = Scheduler()
    scheduler.tasks[NAME] = "<nonsense/>"
    found = windows.status(System(scheduler, Values(), USER))
    assert (found.on, found.broken, found.ours, found.way, found.place) == (False, True, True, "task", NAME)
    assert NAME in found.sentence


def test_a_program_in_quotes_is_that_program() -> None:
    laid_out = task.text(["C:\\x\\so8t-tray.exe"], USER).replace("C:", '"C:').replace(".exe", '.exe"')
    found = task.parse(laid_out)
    assert found is not None and found.command == ("C:\\x\\so8t-tray.exe",)


def test_a_program_is_run_and_what_it_says_is_heard() -> None:
    def run(code: str) -> tuple[int, bytes]:
        return windows._run([sys.executable, "-c", code])

    assert run("print(1, end='')") == (0, b"1")
    told = "import sys; print(1, end=''); print(2, end='', file=sys.stderr); sys.exit(3)"
    assert run(told) == (3, b"2")
    assert run("import sys; print(1, end=''); sys.exit(3)") == (3, b"1"), "schtasks may say why where it should not"


@pytest.mark.parametrize(("domain", "user"), [("HOME", "HOME\\Ann"), ("", "Ann")])
def test_the_system_is_asked_for_its_own_user(monkeypatch: pytest.MonkeyPatch, domain: str, user: str) -> None:
    monkeypatch.setenv("USERNAME", "Ann")
    monkeypatch.setenv("USERDOMAIN", domain)
    monkeypatch.setattr(windows, "sid", lambda run: "S-1-5" if run is windows._run else "")
    system = windows._system()
    assert (system.user, system.sid) == (user, "S-1-5") and system.run is windows._run
    assert isinstance(system.registry, windows_registry.User)


def test_a_system_that_cannot_say_who_its_user_is_has_no_sid() -> None:
    def missing(_: Sequence[str]) -> tuple[int, bytes]:
        raise OSError

    assert windows.sid(missing) == ""


@pytest.mark.parametrize(
    "output",
    [
        codecs.BOM_UTF16_LE + "Zugriff verweigert: für 花子".encode("utf-16-le"),
        "Zugriff verweigert: für 花子".encode("utf-16-le"),
        "Zugriff verweigert: für 花子".encode(),
        "Zugriff verweigert: für".encode("oem" if sys.platform == "win32" else "latin-1"),
    ],
)
def test_what_the_scheduler_prints_is_read_in_whatever_letters_it_comes(output: bytes) -> None:
    assert windows.decoded(output).removesuffix(" 花子") == "Zugriff verweigert: für"


def test_the_registry_takes_as_many_characters_as_it_takes_and_not_one_more() -> None:
    longest = "C:\\" + (LONGEST_RUN - 3) * "p"
    for program, fits in ((longest, True), (f"{longest}p", False)):
        registry = Values()
        system = System(Scheduler(denies=True), registry, USER, "")
        if fits:
            windows.put([program], system)
        else:
            with pytest.raises(Refused):
                windows.put([program], system)
        assert ((RUN, VALUE) in registry.kept) is fits
