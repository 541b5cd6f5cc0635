"""One text in the languages of kamxl: the bottom of the house, known to every room.

``Text(de="Ziel", en="Target")["en"]`` is "Target". A language that kamxl does not speak
is an error at once, so that a third one can never pass for English by accident.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kamxl.errors import SpecError

Progress = Callable[[int, int, str], None]
"""Whom to tell after each file: how many are done, how many there are, the file's name."""


class Language(StrEnum):
    """The languages of everything a user sees; German comes first."""

    DE = "de"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; ``{gaps}`` in it are filled by whoever prints it.

    Raises `SpecError` where a translation is missing, so a half-translated declaration
    fails at import.
    """

    de: str
    en: str

    def __post_init__(self) -> None:
        if not self.de.strip() or not self.en.strip():
            raise SpecError(f"a text lacks a language: {self.de!r} / {self.en!r}")

    def __getitem__(self, language: str) -> str:
        """The text in `language` ("de" or "en"). Raises `SpecError` for any other."""
        if language == "de":
            return self.de
        if language == "en":
            return self.en
        raise SpecError(f"kamxl does not speak {language!r}")

    def format(self, **gaps: object) -> Text:
        """The text with its gaps filled in each language, texts among them in the same.

        >>> Text(de="{n} Pläne", en="{n} plans").format(n=3)["en"]
        '3 plans'
        """
        return Text(
            self.de.format(**_spoken(gaps, "de")), self.en.format(**_spoken(gaps, "en"))
        )


def _spoken(gaps: dict[str, object], language: str) -> dict[str, object]:
    """The gaps of a text as one language says them."""
    return {
        name: gap[language] if isinstance(gap, Text) else gap
        for name, gap in gaps.items()
    }
