"""Everything a scanner can hand to the counter arrives here as one `Scan`, whatever read it.

Camera, keyboard wedge, serial line and picture files all make Scans; what the text means is
decided later, by the check-in.
"""

from __future__ import annotations

import uuid
from dataclasses import field
from datetime import datetime

from models.frozen import frozen


@frozen
class Scan:
    """One text that was read, once.

    `id` is made here and never again: whoever hands the same scan in twice changes nothing.
    `source` says what read it ('camera', 'wedge', a file's name), `symbology` is 'QRCode',
    'Code128' or '' where the scanner does not tell, `at` is aware, or None for a stored picture.
    """

    text: str
    source: str
    symbology: str = ""
    at: datetime | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
