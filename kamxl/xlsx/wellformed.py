"""The last look at a workbook before it takes its place: every part of it is well-formed XML.

What a plan holds goes into workbooks that a whole company reads, and one character that XML does not know would make
all of such a workbook unreadable. Whoever writes a part cleans its texts (`kamxl.xlsx.writing`, `kamxl.xlsx.mend`);
here each part is parsed once all the same. Parts that are written again and again, such as the styles of a template,
are known by their checksum and length and not parsed again: a plan costs some milliseconds.

Example:
    >>> broken = io.BytesIO()
    >>> with zipfile.ZipFile(broken, "w") as package:
    ...     package.writestr("xl/workbook.xml", "<workbook><sheets></workbook>")
    >>> malformed_part(broken.getvalue())
    'xl/workbook.xml'
"""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

_PACKAGE = b"PK\x03\x04"
_XML = (".xml", ".rels", ".vml")
_MOST_KNOWN = 10_000

_known: set[tuple[int, int]] = set()


def malformed_part(data: bytes) -> str:
    """Return the name of the first part of a package that is no well-formed XML, `""` if there is none.

    Args:
        data: a file about to be written; what is no zip package has no parts.
    """
    if not data.startswith(_PACKAGE):
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            if not entry.filename.endswith(_XML):
                continue
            key = (entry.CRC, entry.file_size)
            if key not in _known and not _is_well_formed(package.read(entry)):
                return entry.filename
            _remember(key)
    return ""


def _is_well_formed(content: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        return False
    return True


def _remember(key: tuple[int, int]) -> None:
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known.add(key)
