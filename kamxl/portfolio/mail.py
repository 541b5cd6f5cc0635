"""Mail drafts: a short text with files attached, which the mail program opens as a message still to be sent.

``X-Unsent: 1`` is how Outlook tells a draft from a message that came in (Microsoft's documentation of .eml files);
recipient and sender stay empty where nobody knows them. All else is the standard library's `email`.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path

_MAILER = "kamxl"
_LONGEST = 1 << 16  # bytes of a draft's headers
_OTHER = "application/octet-stream"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draft(subject: str, text: str, attachments: Sequence[tuple[str, bytes]]) -> bytes:
    """A draft as the bytes of an .eml file.

    Args:
        subject: one line.
        text: the message.
        attachments: name and content of each file.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["X-Mailer"] = _MAILER
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    for name, content in attachments:
        main, _, sub = _media_type(name).partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def is_draft(path: Path) -> bool:
    """Whether a file is a draft that `draft` made; what is attached to it is not read."""
    with path.open("rb") as file:
        headers = BytesHeaderParser().parsebytes(file.read(_LONGEST))
    return headers["X-Unsent"] == "1" and headers["X-Mailer"] == _MAILER


def _media_type(name: str) -> str:
    """The media type of a file by its ending; the system's own table may not know Excel."""
    if Path(name).suffix.lower() == ".xlsx":
        return _XLSX
    return mimetypes.guess_type(name)[0] or _OTHER
