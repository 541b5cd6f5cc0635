"""All outcomes of a few deals, as formulas of a working table: an outcome says which deals come, counted from 0."""

from __future__ import annotations

from kamxl.texts import Text

WonDeals = tuple[int, ...]


def named(won: WonDeals) -> Text:
    """What an outcome is called: ``A + C``."""
    if not won:
        return Text("keines", "none")
    letters = " + ".join("ABCD"[place] for place in won)
    return Text(letters, letters)


def sum_of(values: str, won: WonDeals) -> str:
    """What it brings, of the column of values."""
    return "+".join(f"N({{{values}[{place}]}})" for place in won) or "0"


def chance_of(chances: str, won: WonDeals, deals: int) -> str:
    """How likely it is, of the column of chances of so many deals."""
    cells = [f"N({{{chances}[{place}]}})" for place in range(deals)]
    return "*".join(
        cell if place in won else f"(1-{cell})" for place, cell in enumerate(cells)
    )
