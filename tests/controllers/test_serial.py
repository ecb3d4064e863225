"""A serial scanner, played by a pseudo terminal: read whole, pulled out, plugged in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from controllers.scanning import serial
from controllers.scanning.serial import Line, SerialScanner
from tests.plug import Plug

CODE = b"10000004821739046118277501"


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    made = Plug(tmp_path / "scanner")
    yield made
    made.pull_out()


@pytest.fixture
def scanner(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SerialScanner]:
    monkeypatch.setattr(serial, "AGAIN_MS", 20)
    made = SerialScanner()
    yield made
    made.close()


@pytest.fixture
def read(scanner: SerialScanner) -> list[str]:
    found: list[str] = []
    scanner.scanned.connect(found.append)
    return found


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b"\t", b"", b"\x03"])
def test_a_code_is_read_whole_however_it_ends(
    qtbot: QtBot, scanner: SerialScanner, read: list[str], plug: Plug, end: bytes
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    assert scanner.line is Line.READY
    for start in range(0, len(CODE), 7):
        plug.send(CODE[start : start + 7])
    plug.send(end)
    qtbot.waitUntil(lambda: read == [CODE.decode()])


def test_many_codes_at_once_are_each_read(
    qtbot: QtBot, scanner: SerialScanner, read: list[str], plug: Plug
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    plug.send(b"".join(b"\x02CF-%d\r\n" % number for number in range(100)))
    qtbot.waitUntil(lambda: read == [f"CF-{number}" for number in range(100)])


def test_a_scanner_that_is_pulled_out_is_found_again(
    qtbot: QtBot, scanner: SerialScanner, read: list[str], plug: Plug
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    for turn in range(3):
        plug.send(CODE[:9])
        plug.pull_out()
        qtbot.waitUntil(lambda: scanner.line is Line.UNPLUGGED)
        plug.put_in()
        qtbot.waitUntil(lambda: scanner.line is Line.READY)
        plug.send(CODE + b"\r")
        qtbot.waitUntil(lambda turn=turn: read == [CODE.decode()] * (turn + 1))


def test_a_scanner_that_is_plugged_in_later_is_found(
    qtbot: QtBot, scanner: SerialScanner, read: list[str], plug: Plug
) -> None:
    scanner.listen(str(plug.name))
    assert scanner.line is Line.UNPLUGGED
    plug.put_in()
    qtbot.waitUntil(lambda: scanner.line is Line.READY)


def test_another_port_or_none_can_be_listened_to(qtbot: QtBot, scanner: SerialScanner, plug: Plug) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    scanner.listen("")
    assert scanner.line is Line.NONE
    scanner.listen(str(plug.name))
    assert scanner.line is Line.READY


def test_a_code_whose_rest_waited_outside_a_busy_program_is_read_whole(
    qtbot: QtBot, scanner: SerialScanner, read: list[str], plug: Plug
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    plug.send(CODE[:9])
    qtbot.waitUntil(lambda: scanner._silence.isActive())
    plug.send(CODE[9:])
    scanner._silence.timeout.emit()  # the timer of a busy program speaks before the line does
    qtbot.waitUntil(lambda: bool(read))
    assert read == [CODE.decode()]
    assert scanner.line is Line.READY


def test_a_line_that_another_program_has_says_so_and_is_had_when_it_is_free(
    qtbot: QtBot, scanner: SerialScanner, plug: Plug
) -> None:
    plug.put_in()
    other = SerialScanner()
    other.listen(str(plug.name))
    scanner.listen(str(plug.name))
    assert (other.line, scanner.line) == (Line.READY, Line.FORBIDDEN)
    other.close()
    qtbot.waitUntil(lambda: scanner.line is Line.READY)


@pytest.mark.parametrize(
    "rubbish", [b"\x00" * 50, bytes(range(128, 256)), b"\r\n\r\n\t\t", b"\xff\xfe\r\x80\x81"]
)
def test_rubbish_on_the_line_harms_no_code_after_it(
    qtbot: QtBot, scanner: SerialScanner, read: list[str], plug: Plug, rubbish: bytes
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    plug.send(rubbish + b"\r" + CODE + b"\r")
    qtbot.waitUntil(lambda: read[-1:] == [CODE.decode()])
    assert all(text.isprintable() for text in read)
