"""Commands that are shown do the same in the shell they are typed into, whatever the names in them hold.

PowerShell and cmd.exe are only on Windows; elsewhere what is written for them is read by their rules, as far as they
matter for one word: cmd's variables and carets (`cmd /?`), PowerShell's quotation marks (about_Quoting_Rules), and then
those of the C library by which a program takes its arguments.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine import shells
from so8t_engine.typed import quoted
from so8t_gui.autostart import task

NASTY = [
    "$HOME", "C:\\$env:TEMP\\a", "%TEMP%", "C:\\100%\\%TEMP%\\", "a`b", "it's", "‘curly’ “ones”",
    "D:\\my data\\", "a & b",
    "(x86)", "^", "@home", "~", "a;b", "100%", "%", "%%", "データ 1", "a,b", "{0}", "C:\\a\\$b c\\",
]  # fmt: skip
SIGNS = st.text(st.sampled_from("a 1\\$%`'’“^&()@~;é"), min_size=1, max_size=9)
VARIABLES = {"TEMP": "somewhere", "a": "else", "1": "one", "HOME": "home", "b": "other"}


def of_cmd(line: str) -> list[str]:
    """At its prompt: variables first, then carets outside of quotation marks."""
    at, text = 0, ""
    while at < len(line):
        end = line.find("%", at + 1) if line[at] == "%" else -1
        name = line[at + 1 : end]
        if end > 0 and name in VARIABLES:
            text, at = text + VARIABLES[name], end + 1
        else:
            text, at = text + line[at], at + 1
    inside, said = False, ""
    for number, sign in enumerate(text):
        inside ^= sign == '"'
        if sign == "^" and not inside:
            continue
        assert inside or sign not in "&|<>();," or text[number - 1] == "^", line
        said += sign
    return task.split(said)


def of_powershell(line: str) -> list[str]:
    """A word in quotation marks of either kind, or bare; the program gets it in double ones where it has blanks."""
    if line.startswith("'"):
        assert re.fullmatch("'(?:[^'‘’‚‛]|''|‘‘|’’)*'", line), line
        word = re.sub("(['‘’])\\1", r"\1", line[1:-1])
    elif line.startswith('"'):
        assert not re.search('[$`“”„"]', line[1:-1]), line
        word = line[1:-1]
    else:
        assert shells.BARE.fullmatch(line), line
        return [line]
    return task.split(f'"{word}"' if " " in word or not word else word)


def same(word: str, read: list[str]) -> bool:
    """A backslash at the end may have become two: a folder is the same."""
    return len(read) == 1 and (read[0] == word or read[0].rstrip("\\") == word.rstrip("\\"))


@pytest.mark.parametrize("word", NASTY)
def test_a_nasty_name_is_one_word_in_every_shell(word: str) -> None:
    assert of_cmd(shells.cmd(word)) == [word]
    assert same(word, of_powershell(shells.powershell(word)))
    assert shlex.split(shells.posix(word)) == [word]


@given(SIGNS)
def test_whatever_a_name_holds_it_is_one_word(word: str) -> None:
    assert of_cmd(shells.cmd(word)) == [word]
    assert same(word, of_powershell(shells.powershell(word)))


@pytest.mark.parametrize(
    ("word", "by_powershell", "by_cmd"),
    [
        (r"D:\so8t", r"D:\so8t", r"D:\so8t"),
        (r"D:\my data", r'"D:\my data"', r'"D:\my data"'),
        ("D:\\my data\\", '"D:\\my data\\\\"', '"D:\\my data\\\\"'),
        ("C:\\データ", "C:\\データ", "C:\\データ"),
        (r"C:\a&b", r'"C:\a&b"', r'"C:\a&b"'),
        (r"C:\$x's", r"'C:\$x''s'", '"C:\\$x\'s"'),
        (r"C:\%TEMP%\a", r'"C:\%TEMP%\a"', r'"C:\\"^%"TEMP"^%"\a"'),
        ("lm-eval[api]>=0.4.13", '"lm-eval[api]>=0.4.13"', '"lm-eval[api]>=0.4.13"'),
        ("", '""', '""'),
    ],
)  # fmt: skip
def test_words_are_written_alike_for_both_shells_of_windows_where_that_is_possible(
    word: str, by_powershell: str, by_cmd: str
) -> None:
    assert (shells.quoted(word, "powershell"), shells.quoted(word, "cmd")) == (by_powershell, by_cmd)


def test_a_program_whose_name_is_quoted_is_called_in_powershell() -> None:
    program = r"C:\my tools\so8t.exe"
    assert shells.line(program, "resume", shell="powershell") == r'& "C:\my tools\so8t.exe" resume'
    assert shells.line(program, "resume", shell="cmd") == r'"C:\my tools\so8t.exe" resume'
    assert shells.line("/my tools/so8t", "resume", shell="posix") == "'/my tools/so8t' resume"
    assert shells.line("so8t", "a b", shell="powershell") == 'so8t "a b"'


@pytest.mark.parametrize(
    ("ancestors", "shell"),
    [
        (["so8t.exe", "pwsh.exe", "WindowsTerminal.exe"], "powershell"),
        (["so8t.exe", "cmd.exe", "powershell.exe"], "cmd"),
        (["python.exe", "PowerShell.EXE"], "powershell"),
        (["bash.exe"], "posix"),
        (["explorer.exe"], "powershell"),
        ([], "powershell"),
        (["launcher.exe"] * 5 + ["cmd.exe"], "cmd"),
        (["launcher.exe"] * 6 + ["cmd.exe"], "powershell"),
    ],
)
def test_the_shell_is_the_nearest_that_this_program_was_started_from(
    monkeypatch: pytest.MonkeyPatch, ancestors: list[str], shell: str
) -> None:
    import psutil

    class Named:
        def __init__(self, name: str) -> None:
            self.name = lambda: name

    monkeypatch.setattr(psutil.Process, "parents", lambda _: [Named(name) for name in ancestors])
    assert shells._of_ancestors.__wrapped__("win32") == shell
    assert shells._of_ancestors.__wrapped__("linux") == "posix"


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell takes it")
@pytest.mark.parametrize("word", NASTY)
def test_a_posix_shell_takes_it_as_one_word(word: str) -> None:
    line = f"{sys.executable} -c 'import sys; print(sys.argv[1:])' {quoted(word)}"
    assert subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout.strip() == repr([word])


@pytest.mark.skipif(os.name != "nt", reason="the shells of Windows take it")
@pytest.mark.parametrize("shell", ["cmd", "powershell"])
@pytest.mark.parametrize("word", NASTY)
def test_the_shells_of_windows_take_it_as_one_word(word: str, shell: shells.Shell) -> None:
    line = shells.line(sys.executable, "-c", "import sys;print(ascii(sys.argv[1]))", word, shell=shell)
    command = f'cmd /d /s /c "{line}"' if shell == "cmd" else ["powershell", "-NoProfile", "-Command", line]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert same(word, [str(ast.literal_eval(said))])
