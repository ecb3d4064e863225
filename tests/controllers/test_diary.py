"""What was going on is known after a crash, and nothing of it is anybody's data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from controllers import counter, diary, viewing
from controllers.desk import Desk
from controllers.diary import Crash, Diary
from models.refusals import CannotDo

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys, threading
from pathlib import Path
from controllers import diary
from controllers.rights import needs
from models.rights import Right

class Desk:
    class actor:
        role = "owner"

@needs(Right.SCAN)
def scan(text, *, desk):
    os.kill(os.getpid(), signal.SIGKILL)

@needs(Right.SELL)
def sell(*, desk):
    began.set()
    threading.Event().wait()

@needs(Right.PRINT)
def over(*, desk):
    return 1

began = threading.Event()
diary.current = diary.Diary(Path(sys.argv[1]))
threading.Thread(target=sell, kwargs={"desk": Desk()}, daemon=True).start()
began.wait()
over(desk=Desk())
scan("Anna Sample", desk=Desk())
"""


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Diary]:
    made = diary.current = Diary(tmp_path)
    yield made
    diary.current = None
    made.close()


def left_by_the_last(folder: Path) -> Crash | None:
    """What a program finds that is started and closed again."""
    made = Diary(folder)
    made.close()
    return made.before


def test_after_a_kill_the_next_start_knows_what_was_under_way(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    before = left_by_the_last(tmp_path)
    assert before is not None
    assert {(one.name, one.right) for one in before.going} == {
        (".scan", "let people in"),
        (".sell", "sell and take money"),
    }
    assert b"Anna" not in (tmp_path / diary.FILE).read_bytes()
    assert left_by_the_last(tmp_path) is None


def test_what_python_itself_said_of_a_crash_is_kept_aside(tmp_path: Path) -> None:
    told = "import faulthandler, os, sys; from pathlib import Path; from controllers.diary import Diary"
    told += "; d = Diary(Path(sys.argv[1])); faulthandler.enable(d.details); os.abort()"
    subprocess.run([sys.executable, "-c", told, str(tmp_path)], cwd=ROOT, check=False)
    before = left_by_the_last(tmp_path)
    assert before is not None
    assert "Fatal Python error: Aborted" in Path(before.details).read_text()
    assert before.going == ()


def test_a_program_that_was_closed_leaves_nothing_to_tell(tmp_path: Path) -> None:
    made = Diary(tmp_path)
    made.close()
    assert os.listdir(tmp_path) == [diary.FILE]
    assert left_by_the_last(tmp_path) is None


def test_a_use_case_is_noted_while_it_is_under_way_and_not_after_it(
    a_desk: Desk, notes: Diary, tmp_path: Path
) -> None:
    seen: list[bytes] = []
    a_desk.clock = lambda: seen.append((tmp_path / diary.FILE).read_bytes())  # type: ignore[assignment, func-returns-value]
    with pytest.raises(AttributeError):
        counter.set_up_counter(desk=a_desk, volume=35)
    assert b"counter.set_up_counter set up a counter" in seen[0]
    assert b"counter." not in (tmp_path / diary.FILE).read_bytes()


def test_one_that_is_refused_or_calls_another_leaves_no_note(
    a_desk: Desk, notes: Diary, tmp_path: Path
) -> None:
    with pytest.raises(CannotDo):
        viewing.see_details(4711, desk=a_desk)
    assert notes.begin("outer.one", "see reservations")
    assert not notes.begin("inner.two", "see reservations")
    counter.counter_settings(desk=a_desk)
    assert b"outer.one" in (tmp_path / diary.FILE).read_bytes()
    notes.end()
    assert b".one" not in (tmp_path / diary.FILE).read_bytes()


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"rubbish" * 100, b"\xff" * 5000, b'{"began": 5}'])
def test_notes_that_cannot_be_read_keep_nobody_from_starting(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / diary.FILE).write_bytes(rubbish)
    made = Diary(tmp_path)
    assert made.before is None
    made.close()
