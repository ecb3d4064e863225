"""A real print: through a CUPS of our own on this machine into a PDF printer, and what came out is read.

It starts a print server as root on a port of the loopback, so it is left out of the suite; `bootstrap.py soak` installs
what it needs and runs it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import pytest

from controllers import printing
from controllers.counter import set_up_counter
from controllers.desk import Desk
from controllers.print_log import see_prints
from controllers.printing import Draft
from controllers.receipts import receipt_draft
from controllers.scanning.diagnosis import TEST_NUMBER
from controllers.scanning.picture import read_frame
from controllers.spooling import Cups, Sent
from controllers.trial_page import trial_draft
from controllers.vouchers import voucher_draft
from models.papers import Paper
from models.prints import Fate
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation
from tests.controllers.test_papers import pictures
from tests.ports import free_port
from tests.printing_out import print_out

PRINTER, BROKEN, AWAY = "Empfang", "Kaputt", "Weg"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(os.name != "posix" or not shutil.which("cupsd"), reason="CUPS is not installed"),
]


@dataclass
class PrintServer:
    """A print server, and the folder in which its PDF printer leaves what it prints, by the job's title."""

    out: Path

    def take(self, title: str) -> bytes:
        """The paper of that title, which is then taken away."""
        until = time.monotonic() + 60
        while not (found := list(self.out.glob(f"*{title}*.pdf"))) and time.monotonic() < until:
            time.sleep(0.1)
        (path,) = found
        pdf = path.read_bytes()
        path.unlink()
        return pdf


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    if os.geteuid():
        pytest.skip("a print server of our own needs root")
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-cups-", dir="/var/tmp"))
    folder.chmod(0o755)  # the queue is not root's
    port = free_port()
    before = os.environ.get("CUPS_SERVER")
    conf = _configure(folder, port)
    process = subprocess.Popen(["cupsd", "-f", "-c", conf, "-s", folder / "cups-files.conf"])
    os.environ["CUPS_SERVER"] = f"127.0.0.1:{port}"
    try:
        _wait_for(port)
        _tell("lpadmin", "-p", PRINTER, "-v", "cups-pdf:/", "-P", str(PPD), "-E")
        _tell("lpadmin", "-p", BROKEN, "-v", "cups-pdf:/", "-P", str(PPD), "-E")
        _tell("cupsdisable", BROKEN)
        away = ("-v", f"socket://127.0.0.1:{free_port()}", "-o", "printer-error-policy=retry-job")
        _tell("lpadmin", "-p", AWAY, *away, "-P", str(PPD), "-E")
        yield PrintServer(Path("~root").expanduser() / "PDF")
    finally:
        process.terminate()
        process.wait(timeout=30)
        if before is None:
            del os.environ["CUPS_SERVER"]
        else:
            os.environ["CUPS_SERVER"] = before
        shutil.rmtree(folder)


def _configure(folder: Path, port: int) -> Path:
    """A server that listens on the loopback only and keeps everything in its own folder."""
    for name in ("spool", "spool/tmp", "cache", "state", "root", "root/ppd", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "cups-files.conf").write_text(
        f"ServerRoot {folder}/root\nRequestRoot {folder}/spool\nTempDir {folder}/spool/tmp\nCacheDir {folder}/cache\n"
        f"StateDir {folder}/state\nErrorLog {folder}/log/error\nAccessLog {folder}/log/access\n"
        f"PageLog {folder}/log/page\n"
        "SystemGroup root\nUser lp\nGroup lp\nSandboxing relaxed\n",
        "utf-8",
    )
    conf = folder / "cupsd.conf"
    conf.write_text(
        f"Listen 127.0.0.1:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\n"
        "<Location />\n  Order allow,deny\n  Allow from 127.0.0.1\n</Location>\n"
        "<Location /admin>\n  Order allow,deny\n  Allow from 127.0.0.1\n</Location>\n"
        "<Policy default>\n  <Limit All>\n    Order deny,allow\n  </Limit>\n</Policy>\n",
        "utf-8",
    )
    return conf


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until, "the print server did not start"
        time.sleep(0.1)


def _tell(*words: str) -> None:
    told = subprocess.run(words, capture_output=True, text=True)
    assert told.returncode == 0, (words, told.stderr)


