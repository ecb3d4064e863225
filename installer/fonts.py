"""Gathers the fonts of screen and paper in resources/fonts, where the program looks for them.

Fonts are not kept in the project: on Linux they are linked from the system's folders, elsewhere copied.
The program works without them, in the system's own letters, but a voucher may then lack some signs.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "fonts"

# Inter comes as one file per weight, or as one file for all; the first found is enough to know it is there.
INTER = ("Inter-Regular.otf", "Inter-Regular.ttf", "InterVariable.ttf", "Inter.ttc")
WANTED = (
    *("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    # On paper: Korean, Chinese, Japanese, all with the TrueType outlines that reportlab can read.
    *("NanumGothic.ttf", "NanumGothicBold.ttf", "wqy-zenhei.ttc", "ipaexg.ttf"),
    # On the screen.
    *("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
)


def missing() -> list[str]:
    """The families or files that resources/fonts does not hold (a link to nothing is not there)."""
    lacking = [name for name in WANTED if not (FOLDER / name).exists()]
    if not any((FOLDER / name).exists() for name in INTER):
        lacking.append("Inter")
    return lacking


def gather() -> list[str]:
    """Fill resources/fonts from what the system has, and say what is still missing."""
    found = _installed()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in missing():
        if name in found:
            _place(found[name])
    inter = next((found[name] for name in INTER if name in found), None)
    if inter:
        for weight in sorted(inter.parent.glob("Inter-*" if "-" in inter.name else inter.name)):
            _place(weight)
    return missing()


def _place(font: Path) -> None:
    here = FOLDER / font.name
    here.unlink(missing_ok=True)
    if sys.platform == "linux":
        here.symlink_to(font)
    else:
        shutil.copyfile(font, here)


def _installed() -> dict[str, Path]:
    """Every font file of this system by its name."""
    fonts: dict[str, Path] = {}
    for top in _font_folders():
        for folder, _, names in os.walk(top):
            for name in names:
                fonts.setdefault(name, Path(folder, name))
    return fonts


def _font_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        system = Path(os.environ.get("WINDIR", r"C:\Windows"))
        own = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [system / "Fonts", own / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return [data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]
