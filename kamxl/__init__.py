"""Account plans for key account management in Excel: generate, check, consolidate, score.

The functions here do what the commands of the same names do::

    import kamxl

    kamxl.generate("Pläne", accounts="accounts.csv", revenue="revenue.csv", year=2027)
    kamxl.read("Pläne/10034_Leinebogen_2027.xlsx").plan.cover.company
    kamxl.check("Pläne").counts
    kamxl.hand_back(kamxl.check("Pläne"), "Rückgabe")
    kamxl.consolidate("Pläne", "Portfolio.xlsx")
    kamxl.scoring.weighted_score([4, 3, None, 5], [0.4, 0.3, 0.1, 0.2], 1, 5).value

Nothing is loaded before it is used: a worksheet function in Excel must not wait for pandas.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as `typing` has it, which takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from kamxl import scoring
    from kamxl.api import annotate, check, consolidate, generate, hand_back, read
    from kamxl.errors import InputError, KamxlError, SettingsError, SpecError

    __version__: str

__all__ = [
    "InputError", "KamxlError", "SettingsError", "SpecError", "__version__", "annotate", "check", "consolidate",
    "generate", "hand_back", "read", "scoring",
]  # fmt: skip

_HOMES = {
    **dict.fromkeys(
        ("annotate", "check", "consolidate", "generate", "hand_back", "read"),
        "kamxl.api",
    ),
    **dict.fromkeys(
        ("InputError", "KamxlError", "SettingsError", "SpecError"), "kamxl.errors"
    ),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name == "scoring":
        return import_module("kamxl.scoring")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kamxl' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib import metadata  # noqa: PLC0415 - it takes longer to load than all of `kamxl --help`

    try:
        return metadata.version("kamxl")
    except metadata.PackageNotFoundError:
        return "0"
