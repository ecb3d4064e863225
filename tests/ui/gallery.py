"""Draws every part of the kit into pictures, by day and by night, to be looked at.

    python tests/ui/gallery.py FOLDER

Every name in the pictures is invented.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import gallery_parts, gallery_states, gallery_verdicts, gallery_windows
from ui import fonts, language, theme


def save(widget: QWidget, file: Path) -> None:
    """Show the widget, let it settle, and keep its picture."""
    widget.show()
    for _ in range(3):
        QApplication.processEvents()
    widget.grab().save(str(file))
    print(file.name)
    widget.hide()
    widget.deleteLater()


def main(folder: Path) -> None:
    """All pictures in both themes."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (theme.Theme.LIGHT, theme.Theme.DARK):
        theme.apply(app, name)
        fonts.load()
        language.apply(app, "en")
        for pages in (gallery_parts, gallery_states, gallery_windows, gallery_verdicts):
            for title, build in pages.PAGES.items():
                save(build(), folder / f"{title}-{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
