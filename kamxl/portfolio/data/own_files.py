"""Files among the plans that kamxl has written and that are no workbooks: exports and mail drafts.

What a file holds decides, not its name: every table of an export says in a column whose row it is and in another from
which file it came; a draft says in its head who wrote it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kamxl.portfolio.data.columns import OWNER, TRACE
from kamxl.portfolio.mail import is_draft
from kamxl.texts import Text

_LONGEST = 1 << 16  # bytes of a file's head or foot
_TELLING = {OWNER[0].key, TRACE[1].key}
_PARQUET = b"PAR1"
_EXPORT = Text(
    de="ein Export der Portfolio-Tabellen", en="an export of the portfolio tables"
)
_DRAFT = Text(de="ein Mailentwurf mit Befunden", en="a mail draft with findings")


def own_kind(path: Path) -> Text | None:
    """What a file is that kamxl itself has written; `None` for any other."""
    known = _KINDS.get(path.suffix.lower())
    if known is None:
        return None
    kind, is_ours = known
    try:
        return kind if path.is_file() and is_ours(path) else None
    except OSError:
        return None


def _is_csv_export(path: Path) -> bool:
    with path.open("rb") as file:
        line = file.readline(_LONGEST)
    columns = re.split(r"[;,]", line.decode("utf-8-sig", "replace").strip())
    return line.startswith(codecs.BOM_UTF8) and _TELLING.issubset(columns)


def _is_parquet_export(path: Path) -> bool:
    """The names of the columns stand in the foot, each behind its length."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _LONGEST, 0))
        foot = file.read(_LONGEST)
    names = (bytes([len(name)]) + name.encode() for name in _TELLING)
    return foot.endswith(_PARQUET) and all(name in foot for name in names)


_KINDS: Mapping[str, tuple[Text, Callable[[Path], bool]]] = MappingProxyType(
    {
        ".csv": (_EXPORT, _is_csv_export),
        ".parquet": (_EXPORT, _is_parquet_export),
        ".eml": (_DRAFT, is_draft),
    }
)
