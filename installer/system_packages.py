"""Asks the computer for the libraries, fonts and servers that no Python package brings along.

On Debian and its relatives apt is asked, as root or through sudo. Anywhere else nothing is touched:
`by_hand` says what to look for, and the person who knows the system installs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

# A bar separates the names that one library has in different releases.
LIBRARIES = (
    # Qt needs OpenGL even where nothing is drawn on a screen.
    *("libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libglib2.0-0|libglib2.0-0t64", "libxkbcommon0"),
    # Windows on an X screen. Wayland's libraries are left out on purpose: through X a scanner can be
    # told from a keyboard, through Wayland it cannot.
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"),
    # Sounds and names of cameras, printers, the second reader of codes.
    *("libpulse0|libpulse0t64", "libcups2|libcups2t64", "libzbar0|libzbar0t64"),
    # Without these QtMultimedia works too, but complains of each, and a complaint of Qt fails a test.
    *("libpipewire-0.3-0|libpipewire-0.3-0t64", "libva2", "libva-drm2", "libva-x11-2"),
)
FONTS = (
    *("fonts-inter", "fonts-noto-core", "fonts-noto-cjk"),
    # Paper takes TrueType outlines only, which the Noto CJK fonts do not have.
    *("fonts-nanum", "fonts-wqy-zenhei", "fonts-ipaexfont-gothic"),
)
FOR_TESTS = (
    *("xvfb", "xauth", "xdotool", "x11-xkb-utils", "libxtst6|libxtst6t64", "poppler-utils"),
    "x11-xserver-utils",  # plugs and unplugs a second monitor
)
FOR_SOAK = (
    *("ibus", "ibus-hangul", "dbus-daemon|dbus"),  # an input method for Hangul, to scan and to type through
    *("cups", "cups-client", "printer-driver-cups-pdf"),  # a queue and a printer, to print through
    *("patroni", "etcd-server|etcd", "pgbouncer"),  # a cluster of three, to lose one of
    "gnome-keyring",  # a keyring, to keep a password in
    "dovecot-imapd",  # a mailbox as most providers run it
)

IN_WORDS = """\
  to set up:     Python's own venv and ensurepip
  to draw:       OpenGL and EGL (libGL.so.1, libEGL.so.1), fontconfig, glib 2, D-Bus, xkbcommon
  on X screens:  xcb-cursor, xcb-icccm, xcb-keysyms, xcb-shape, xkbcommon-x11
  to hear, print and scan:  the libraries of PulseAudio, PipeWire, libva and CUPS, zbar
  fonts:         Inter, Noto Sans (with Thai), Noto Sans CJK, Nanum Gothic, WenQuanYi Zen Hei, IPAex Gothic
  for the tests: Xvfb, xauth, xdotool, setxkbmap, xrandr, libXtst, poppler's tools, PostgreSQL's server
  to soak:       IBus with its Hangul engine, dbus-run-session, CUPS with a PDF printer, Patroni, etcd, PgBouncer,
                 GNOME's keyring, Dovecot
On macOS and Windows only zbar (macOS), the fonts and, for the tests, PostgreSQL's server are needed."""


def wanted(*, tests: bool, soak: bool = False) -> tuple[str, ...]:
    """What must be there to run the program, or also to test it, for minutes or for hours."""
    return LIBRARIES + FONTS + (FOR_TESTS if tests else ()) + (FOR_SOAK if soak else ())


def apt_is_here() -> bool:
    return all(map(shutil.which, ("apt-get", "dpkg-query")))


def missing(specs: Iterable[str], *, postgresql: bool) -> list[str]:
    """Those that dpkg does not know as installed; PostgreSQL of any version and origin will do."""
    specs = list(specs)
    names = [name for spec in specs for name in spec.split("|")]
    form = "${Package} ${db:Status-Status}\n"
    told = subprocess.run(["dpkg-query", "-W", "-f", form, *names], capture_output=True, text=True).stdout
    installed = {line.split()[0] for line in told.splitlines() if line.endswith(" installed")}
    lacking = [spec for spec in specs if installed.isdisjoint(spec.split("|"))]
    if postgresql and not has_postgresql():
        lacking.append("postgresql")
    return lacking


def has_postgresql() -> bool:
    return bool(shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def install(specs: list[str]) -> bool:
    """Install with apt what it knows of these; False where that cannot be done from here."""
    become_root = _become_root() if apt_is_here() else None
    if become_root is None:
        return False
    print(f"Installing system packages: {' '.join(spec.split('|')[0] for spec in specs)}", flush=True)
    _apt([*become_root], "update")  # a refused list is no reason to stop: the old one may do
    names = [name for name in map(_name_known_here, specs) if name]
    if not names:
        return False
    with tempfile.TemporaryDirectory() as folder:
        # A fresh PostgreSQL would start a server at every boot of a machine that only runs our tests.
        Path(folder, "createcluster.conf").write_text("start_conf = 'manual'\n", encoding="utf-8")
        settings = ["env", "DEBIAN_FRONTEND=noninteractive", f"PGSYSCONFDIR={folder}"]
        done = _apt([*become_root, *settings], "install", "-y", "--no-install-recommends", *names)
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-15:]), file=sys.stderr)
    return done.returncode == 0


def by_hand(specs: Iterable[str]) -> str:
    """What a person has to install, in words that fit the system."""
    if apt_is_here():
        names = " ".join(spec.split("|")[0] for spec in specs)
        return f"Please install these by hand:\n  sudo apt-get install --no-install-recommends {names}"
    return f"This is not a system with apt. Please install these by hand, by the names they have here:\n{IN_WORDS}"


def _become_root() -> list[str] | None:
    """What to put before a command so that it may install: nothing for root, sudo, or None."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    # Without a keyboard nobody could answer sudo's question, and the set-up would hang.
    sudo = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    return sudo if subprocess.run([*sudo, "true"], stderr=subprocess.DEVNULL).returncode == 0 else None


def _apt(before: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    # Another installation may be under way (a colleague's, or the nightly update): wait for it.
    patience = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    return subprocess.run(
        [*before, "apt-get", "-q", *patience, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _name_known_here(spec: str) -> str | None:
    """The first of the names that this release really has; one unknown name would make apt refuse them all."""
    for name in spec.split("|"):
        show = ["apt-cache", "--quiet=2", "--no-all-versions", "show", name]
        told = subprocess.run(show, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if told.returncode == 0 and told.stdout.strip():
            return name
    return None
