"""How a system is told that our links open the program, and how it is to run the worker."""

from __future__ import annotations

import configparser
import shlex
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import app
from controllers.carriers.smtp import LETTER_S
from controllers.command_parser import parse
from controllers.sending import TURN_S
from models.link import SCHEME

ROOT = Path(__file__).resolve().parents[1]
INSTALLER = ROOT / "installer"


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(INSTALLER))
    import links

    return links


def read(text: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=False)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(text)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how Linux is told")
def test_registering_tells_it_for_this_person_and_unregistering_takes_it_back(
    links: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")  # nothing of the machine's own desktop is told
    said = links.register("/opt/c/python", Path("/opt/a folder/app.py"), options=("--data", "/d"))  # type: ignore[attr-defined]
    entry = tmp_path / "applications" / "counterfoil.desktop"
    assert str(entry) in said
    told = read(entry.read_text(encoding="utf-8"))["Desktop Entry"]
    assert told["MimeType"] == f"x-scheme-handler/{SCHEME};"
    words = shlex.split(told["Exec"])
    assert words == ["/opt/c/python", "-X", "utf8", "/opt/a folder/app.py", "--data", "/d", "%u"]
    assert parse([*words[4:-1], "counterfoil://reservation/1"]).link == "counterfoil://reservation/1"
    links.unregister()  # type: ignore[attr-defined]
    links.unregister()  # type: ignore[attr-defined]
    assert not entry.exists()


def test_on_windows_no_console_opens_beside_the_window(links: object) -> None:
    python = r"C:\Counterfoil\.venv\Scripts\python.exe"
    without = links.without_console(python)  # type: ignore[attr-defined]
    told = (INSTALLER / "counterfoil-link.reg").read_text(encoding="utf-8")
    assert without.replace("\\", "\\\\") in told
    assert links.without_console(without) == without  # type: ignore[attr-defined]


def test_what_a_folder_is_called_stays_one_word_of_the_entry(links: object) -> None:
    told = links.desktop_entry(['/o/50% "new" $HOME `x`/app.py'])  # type: ignore[attr-defined]
    assert r'Exec="/o/50%% \"new\" \$HOME \`x\`/app.py" %u' in told


def test_windows_is_told_the_same() -> None:
    told = (INSTALLER / "counterfoil-link.reg").read_text(encoding="utf-8")
    assert rf"[HKEY_CURRENT_USER\Software\Classes\{SCHEME}\shell\open\command]" in told
    assert '"URL Protocol"=""' in told
    assert told.rstrip().endswith(r'app.py\" \"%1\""'), "the link is the last word"


def test_the_service_runs_the_worker_and_may_little() -> None:
    unit = read((INSTALLER / "counterfoil-worker.service").read_text(encoding="utf-8"))["Service"]
    words = shlex.split(unit["ExecStart"])
    assert parse(words[4:]).command == "work"
    assert (unit["ProtectSystem"], unit["NoNewPrivileges"], unit["CapabilityBoundingSet"]) == (
        "strict",
        "yes",
        "",
    )
    assert unit["RestartPreventExitStatus"].split() == [str(app.REFUSED), str(app.WRONG_USAGE)]
    assert int(unit["TimeoutStopSec"]) > TURN_S + LETTER_S, "a letter that is on its way comes to its end"


def test_the_task_of_windows_runs_the_worker_and_is_never_ended_for_its_age() -> None:
    task = ElementTree.parse(INSTALLER / "counterfoil-worker.xml").getroot()
    space = {"t": task.tag.partition("}")[0].strip("{")}
    arguments = task.findtext(".//t:Arguments", namespaces=space) or ""
    assert parse(shlex.split(arguments, posix=False)[3:]).command == "work"
    assert task.findtext(".//t:ExecutionTimeLimit", namespaces=space) == "PT0S"
    assert task.findtext(".//t:MultipleInstancesPolicy", namespaces=space) == "IgnoreNew"
