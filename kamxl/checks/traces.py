"""What can be learned about a plan in a file that we do not read: whether one is in it, and whose.

A plan that was saved as .xlsb, .ods, .xls or XML still holds the keys of its fields and its document properties:
``traces_of("10041_Molkerei_2027.xlsb", "xlsb")`` finds a plan, of account 10041. Of an archive or a mail the names of
the workbooks in it are told. All of it is looked for in the file's bytes; nothing is opened by its own rules.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from pathlib import Path, PurePath
from types import MappingProxyType
from urllib.parse import unquote

from kamxl.checks.formats import ARCHIVES, MAILS, SCANNED
from kamxl.xlsx import probe

_MOST = 64 << 20  # bytes of a file, and of what is inflated of it
_PART = 8 << 20  # bytes
_MOST_PARTS = 400
_MOST_HELD = 3

_PLAN = re.compile(
    rb"cover\.account_id|kamxl_kind\W[^<>]{0,80}\W(?:<[^<>]{1,80}>)?plan\b"
)
# A property and its value: `name="kamxl_account_id" …><vt:lpwstr>10041<`, or content="10041".
_ACCOUNT = re.compile(
    rb'kamxl_account_id(?:"?[^<>]{0,80}content="([^"<>]{1,40})"|'
    rb'"?[^<>/]{0,80}>(?:<[a-z][^<>/]{0,80}>)?([^<>]{1,40})<)'
)
# The same in the binary cells of .xlsb: a text in UTF-16, and the next one after a few bytes of record.
_ACCOUNT_CELL = re.compile(
    re.escape("kamxl_account_id".encode("utf-16-le"))
    + rb"[^A-Za-z0-9]{0,14}?((?:[!-~]\0){1,40})"
)
_WORKBOOK = re.compile(rb"\.(?:xls[xmb]?|xlt[xm]|ods)(?![a-z])", re.IGNORECASE)
_LONGEST_NAME = 120
_NO_NAME = re.compile(r'.*["\\/:*?<>|\x00-\x1f]', re.DOTALL)
# How a mail calls an attachment: `filename="plan.xlsx"`, which may be folded and encoded (RFC 2047, 2231).
_ATTACHED = re.compile(rb"name\*?=\"?((?:[^\"\r\n;]|\r?\n[ \t]){1,400})", re.IGNORECASE)
_ZIP_FAULTS = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError),
    *(OSError, EOFError, zlib.error, OverflowError),
)

_GENERATED = re.compile(r"([^_]*\d[^_]*|[^_\s]+)_.+_(?:19|20)\d\d(?:-\d+)?")
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,12}(?!\d)")


@dataclass(frozen=True, slots=True)
class Traces:
    """What a file tells without being read.

    Attributes:
        plan: whether it holds an account plan.
        account: whose it is; empty where nothing says so.
        held: the names of the workbooks packed in it; `None` where an archive does not tell.
    """

    plan: bool = False
    account: str = ""
    held: tuple[str, ...] | None = ()


def traces_of(path: Path, kind: str) -> Traces:
    """The traces of a plan in a file of this kind (`kamxl.xlsx.probe`); those of its name where it cannot be read."""
    named = account_in_name(path.name)
    if kind in ARCHIVES | MAILS:
        held = _held(_content(path), kind)
        inside = filter(None, map(account_in_name, held or ()))
        return Traces(False, next(inside, "") or named, held)
    found = list(_texts(_content(path))) if kind in SCANNED else []
    told = next(filter(None, map(_account, found)), "")
    return Traces(any(map(_PLAN.search, found)), told or named)


def _content(path: Path) -> bytes:
    """A file's bytes, as far as they are looked at; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST)
    except OSError:
        return b""


def account_in_name(name: str) -> str:
    """The account number in a plan's file name; empty where there is none.

    >>> account_in_name("ALFKI_Alfreds-Futterkiste_2027.xlsx.crdownload")
    'ALFKI'
    >>> account_in_name("Accountplan 10041 Molkerei 2027.xls")
    '10041'
    >>> account_in_name("Budget 2027.xls")
    ''
    """
    stem = re.split(
        r"\.(?:xl|ods|fods|numbers|zip|csv|xml)", PurePath(name).name, maxsplit=1
    )[0]
    generated = _GENERATED.match(stem)
    if generated:
        return generated[1].split()[-1]
    number = _NUMBER.search(stem)
    return number[0] if number else ""


def _account(text: bytes) -> str:
    """The account number in a part of a plan; empty where it is not told."""
    match = _ACCOUNT.search(text) or _ACCOUNT_CELL.search(text)
    told = b"".join(filter(None, match.groups())) if match else b""
    return told.replace(b"\0", b"").decode("utf-8", "replace").strip()


def _texts(data: bytes) -> Iterator[bytes]:
    """Where traces are looked for: the parts of a zip, else the file itself; UTF-16 as if it were ASCII."""
    parts = _parts(data) if data.startswith(b"PK") else iter((data,))
    for part in parts:
        yield part
        if b"k\0a\0m\0x\0l\0" in part or b"c\0o\0v\0e\0r\0.\0" in part:
            yield part.replace(b"\0", b"")


def _parts(data: bytes) -> Iterator[bytes]:
    """The parts of a zip, as far as they can be had."""
    left = _MOST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for name in itertools.islice(container.namelist(), _MOST_PARTS):
                if left <= 0:
                    return
                with container.open(name) as part:
                    content = part.read(min(_PART, left))
                left -= len(content)
                yield content
    except _ZIP_FAULTS:
        return


def _held(data: bytes, kind: str) -> tuple[str, ...] | None:
    """The names of the workbooks in an archive or a mail, the first few."""
    try:
        names = _NAMES_IN.get(kind, _any_names)(data)
    except _ZIP_FAULTS:
        return None
    workbooks = (name for name in names if _WORKBOOK.search(name.encode()))
    known = tuple(itertools.islice(dict.fromkeys(workbooks), _MOST_HELD))
    told = known or kind in _NAMES_IN or kind in MAILS
    return known if told else None


def _zip_names(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = [PurePath(name).name for name in container.namelist()]
    return (name for name in names if not name.startswith("._"))


def _mail_names(data: bytes) -> Iterator[str]:
    """What a mail calls its attachments."""
    for match in _ATTACHED.finditer(data):
        told = re.sub(r"\r?\n[ \t]", " ", match[1].decode("utf-8", "replace"))
        with contextlib.suppress(HeaderParseError, LookupError, ValueError):
            told = str(make_header(decode_header(told)))
        yield unquote(told.rpartition("'")[2])


def _any_names(data: bytes) -> Iterator[str]:
    """What looks like a workbook's name anywhere in a file; Outlook writes names in UTF-16."""
    wide = data.replace(b"\0\0", b"\n").replace(b"\0", b"")
    for text in (data, wide):
        for match in _WORKBOOK.finditer(text):
            before = text[max(match.start() - _LONGEST_NAME, 0) : match.end()]
            yield _NO_NAME.sub("", before.decode("utf-8", "replace"))


_NAMES_IN: Mapping[str, Callable[[bytes], Iterator[str]]] = MappingProxyType(
    {probe.ZIP: _zip_names, "eml": _mail_names}
)
