"""A text in the two languages of kamxl, without anything above this room."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Wording"]


class Wording(NamedTuple):
    """One text in German and English."""

    de: str
    en: str

    def text(self, language: str) -> str:
        """The text in `language` ("de" or "en")."""
        return self.de if language == "de" else self.en
