"""What a scoring function says when it is asked for something that has no answer.

A *missing* answer is no error: the function returns no value then. An error means that the question is
wrong (a weight below 0, a value off its scale) or that the formula divides by zero.
"""

from __future__ import annotations

from kamxl.texts import Text


class ScoreError(ValueError):
    """An argument that a scoring function cannot take.

    >>> ScoreError("weights", Text(de="alle 0", en="all 0")).text("de")
    'weights: alle 0'
    """

    def __init__(self, argument: str, wording: Text) -> None:
        super().__init__(f"{argument}: {wording.en}")
        self.argument = argument
        self.wording = wording

    def text(self, language: str) -> str:
        """The message in `language` ("de" or "en"), beginning with the argument's name."""
        return f"{self.argument}: {self.wording[language]}"


class DivisionByZeroError(ScoreError):
    """The formula's denominator is 0; Excel says #DIV/0! for it."""
