"""What the workbook prints for figures whose value is a code: ``star`` → „Starkunde (2×2)“."""

from __future__ import annotations

from kamxl.document.schema import Option
from kamxl.plan.figures.plan_figures import OVERDUE
from kamxl.plan.settings.model import Settings
from kamxl.scoring import SCHEMES, Placement
from kamxl.texts import Text

__all__ = ["figure_label", "figure_options"]

_CELLS = frozenset({"strategy.portfolio_cell", "cover.portfolio_cell"})


def figure_options(pattern: str, settings: Settings) -> tuple[Option, ...]:
    """All codes that a figure may have, with their labels; empty where its value is printed as it is.

    The portfolio's figures list one option per field, level of attractiveness by level of position, so that the
    field at ``[attractiveness level · number of levels + position level]`` is the account's.
    """
    if pattern == "measures.measures[].overdue":
        return (Option(OVERDUE, Text(de="überfällig", en="overdue")),)
    if pattern not in _CELLS and pattern != "strategy.standard_strategy":
        return ()
    scheme = SCHEMES[settings.portfolio.scheme]
    cells = [cell for row in scheme.cells for cell in row]
    if pattern in _CELLS:
        places = [Placement(scheme, cell, 0.0) for cell in cells]
        return tuple(
            Option(p.cell.code, Text(de=p.title("de"), en=p.title("en")))
            for p in places
        )
    own = settings.portfolio.strategies
    return tuple(
        Option(
            own[cell.code].code if cell.code in own else cell.strategy_code,
            settings.portfolio.strategy(cell),
        )
        for cell in cells
    )


def figure_label(
    pattern: str,
    value: float | str | None,
    language: str,
    settings: Settings | None = None,
) -> float | str | None:
    """What is printed for a figure's value: the label of a code, else the value itself.

    Args:
        pattern: the figure, e.g. ``strategy.portfolio_cell``.
        value: as from `kamxl.plan.figures.plan_figures.figures`.
        language: ``de`` or ``en``.
        settings: whose portfolio scheme and strategies hold; the defaults where None.
    """
    for option in figure_options(pattern, settings or Settings()):
        if option.code == value:
            return option.label[language]
    return value
