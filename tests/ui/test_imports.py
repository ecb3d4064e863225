"""The import: every file is read on trial first, gives its account, and is taken only when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from models.rows import Filter
from tests.builders import a_product, direct_file, direct_row, kkday_row, rezio_file, take
from tests.ui.at_a_desk import at_a_desk, shown
from ui import asking
from ui.at_desk import AtDesk
from ui.import_files import Stage, field_word, file_words
from ui.imports import Imports

PRODUCTS = """
[[product]]
code = "TEA"
name = "Tea House Walk"
  [[product.option]]
  name = "Afternoon"
  starts = "14:00"
  minutes = 120
  capacity = 8
  units = [ { name = "Adult" } ]
"""


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, at: AtDesk) -> Imports:
    return shown(qtbot, Imports(at), until=lambda: True)


def read(qtbot: QtBot, screen: Imports, *paths: Path) -> None:
    screen.opened(paths=paths)
    qtbot.waitUntil(lambda: calm(screen))


def calm(screen: Imports) -> bool:
    return not any(file.busy for file in screen._files.values())


def press(qtbot: QtBot, screen: Imports, key: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(screen.files, key, held)


def count(at: AtDesk) -> int:
    return asking.count(at.desk, Filter())


def file(folder: Path, data: bytes, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def lines(screen: Imports) -> list[tuple[int | None, str, str, str]]:
    model = screen.account._model
    rows = [model.row(at) for at in range(model.rowCount())]
    return [(row.row, row.reference, row.what, row.words) for row in rows]


def test_a_file_is_read_on_trial_first(qtbot: QtBot, screen: Imports, at: AtDesk, tmp_path: Path) -> None:
    read(qtbot, screen, file(tmp_path, direct_file(direct_row(), direct_row())))
    assert count(at) == 0
    assert screen.account.strip.accessibleName() == "Account: To take 2, new orders"
    assert screen.account.take.text() == "Take 2"


def test_ctrl_enter_takes_it(qtbot: QtBot, screen: Imports, at: AtDesk, a_desk: Desk, tmp_path: Path) -> None:
    a_product(a_desk)
    read(qtbot, screen, file(tmp_path, direct_file(direct_row(), direct_row())))
    press(qtbot, screen, Qt.Key.Key_Return, ctrl=True)
    assert not screen.account.take.isEnabled()
    qtbot.waitUntil(lambda: calm(screen))
    assert count(at) == 2
    assert screen.account.strip.accessibleName() == "Account: Taken 2, new orders"
    assert screen.account.take.text() == "Taken"


def test_the_trial_and_the_real_run_agree(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    read(qtbot, screen, file(tmp_path, direct_file(direct_row(), direct_row(date="soon"))))
    on_trial = screen.file.account  # type: ignore[union-attr]
    screen.take()
    qtbot.waitUntil(lambda: calm(screen))
    really = screen.file.account  # type: ignore[union-attr]
    assert on_trial is not None
    assert really is not None
    assert (on_trial.taken, on_trial.refused) == (really.taken, really.refused)


def test_a_refused_row_says_which_and_why(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    bad = direct_row(reference="D-EXAMPLE", date="soon")
    read(qtbot, screen, file(tmp_path, direct_file(direct_row(), bad)))
    assert lines(screen) == [(3, "D-EXAMPLE", "refused", "The departure date is not a date we can read.")]


def test_a_changed_order_names_its_fields_and_no_values(
    qtbot: QtBot, screen: Imports, a_desk: Desk, tmp_path: Path
) -> None:
    a_product(a_desk)
    row = direct_row(reference="D-EXAMPLE", adults=2)
    take(a_desk, row)
    read(qtbot, screen, file(tmp_path, direct_file({**row, "adults": "3"})))
    ((_, reference, what, words),) = lines(screen)
    assert (reference, what) == ("D-EXAMPLE", "changed")
    assert field_word("lines") in words
    assert "3" not in words


def test_nothing_new_leaves_nothing_to_take(
    qtbot: QtBot, screen: Imports, a_desk: Desk, tmp_path: Path
) -> None:
    row = direct_row()
    take(a_desk, row)
    read(qtbot, screen, file(tmp_path, direct_file(row)))
    assert not screen.account.take.isEnabled()
    assert screen.account.take.toolTip() == "There is nothing new in it"


def test_a_file_that_cannot_be_read_says_so(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    read(qtbot, screen, file(tmp_path, b"a,b\n1,2\n", "holiday.csv"))
    assert screen.account.notice.isVisible()
    assert screen.account.notice.accessibleName().startswith("holiday.csv is none of the files we can read.")
    assert not screen.account.take.isEnabled()


def test_naming_the_wrong_source_is_refused_and_can_be_taken_back(
    qtbot: QtBot, screen: Imports, tmp_path: Path
) -> None:
    read(qtbot, screen, file(tmp_path, rezio_file(kkday_row())))
    assert "rezio" in file_words(screen.file)  # type: ignore[arg-type]
    screen.account.source.chosen.emit("klook")
    qtbot.waitUntil(lambda: calm(screen))
    assert screen.account.notice.isVisible()
    qtbot.keyClick(screen.account.source, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: calm(screen) and not screen.account.notice.isVisible())
    assert screen.account.take.isEnabled()


def test_a_products_file_is_taken(qtbot: QtBot, screen: Imports, at: AtDesk, tmp_path: Path) -> None:
    read(qtbot, screen, file(tmp_path, PRODUCTS.encode(), "products.toml"))
    assert asking.products(at.desk) == {}
    press(qtbot, screen, Qt.Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: calm(screen))
    assert list(asking.products(at.desk).values()) == ["Tea House Walk"]
    assert "1 products added" in file_words(screen.file)  # type: ignore[arg-type]


def test_a_wrong_products_file_is_refused(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    read(qtbot, screen, file(tmp_path, b"[[product]]\nname = 3\n", "products.toml"))
    screen.take()
    qtbot.waitUntil(lambda: calm(screen))
    assert screen.account.notice.isVisible()


def test_all_files_are_taken_products_first(
    qtbot: QtBot, screen: Imports, at: AtDesk, tmp_path: Path
) -> None:
    orders = file(tmp_path, direct_file(direct_row()))
    read(qtbot, screen, orders, file(tmp_path, PRODUCTS.encode(), "products.toml"))
    assert screen.take_all.text() == "Take all 2 files"
    qtbot.mouseClick(screen.take_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: calm(screen))
    assert [one.stage for one in screen._files.values()] == [Stage.TAKEN, Stage.TAKEN]
    assert asking.count(at.desk, Filter(needs="unmatched")) == 0
    assert count(at) == 1


def test_a_file_can_be_left_out(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    read(qtbot, screen, file(tmp_path, direct_file(direct_row())))
    press(qtbot, screen, Qt.Key.Key_Delete)
    assert not screen.account.isVisible()
    assert screen.drop.button.hasFocus()


def test_esc_goes_back_to_where_one_came_from(qtbot: QtBot, screen: Imports) -> None:
    with qtbot.waitSignal(screen.back_wanted):
        qtbot.keyClick(screen.drop.button, Qt.Key.Key_Escape)


def test_dropped_files_are_read(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    paths = [file(tmp_path, direct_file(direct_row()), f"{name}.csv") for name in "ab"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    held: Any = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    screen.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *held))
    qtbot.waitUntil(lambda: calm(screen))
    assert [one.path for one in screen._files.values()] == paths


def test_files_are_chosen_in_a_dialog(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    path = file(tmp_path, direct_file(direct_row()))
    screen.native_dialogs = False
    qtbot.keyClick(screen.drop.button, Qt.Key.Key_O)
    dialog = screen.window().findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(path.name)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(screen._files) and calm(screen))
    assert screen.file is not None
    assert screen.file.path == path
    QApplication.processEvents()


def test_a_file_that_is_gone_is_refused(qtbot: QtBot, screen: Imports, tmp_path: Path) -> None:
    read(qtbot, screen, tmp_path / "gone.csv")
    assert screen.account.notice.accessibleName().startswith("gone.csv cannot be read")
