"""What the columns of lists may be called, as tables for people; the README shows them.

headings_markdown()  →  | `account_id` | Kundennummer, Kunden-Nr., KdNr, … · *Kunde*, *Customer* … |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kamxl.generation.headings import ACCOUNTS, REVENUE, column
from kamxl.texts import Text

_TABLES = (("accounts", ACCOUNTS), ("revenue", REVENUE))


def headings_markdown() -> str:
    """A table for each list; what means a column only where nothing else does is in italics."""
    return "\n\n".join("\n".join(_rows(name, table)) for name, table in _TABLES)


def _rows(name: str, table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield f"| Column of the list of {name} | Headings |"
    yield "|---|---|"
    for key in table:
        known = column(key, Text(key, key), table)
        usual = ", ".join(heading for heading in known.names if heading != key)
        doubtful = ", ".join(f"*{heading}*" for heading in known.doubtful)
        yield f"| `{key}` | {' · '.join(filter(None, (usual, doubtful)))} |"
