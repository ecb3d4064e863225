"""What stands on a printer's test page besides its samples."""

from __future__ import annotations

from models.frozen import frozen


@frozen
class TrialWords:
    """Sentences in the language of the desk, with the same blanks as the usual ones."""

    title: str = "Test page"
    where: str = "{printer}, {paper}, at {counter}"
    when: str = "{at:%Y-%m-%d %H:%M}"
    scripts: str = "Every line must be readable, without empty boxes:"
    ruler: str = "This bar is 50 mm long. If it is not, switch off scaling in the printer."
    edges: str = "Four corners must be seen. If one is missing, the paper lies wrong or is too small."
    codes: str = "Scan both codes: they are known as test codes, and let nobody in."
    language: str = "en"
