"""All outcomes of a few deals, as a working table of formulas: an outcome says which deals come, counted from 0."""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.excel.showcase.card import Grid, Series, Shape
from kamxl.texts import Text

DEAL = Text("Projekt", "Deal")
_LETTERS = "ABCD"
DEALS = tuple(Text(f"Projekt {letter}", f"Deal {letter}") for letter in _LETTERS)

WonDeals = tuple[int, ...]


def working(outcomes: Sequence[WonDeals], *columns: Series) -> Grid:
    """The working table with a row for each outcome."""
    names = tuple(map(_named, outcomes))
    return Grid(Text("Diese kommen", "These come"), names, columns)


def brought(values: str, outcomes: Sequence[WonDeals]) -> tuple[Series, Series]:
    """What each outcome brings, of the column of values, and how likely it is, of the column `chances`."""
    sums = "\n".join(_sum_of(values, won) for won in outcomes)
    masses = "\n".join(map(_chance_of, outcomes))
    return (
        Series("sums", Text("Summe", "Sum"), Shape.MONEY, formula=sums),
        Series("masses", Text("Wahrsch.", "Probab."), Shape.SHARE, formula=masses),
    )


def _named(won: WonDeals) -> Text:
    """What an outcome is called: ``A + C``."""
    if not won:
        return Text("keines", "none")
    letters = " + ".join(_LETTERS[place] for place in won)
    return Text(letters, letters)


def _sum_of(values: str, won: WonDeals) -> str:
    return "+".join(f"N({{{values}[{place}]}})" for place in won) or "0"


def _chance_of(won: WonDeals) -> str:
    cells = [f"N({{chances[{place}]}})" for place in range(len(DEALS))]
    return "*".join(
        cell if place in won else f"(1-{cell})" for place, cell in enumerate(cells)
    )
