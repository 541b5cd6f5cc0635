"""What a file is that is no workbook: told from its bytes, never from its name.

The answer is a short word that a message can print (`"xls"`, `"ods"`, `"pdf"`). A file that ends in .xlsx may
be an old .xls or an encrypted workbook (both stand in an OLE container), another zip (ods, xlsb, docx), or
plain text. For most kinds the first `HEAD` bytes are enough.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

_T = TypeVar("_T")

WORKBOOK = "xlsx"
ENCRYPTED = "encrypted"
RIGHTS = "rights"
OWNER_FILE = "owner-file"
DAMAGED = "only zero bytes"
COMPANION = "companion"
ZIP = "zip"
OLE = "ole"
TEXT = "text"
HEAD = 65_536
"""Bytes at the beginning of a file by which most kinds are told."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"SQLite format 3\0", "sqlite"),
    (b"ID;P", "slk"),
    (b"\0\x05\x16\x07", COMPANION),  # AppleDouble: what macOS knows of a file beside it
    (b".pfile", RIGHTS),
    (
        b"\t\x08\x10\0",
        "xls",
    ),  # Excel 97 without a container, then 5/95, 4.0, 3.0 and 2.1
    (b"\t\x08\x08\0", "xls"),
    (b"\t\x04\x06\0", "xls"),
    (b"\t\x02\x06\0", "xls"),
    (b"\t\0\x04\0", "xls"),
)
_OLE_STREAMS = (
    # A label or rights management ([MS-OFFCRYPTO] 2.2), in new and old files, before what any encryption has.
    ("drmencryptedtransform", RIGHTS),
    ("drmencrypteddataspace", RIGHTS),
    ("\tdrmcontent", RIGHTS),
    ("encryptioninfo", ENCRYPTED),
    ("encryptedpackage", ENCRYPTED),
    ("workbook", "xls"),
    ("book", "xls"),
    ("worddocument", "doc"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_OFFICE_TYPES = (
    ("sheet.binary.macroenabled", "xlsb"),
    ("spreadsheetml.sheet.", WORKBOOK),
    ("spreadsheetml.template.", WORKBOOK),
    ("ms-excel.sheet.macroenabled.", WORKBOOK),
    ("ms-excel.template.macroenabled.", WORKBOOK),
    ("ms-excel.addin.macroenabled.", WORKBOOK),
    ("wordprocessingml.", "docx"),
    ("ms-word.", "docx"),
    ("presentationml.", "pptx"),
    ("ms-powerpoint.", "pptx"),
    ("visio.", "vsdx"),
)
_OPEN_DOCUMENTS = {
    "spreadsheet": "ods",
    "text": "odt",
    "presentation": "odp",
    "graphics": "odg",
}
_OWNER_FILE_BYTES = 165
_LONGEST_USER = 54
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TEXT_STARTS = (
    ("<!doctype html", "html"),
    ("<html", "html"),
    ("<head", "html"),
    ("<table", "html"),
    ("mime-version:", "mhtml"),
)
# Excel's XML of 2002 and OpenDocument's in a single file say so in front of, or on, their first element.
_XML_KINDS = (
    ('progid="excel.sheet"', "xml2003"),
    ("urn:schemas-microsoft-com:office:spreadsheet", "xml2003"),
    ("opendocument.spreadsheet", "fods"),
    ("<html", "html"),
)
_XML_STARTS = ("<?xml", "<?mso", "<workbook", "<office:document")
_HEADER = re.compile(r"[a-z][a-z-]{1,40}: ?\S")
_MAILED = ("\nfrom:", "\nmessage-id:", "\nreceived:", "\ndelivered-to:")
_SAVED_PAGE = ("snapshot-content-location:", "x-document-type:", "saved by ")


def bytes_kind(data: bytes) -> str:
    """Return what a file's bytes are: `ZIP`, `ENCRYPTED`, a format's name, `TEXT`, or `""` if unknown."""
    if data.startswith(_OLE):
        return _kind(_OLE_STREAMS, _ole_streams(data).__contains__) or OLE
    kind = _kind(_SIGNATURES, data.startswith)
    if kind:
        return kind
    if _is_owner_file(data):
        return OWNER_FILE
    if not data.strip(b"\0"):
        return DAMAGED
    # A zip may have something in front of it; its directory stands at the end.
    if b"PK\x05\x06" in data[-HEAD:]:
        return ZIP
    return _text_kind(data[:HEAD])


def zip_kind(names: Collection[str], content_type: str, mimetype: bytes) -> str:
    """Return what a zip is: `WORKBOOK`, another format's name, `ZIP`, or `""` for an office file of no kind.

    Args:
        names: names of its entries.
        content_type: content type of its main part, `""` if there is none.
        mimetype: content of its entry `mimetype`, empty if there is none.
    """
    kind = _kind(_OFFICE_TYPES, content_type.lower().__contains__)
    if kind:
        return kind
    document = re.match(rb"application/vnd\.oasis\.opendocument\.([a-z]+)", mimetype)
    if document:
        return _OPEN_DOCUMENTS.get(document[1].decode(), "odf")
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        return "numbers"
    return "" if "[Content_Types].xml" in names else ZIP


def _kind(signs: Iterable[tuple[_T, str]], is_there: Callable[[_T], bool]) -> str:
    """Return the kind that the first sign which is there tells, `""` if none is."""
    return next((kind for sign, kind in signs if is_there(sign)), "")


def _is_owner_file(data: bytes) -> bool:
    """Whether this is the mark of an open workbook: it begins with the length of the user's name, and that name."""
    if len(data) != _OWNER_FILE_BYTES or not 0 < data[0] <= _LONGEST_USER:
        return False
    return data[1 : 1 + data[0]].isascii()


def _ole_streams(data: bytes) -> set[str]:
    """Names, in lower case, of the streams and storages in an OLE container's directory ([MS-CFB] 2.2, 2.6)."""
    names: set[str] = set()
    try:
        (shift,) = struct.unpack_from("<H", data, 30)
        (sector,) = struct.unpack_from("<I", data, 48)
        tables = struct.unpack_from("<109I", data, 76)
        size = 1 << min(shift, 12)
        for _ in range(1_000):
            begin = (sector + 1) * size
            for entry in range(begin, min(begin + size, len(data) - 127), 128):
                (length,) = struct.unpack_from("<H", data, entry + 64)
                name = data[entry : entry + max(min(length, 64) - 2, 0)]
                names.add(name.decode("utf-16-le", "replace").lower())
            table, place = divmod(sector, size // 4)
            (sector,) = struct.unpack_from(
                "<I", data, (tables[table] + 1) * size + place * 4
            )
    except (struct.error, IndexError):
        # The chain of directory sectors ends outside the file: so it does in every healthy one.
        pass
    return names


def _text_kind(sample: bytes) -> str:
    encoding = "utf-16" if sample.startswith(_UTF16) else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in sample:
        return ""
    text = sample.decode(encoding, "replace")
    start = text.lstrip()[:8_000].lower()
    if start.startswith(_XML_STARTS):
        return _kind(_XML_KINDS, start.__contains__) or "xml"
    table = "csv" if _is_table(text) else TEXT
    headed = _headed_kind(start) if _HEADER.match(start) else ""
    return headed or _kind(_TEXT_STARTS, start.startswith) or table


def _headed_kind(start: str) -> str:
    """Whether a text that begins with headers, in lower case, is a saved web page or a mail."""
    if any(map(start.__contains__, _SAVED_PAGE)):
        return "mhtml"
    return "eml" if any(map(f"\n{start}".__contains__, _MAILED)) else ""


def _is_table(text: str) -> bool:
    """Whether the first two lines that are not blank have as many separators of one kind."""
    lines = list(filter(str.strip, text.splitlines()))[:2]
    for separator in ";\t,":
        counts = {line.count(separator) for line in lines}
        if len(counts) == 1 and 0 not in counts:
            return True
    return False
