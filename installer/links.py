"""Lets a press on a link of ours open the program, for the person who asks for it, and takes that back.

On Linux an entry among the person's applications says so, on Windows some lines in the person's part of the
registry. Nothing is written for anybody else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

SCHEME = "counterfoil"
ENTRY = "counterfoil.desktop"
KIND = f"x-scheme-handler/{SCHEME}"
_CLASSES = rf"Software\Classes\{SCHEME}"
_TO_ESCAPE = '\\"`$'


def register(python: str, app: Path, *, options: tuple[str, ...] = ()) -> str:
    """From now on links open the program; what was done, in a sentence."""
    if sys.platform == "win32":
        _tell_windows([without_console(python), "-X", "utf8", str(app), *options])
        return "Links open Counterfoil from now on."
    entry = _entry()
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(desktop_entry([python, "-X", "utf8", str(app), *options]), encoding="utf-8")
    told = [_run("update-desktop-database", str(entry.parent)), _run("xdg-mime", "default", ENTRY, KIND)]
    by_hand = "" if all(told) else f" Where links do not open it: xdg-mime default {ENTRY} {KIND}"
    return f"Links open Counterfoil from now on ({entry}).{by_hand}"


def unregister() -> str:
    """Links open nothing of ours any more."""
    if sys.platform == "win32":
        _forget_in_windows()
    else:
        _entry().unlink(missing_ok=True)
        _run("update-desktop-database", str(_entry().parent))
    return "Links do not open Counterfoil any more."


def desktop_entry(words: list[str]) -> str:
    """The entry of the applications' menu that says who opens our links."""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Counterfoil",
            "GenericName=Front desk",
            "Comment=The front desk of a tour and activity operator",
            f"Exec={' '.join(_quoted(word) for word in words)} %u",
            "Terminal=false",
            "Categories=Office;",
            f"MimeType={KIND};",
            "StartupNotify=true",
            "",
        )
    )


def without_console(python: str) -> str:
    """The same Python on Windows, which opens no black window beside ours."""
    return re.sub(r"python\.exe$", "pythonw.exe", python)


def _entry() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "applications" / ENTRY


def _quoted(word: str) -> str:
    """As the entry's own rules want it: quoted, and a percent sign twice."""
    for letter in _TO_ESCAPE:
        word = word.replace(letter, f"\\{letter}")
    return '"' + word.replace("%", "%%") + '"'


def _run(*words: str) -> bool:
    if shutil.which(words[0]) is None:
        return False
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


if sys.platform == "win32":
    import winreg

    def _tell_windows(words: list[str]) -> None:
        """Per user: no administrator is needed. The link is the last word; the program takes nothing behind it."""
        command = f'{subprocess.list2cmdline(words)} "%1"'
        told = {"": {"": "URL:Counterfoil", "URL Protocol": ""}, r"\shell\open\command": {"": command}}
        for key, values in told.items():
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, f"{_CLASSES}{key}") as opened:
                for name, value in values.items():
                    winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def _forget_in_windows() -> None:
        for key in (r"\shell\open\command", r"\shell\open", r"\shell", ""):
            with suppress(FileNotFoundError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, f"{_CLASSES}{key}")
