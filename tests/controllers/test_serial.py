"""A serial scanner, played by a pseudo terminal: read whole, pulled out, plugged in again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from controllers.scanning import serial, serial_line
from controllers.scanning.serial import SerialScanner
from controllers.scanning.serial_line import Line, SerialLine
from tests.plug import Plug

CODE = b"10000004821739046118277501"


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    made = Plug(tmp_path / "scanner")
    yield made
    made.pull_out()


@pytest.fixture
def scanner(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SerialLine]:
    monkeypatch.setattr(serial_line, "AGAIN_MS", 20)
    made = SerialLine()
    yield made
    made.close()


@pytest.fixture
def read(scanner: SerialLine) -> list[str]:
    found: list[str] = []
    scanner.scanned.connect(lambda _name, text: found.append(text))
    return found


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b"\t", b"", b"\x03"])
def test_a_code_is_read_whole_however_it_ends(
    qtbot: QtBot, scanner: SerialLine, read: list[str], plug: Plug, end: bytes
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    assert scanner.line is Line.READY
    for start in range(0, len(CODE), 7):
        plug.send(CODE[start : start + 7])
    plug.send(end)
    qtbot.waitUntil(lambda: read == [CODE.decode()])


def test_many_codes_at_once_are_each_read(
    qtbot: QtBot, scanner: SerialLine, read: list[str], plug: Plug
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    plug.send(b"".join(b"\x02CF-%d\r\n" % number for number in range(100)))
    qtbot.waitUntil(lambda: read == [f"CF-{number}" for number in range(100)])


def test_a_scanner_that_is_pulled_out_is_found_again(
    qtbot: QtBot, scanner: SerialLine, read: list[str], plug: Plug
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
    qtbot: QtBot, scanner: SerialLine, read: list[str], plug: Plug
) -> None:
    scanner.listen(str(plug.name))
    assert scanner.line is Line.UNPLUGGED
    plug.put_in()
    qtbot.waitUntil(lambda: scanner.line is Line.READY)


def test_another_port_or_none_can_be_listened_to(qtbot: QtBot, scanner: SerialLine, plug: Plug) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    scanner.listen("")
    assert scanner.line is Line.NONE
    scanner.listen(str(plug.name))
    assert scanner.line is Line.READY


def test_a_code_whose_rest_waited_outside_a_busy_program_is_read_whole(
    qtbot: QtBot, scanner: SerialLine, read: list[str], plug: Plug
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
    qtbot: QtBot, scanner: SerialLine, plug: Plug
) -> None:
    plug.put_in()
    other = SerialLine()
    other.listen(str(plug.name))
    scanner.listen(str(plug.name))
    assert (other.line, scanner.line) == (Line.READY, Line.FORBIDDEN)
    other.close()
    qtbot.waitUntil(lambda: scanner.line is Line.READY)


@pytest.mark.parametrize(
    "rubbish", [b"\x00" * 50, bytes(range(128, 256)), b"\r\n\r\n\t\t", b"\xff\xfe\r\x80\x81"]
)
def test_rubbish_on_the_line_harms_no_code_after_it(
    qtbot: QtBot, scanner: SerialLine, read: list[str], plug: Plug, rubbish: bytes
) -> None:
    plug.put_in()
    scanner.listen(str(plug.name))
    plug.send(rubbish + b"\r" + CODE + b"\r")
    qtbot.waitUntil(lambda: read[-1:] == [CODE.decode()])
    assert all(text.isprintable() for text in read)


# --- beside the window ----------------------------------------------------------------------------


@pytest.fixture
def beside(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SerialScanner]:
    monkeypatch.setattr(serial_line, "AGAIN_MS", 20)
    made = SerialScanner()
    yield made
    made.close()
    assert made._thread is None or not made._thread.is_alive()


def test_a_line_that_is_long_in_opening_keeps_nobody_waiting(
    qtbot: QtBot, beside: SerialScanner, plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens, answered = SerialLine._open, threading.Event()
    ours = threading.current_thread()

    def out_of_reach(line: SerialLine) -> None:
        assert threading.current_thread() is not ours
        answered.wait(10)
        opens(line)

    monkeypatch.setattr(SerialLine, "_open", out_of_reach)
    plug.put_in()
    beside.listen(str(plug.name))
    assert beside.line is Line.NONE  # and this test goes on
    answered.set()
    qtbot.waitUntil(lambda: beside.line is Line.READY)


def test_what_comes_over_the_line_reaches_the_window_and_what_another_port_sent_does_not(
    qtbot: QtBot, beside: SerialScanner, plug: Plug, tmp_path: Path
) -> None:
    found: list[tuple[str, bool]] = []
    ours = threading.current_thread()
    beside.scanned.connect(lambda text: found.append((text, threading.current_thread() is ours)))
    plug.put_in()
    beside.listen(str(plug.name))
    qtbot.waitUntil(lambda: beside.line is Line.READY)
    plug.send(b"CF-48217\r")
    qtbot.waitUntil(lambda: found == [("CF-48217", True)])
    beside._hear("another", "CF-48218")
    other = Plug(tmp_path / "other")
    other.put_in()
    beside.listen(str(other.name))
    assert beside.line is Line.NONE
    qtbot.waitUntil(lambda: beside.line is Line.READY)
    other.send(CODE + b"\r")
    qtbot.waitUntil(lambda: found[1:] == [(CODE.decode(), True)])
    beside.listen("")
    assert beside.line is Line.NONE
    other.pull_out()


def test_the_program_ends_while_a_line_is_being_opened(
    qtbot: QtBot, plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    monkeypatch.setattr(SerialLine, "_open", lambda _line: answered.wait(10))
    monkeypatch.setattr(serial, "PATIENCE_S", 0.05)
    made = SerialScanner()
    made.listen(str(plug.name))
    made.close()
    assert made._thread is not None
    answered.set()
    made._thread.join(10)
    assert not made._thread.is_alive()


@pytest.mark.parametrize("when", ["_open", "_take"])
def test_what_goes_wrong_beside_the_window_is_told(
    qtbot: QtBot, beside: SerialScanner, plug: Plug, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    told: list[str] = []
    beside.trouble.connect(lambda error: told.append(str(error)))

    def breaks(*_: object) -> None:
        raise LookupError("no such thing")

    monkeypatch.setattr(SerialLine, when, serial_line._told(breaks))
    plug.put_in()
    beside.listen(str(plug.name))
    if when == "_take":
        qtbot.waitUntil(lambda: beside.line is Line.READY)
        plug.send(CODE)
    qtbot.waitUntil(lambda: told == ["no such thing"])
    assert beside.line is Line.NONE
