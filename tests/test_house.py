"""Looks after the house itself: what it is built from, which room may know which, and a fault of an old Qt.

Nothing here is about reservations; everything here once cost somebody an afternoon.
"""

from __future__ import annotations

import ast
import gc
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.bench.__main__ import BENCHES

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "installer" / "lock.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# One entry: a name, a version, perhaps a condition, and the fingerprints on the lines that continue it.
ENTRY = re.compile(r"(?m)^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>\S+)(?P<rest>(?:.*\\\n)*.*)$")
PINNED = {entry["name"]: entry for entry in ENTRY.finditer(LOCK)}

SOME_CALLS = 1000
# Other threads and caches come and go with a reference or two; the fault takes one with every call.
A_FEW = 20
ROOMS = ("models", "controllers", "ui")
_TELLING = ("exception", "format_exception", "format_exc", "print_exception", "print_exc", "__excepthook__")


def _plain(requirement: str) -> str:
    """'psycopg[binary]>=3.3' is psycopg, spelled as the lock spells it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def _direct_dependencies() -> list[str]:
    return PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]


# --- the lock -----------------------------------------------------------------------------------


def test_every_entry_of_the_lock_has_fingerprints() -> None:
    assert len(PINNED) > 50
    assert [name for name, entry in PINNED.items() if "--hash=sha256:" not in entry["rest"]] == []


def test_every_line_of_the_lock_is_an_entry_a_fingerprint_or_a_remark() -> None:
    known = re.compile(r"#.*|[a-z0-9][\w.-]*==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in LOCK.splitlines() if line and not known.fullmatch(line)] == []


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|(?m:^-)", LOCK)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("opencv-python", "it brings a second Qt and points ours at its plugins; take the headless one"),
        ("opencv-contrib-python", "the same, and it shares its folder with the headless one"),
        ("pyside6", "it brings a web browser of 278 MB; name the wheels that are used"),
    ],
)
def test_the_lock_does_without(name: str, reason: str) -> None:
    assert name not in PINNED, reason


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    assert [name for name in map(_plain, _direct_dependencies()) if name not in PINNED] == []


def test_the_lock_keeps_python_3_11_away_from_the_qt_that_loses_references() -> None:
    old = [e for e in ENTRY.finditer(LOCK) if e["name"] == "pyside6-essentials" and "< '3." in e["rest"]]
    assert [entry["version"].rsplit(".", 1)[0] for entry in old] == ["6.11"]


# --- the rooms ----------------------------------------------------------------------------------


def test_each_room_knows_only_the_rooms_it_may() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    words = [sys.executable, "-c", lint, "--no-cache", "--no-logo"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("room", ["models", "controllers"])
def test_no_widget_outside_the_screens(room: str) -> None:
    """import-linter sees foreign packages whole, and controllers may use a part of Qt: so look at the part."""
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and _names_widgets(node)
    ]
    assert guilty == []


def _names_widgets(node: ast.Import | ast.ImportFrom) -> bool:
    names = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        names += [node.module or "", *(f"{node.module}.{name}" for name in names)]
    return any(name.startswith("PySide6.QtWidgets") for name in names)


def test_no_screen_walks_the_focus_chain() -> None:
    """In PySide each widget of the chain is given to the one before it, and dies with it (ui/widgets/overlay.py)."""
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("nextInFocusChain", "previousInFocusChain")
    ]
    assert guilty == []


def test_no_fault_is_logged_with_what_it_quotes() -> None:
    """A database explains a fault with the row it stumbled over; `models.faults.fault_words` leaves that out."""
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in [ROOT / "app.py", *(one for room in ROOMS for one in sorted((ROOT / room).rglob("*.py")))]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and path.name != "faults.py" and _tells_all_of_a_fault(node)
    ]
    assert guilty == []


def _tells_all_of_a_fault(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return (name in _TELLING and bool(call.args)) or any(word.arg == "exc_info" for word in call.keywords)


def test_what_is_frozen_is_made_by_our_own_word() -> None:
    """Python's own takes four times as long to make a class, and a start makes some 170 (models/frozen.py)."""
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"\s*@dataclass\(frozen=True, slots=True\)", line)
    ]
    assert guilty == []


# --- the bench ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BENCHES)
def test_every_figure_names_a_function_that_measures_it(name: str) -> None:
    bench = BENCHES[name]
    module, function = bench.where.split(":")
    inspect.signature(getattr(import_module(f"tests.bench.{module}"), function)).bind(**bench.told)


# --- Qt -----------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is no longer counted from Python 3.12 on")
@pytest.mark.parametrize("call", ["update", "parentWidget", "data", "objectName", "parent"])
def test_calls_into_qt_give_back_their_references_to_none(qtbot: QtBot, call: str) -> None:
    """PYSIDE-3474: under Python 3.11, PySide6 6.12.0 takes one with every call, and aborts at the last."""
    widget = QWidget()
    qtbot.addWidget(widget)
    calls: dict[str, Callable[[], object]] = {
        "update": widget.update,
        "parentWidget": widget.parentWidget,
        "data": QModelIndex().data,
        "objectName": widget.objectName,
        "parent": QObject().parent,
    }
    chosen = calls[call]
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(SOME_CALLS):
        chosen()
    assert before - sys.getrefcount(None) < A_FEW
