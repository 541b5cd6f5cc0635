"""What a caller of kamxl cannot go on from.

Anything wrong in a user's *data* becomes a finding (`kamxl.checks.findings`), never an exception.
The exceptions here end one operation: a specification that contradicts itself, settings that
cannot be understood, a file that is no readable workbook, an option that makes no sense.
"""

from __future__ import annotations


class KamxlError(Exception):
    """Base of all exceptions that kamxl raises on purpose; its text is fit to show to a user."""


class SpecError(KamxlError):
    """The declaration of the account plan contradicts itself (a programmer's mistake)."""


class SettingsError(KamxlError):
    """`kamxl.toml` cannot be used; the text names the file and the key's path."""


class InputError(KamxlError):
    """An input list or an option cannot be used; the text names the file or option and the remedy."""
