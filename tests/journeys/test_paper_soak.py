"""A real print: through a CUPS of our own on this machine into a PDF printer, and what came out is read.

It starts a print server as root on a port of the loopback, so it is left out of the suite; `bootstrap.py soak` installs
what it needs and runs it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from controllers import printing
from controllers.counter import set_up_counter
from controllers.desk import Desk
from controllers.receipts import receipt_draft
from controllers.spooling import Cups
from controllers.trial_page import trial_draft
from controllers.vouchers import voucher_draft
from models.papers import Paper
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation

PRINTER, BROKEN = "Empfang", "Kaputt"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(os.name != "posix" or not shutil.which("cupsd"), reason="CUPS is not installed"),
]


@dataclass
class PrintServer:
    """A print server in a folder, and where its PDF printer leaves what it prints."""

    out: Path

    def came_out(self, count: int) -> list[Path]:
        """So many files, the newest last; waits for them."""
        until = time.monotonic() + 60
        while len(list(self.out.glob("*.pdf"))) < count and time.monotonic() < until:
            time.sleep(0.1)
        return sorted(self.out.glob("*.pdf"), key=lambda one: one.stat().st_mtime_ns)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    if os.geteuid():
        pytest.skip("a print server of our own needs root")
    folder = tmp_path_factory.mktemp("cups")
    out = Path("/var/spool/cups-pdf/counterfoil-soak")
    made = PrintServer(out)
    shutil.rmtree(out, ignore_errors=True)
    port = _free_port()
    before = {name: os.environ.get(name) for name in ("CUPS_SERVER", "HOME")}
    process = subprocess.Popen(["cupsd", "-f", "-c", str(_configure(folder, port, out))])
    os.environ["CUPS_SERVER"] = f"127.0.0.1:{port}"
    try:
        _wait_for(port)
        _tell("lpadmin", "-p", PRINTER, "-v", "cups-pdf:/", "-P", str(PPD), "-E")
        _tell("lpadmin", "-p", BROKEN, "-v", "cups-pdf:/", "-P", str(PPD), "-E")
        _tell("cupsdisable", BROKEN)
        yield made
    finally:
        process.terminate()
        process.wait(timeout=30)
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def _configure(folder: Path, port: int, out: Path) -> Path:
    """A server that listens on the loopback only and keeps everything in its own folder."""
    for name in ("spool", "spool/tmp", "cache", "state", "root", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    (folder / "root" / "cups-pdf.conf").write_text(
        f"Out {out}\nAnonDirName {out}\nAnonUser root\nUserUMask 0022\nGrp root\nLabel 1\nTitlePref 1\n", "utf-8"
    )
    (folder / "cups-files.conf").write_text(
        f"ServerRoot {folder}/root\nRequestRoot {folder}/spool\nTempDir {folder}/spool/tmp\nCacheDir {folder}/cache\n"
        f"StateDir {folder}/state\nErrorLog {folder}/log/error\nAccessLog {folder}/log/access\nPageLog {folder}/log/page\n"
        "SystemGroup root\nUser root\nGroup root\nSandboxing relaxed\nFileDevice Yes\n",
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


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


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


def _text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def test_vouchers_receipts_and_the_test_page_come_out_of_a_real_queue(
    a_desk: Desk, server: PrintServer
) -> None:
    a_product(a_desk)
    set_up_counter(desk=a_desk, printers=dict.fromkeys(("a4", "a5", "roll"), PRINTER))
    made = a_reservation(a_desk, Status.CONFIRMED)
    assert set(Cups().names()) >= {PRINTER, BROKEN}
    printing.print_out(voucher_draft(made, desk=a_desk), Cups(60), desk=a_desk)
    printing.print_out(voucher_draft(made, desk=a_desk), Cups(60), desk=a_desk)
    printing.print_out(receipt_draft(made, desk=a_desk), Cups(60), desk=a_desk)
    printing.print_out(trial_draft(Paper.A5, desk=a_desk), Cups(60), desk=a_desk)
    first, second, receipt, trial = map(_text, server.came_out(4))
    assert f"CF-{made}" in first
    assert "REPRINT" not in first
    assert "REPRINT 2, 10:00" in second
    assert "KRW 75,000" in receipt
    assert all(word in trial for word in ("한국어", "日本語", "Tiếng Việt", "Пример"))


def test_a_stopped_queue_is_told_and_holds_nothing_back(a_desk: Desk, server: PrintServer) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, Status.CONFIRMED)
    with pytest.raises(CannotDo) as no:
        printing.print_out(voucher_draft(made, desk=a_desk), Cups(20), desk=a_desk, printer=BROKEN)
    assert no.value.code == "printer-stopped"
    left = subprocess.run(["lpstat", "-o", BROKEN], capture_output=True, text=True).stdout
    assert left.strip() == ""
    out = printing.print_out(voucher_draft(made, desk=a_desk), Cups(60), desk=a_desk, printer=PRINTER)
    assert not out.job.copies[0].is_reprint