def test_vouchers_receipts_and_the_test_page_come_out_of_a_real_queue(
    qapp: Any, a_desk: Desk, server: PrintServer
) -> None:
    a_product(a_desk)
    set_up_counter(desk=a_desk, printers=dict.fromkeys(("a4", "a5", "roll"), PRINTER))
    made = a_reservation(a_desk, Status.CONFIRMED)
    assert set(Cups().names()) >= {PRINTER, BROKEN}
    drafts = (
        voucher_draft(made, desk=a_desk),
        voucher_draft(made, desk=a_desk, paper=Paper.A5),
        receipt_draft(made, desk=a_desk),
        trial_draft(Paper.A5, desk=a_desk),
    )
    codes = []
    for draft in drafts:
        seen, paper = _printed(a_desk, server, draft)
        assert seen.shape == paper.shape
        assert _apart(seen, paper) < 0.4, draft.document  # other pages are 1 and more apart
        codes.append({scan.text for scan in read_frame(paper)})
    (ours,) = codes[0]
    assert len(ours) == 26
    assert codes == [{ours}, {ours}, set(), {TEST_NUMBER}]
    assert [one.copy for one in see_prints(made, desk=a_desk)] == [1, 2, 1]


def _apart(seen: Any, paper: Any) -> float:
    """How much of the ink stands elsewhere, where a dot beside it is the same place."""
    shifted = (numpy.roll(paper, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1))
    least = min(abs(seen.astype(int) - one.astype(int)).mean() for one in shifted)
    return float(least / (255 - seen.astype(int)).mean())


def _printed(desk: Desk, server: PrintServer, draft: Draft) -> tuple[Any, Any]:
    """The page as it was shown, and as it came out of the real queue."""
    out = print_out(draft, Cups(60), desk=desk)
    assert not out.waits
    (seen,), (paper,) = pictures(out.pdf, 150), pictures(server.take(out.job.mark[1:]), 150)
    high, wide = min(seen.shape[0], paper.shape[0]), min(seen.shape[1], paper.shape[1])
    assert abs(seen.shape[0] - paper.shape[0]) + abs(seen.shape[1] - paper.shape[1]) < 12
    return seen[:high, :wide], paper[:high, :wide]


def test_a_stopped_queue_is_told_and_holds_nothing_back(a_desk: Desk, server: PrintServer) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, Status.CONFIRMED)
    with pytest.raises(CannotDo) as no:
        print_out(voucher_draft(made, desk=a_desk), Cups(20), desk=a_desk, printer=BROKEN)
    assert no.value.code == "printer-stopped"
    left = subprocess.run(["lpstat", "-o", BROKEN], capture_output=True, text=True).stdout
    assert left.strip() == ""
    out = print_out(voucher_draft(made, desk=a_desk), Cups(60), desk=a_desk, printer=PRINTER)
    assert not out.job.copies[0].is_reprint
    assert server.take(out.job.mark[1:])


def test_a_real_queue_tells_afterwards_what_became_of_a_paper(a_desk: Desk, server: PrintServer) -> None:
    a_product(a_desk)
    draft = voucher_draft(a_reservation(a_desk, Status.CONFIRMED), desk=a_desk)
    cups = Cups(30)
    job = printing.claim(draft, PRINTER, desk=a_desk)
    printing.deliver(job, cups)  # and dies before it has heard the number of the job
    until = time.monotonic() + 30
    while (found := cups.became(job.mark, PRINTER)) and found.fate is Fate.WAITS and time.monotonic() < until:
        time.sleep(0.1)
    assert found is not None
    assert found.fate is Fate.OUT
    assert found.job.startswith(f"{PRINTER}-")
    assert server.take(job.mark[1:])
    assert cups.became("#nothing", PRINTER) == Sent("#nothing", Fate.UNSURE)


def test_a_real_paper_that_has_begun_is_withdrawn_without_a_promise(
    a_desk: Desk, server: PrintServer
) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, Status.CONFIRMED)
    cups = Cups(1)
    out = print_out(voucher_draft(made, desk=a_desk), cups, desk=a_desk, printer=AWAY)
    assert out.waits
    waiting = voucher_draft(a_reservation(a_desk, Status.CONFIRMED), desk=a_desk)
    behind = print_out(waiting, cups, desk=a_desk, printer=AWAY)
    assert cups.withdraw(behind.sent.job, AWAY) is Fate.NOT
    assert cups.withdraw(out.sent.job, AWAY) is Fate.UNSURE


def test_what_somebody_set_for_a_real_printer_makes_no_second_copy(
    a_desk: Desk, server: PrintServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_product(a_desk)
    monkeypatch.setenv("CUPS_SERVERROOT", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    _tell(
        "lpoptions",
        "-p",
        PRINTER,
        "-o",
        "copies=3",
        "-o",
        "number-up=4",
        "-o",
        "job-sheets=standard,standard",
    )
    draft = voucher_draft(a_reservation(a_desk, Status.CONFIRMED), desk=a_desk)
    out = print_out(draft, Cups(60), desk=a_desk, printer=PRINTER)
    (seen,), (paper,) = pictures(out.pdf, 150), pictures(server.take(out.job.mark[1:]), 150)
    high, wide = min(seen.shape[0], paper.shape[0]), min(seen.shape[1], paper.shape[1])
    assert _apart(seen[:high, :wide], paper[:high, :wide]) < 0.4
