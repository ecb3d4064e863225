"""Says why a certificate is not believed: by asking the server once more, or by looking at the root it is judged by.

The library that connects says only that it is not; whether it is out of date or a stranger's makes a difference
to whoever has to do something about it.
"""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

_ASK_FOR_TLS = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
"""PostgreSQL's own way to ask for TLS before anything else is said; it answers with an S."""

_WAIT_S = 2.0
_OUTDATED = (9, 10)  # OpenSSL's numbers for "not yet valid" and "has expired"


def is_outdated(host: str, port: int, root: str) -> bool:
    """Whether the certificate is not believed for its dates alone; no answer is no."""
    trusted = ssl.create_default_context(cafile=root if Path(root).is_file() else None)
    trusted.check_hostname = False
    try:
        with socket.create_connection((host, port), timeout=_WAIT_S) as line:
            line.sendall(_ASK_FOR_TLS)
            if line.recv(1) == b"S":
                trusted.wrap_socket(line).close()
    except ssl.SSLCertVerificationError as error:
        return error.verify_code in _OUTDATED
    except OSError:
        pass
    return False


def what_is_wrong_with(root: str) -> str:
    """The code of what is wrong with the file of a root certificate; '' where it can be judged by."""
    try:
        ssl.create_default_context(cafile=root)
    except FileNotFoundError:
        return "tls-root-missing"
    except (ssl.SSLError, OSError):  # it holds something else, or may not be read
        return "tls-root-not-readable"
    return ""
