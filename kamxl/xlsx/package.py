"""The zip container of a workbook: opened within bounds, read only where a relationship leads.

The model: a file's bytes are read once into a private copy, so nothing can change under the reader, and
their SHA-256 is the file's fingerprint. A part is inflated only when asked for, by its own count of bytes
and never by the size its header claims. Parts refer to each other by relationships; a target outside the
package, or on the network, does not exist. A 3 GB part that nobody asks for costs nothing; one that is
asked for ends at `ReadingLimits.max_part_bytes` (64 MB) with `FileFault.TOO_LARGE`.
"""

from __future__ import annotations

import hashlib
import io
import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from kamxl.xlsx import probe
from kamxl.xlsx.bounded_xml import (
    Allowance,
    EndHandler,
    StartHandler,
    TextHandler,
    XmlError,
    local_name,
    parse,
)
from kamxl.xlsx.source import FileFault, ReadingLimits, WorkbookError, read_file

_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_ENTRY = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8  # the only methods that ECMA-376 part 2 allows
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    struct.error,
    OverflowError,
    EOFError,
)


def open_package(
    path: str | os.PathLike[str], limits: ReadingLimits | None = None
) -> Package:
    """Read a workbook file and open its container.

    Args:
        path: an .xlsx, .xlsm, .xltx or .xltm file, whatever its name ends in.
        limits: how much is read at most.

    Raises:
        WorkbookError: with every `FileFault` there is.
    """
    limits = limits or ReadingLimits()
    data = read_file(path, limits)
    kind = probe.bytes_kind(data)
    if kind != probe.ZIP:
        fault = {
            probe.ENCRYPTED: FileFault.ENCRYPTED,
            probe.RIGHTS: FileFault.ENCRYPTED,
            probe.OWNER_FILE: FileFault.OWNER_FILE,
            probe.DAMAGED: FileFault.DAMAGED,
            probe.TEXT: FileFault.NOT_A_WORKBOOK,
            "": FileFault.NOT_A_WORKBOOK,
        }.get(kind, FileFault.OTHER_FORMAT)
        raise WorkbookError(fault, path, "" if kind == fault else kind)
    return Package(Path(path), data, limits)


class Package:
    """The parts of one workbook file, held in memory.

    Attributes:
        path: the file.
        limits: the bounds that every reading of it keeps.
        allowance: the elements that may still be read, over all parts.
        fingerprint: SHA-256 of the file's bytes, 64 hexadecimal digits.
        names: the parts' names, without a leading slash.
        main: the name of the workbook part.
    """

    def __init__(self, path: Path, data: bytes, limits: ReadingLimits) -> None:
        self.path = path
        self.limits = limits
        self.fingerprint = hashlib.sha256(data).hexdigest()
        self._data = data
        self._inflated = 0
        self.allowance = Allowance(limits.max_elements)
        self._entries = self._directory()
        self.names = tuple(entry.filename for entry in self._entries.values())
        self.main = self._main_part()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def read(self, part: str) -> bytes:
        """Return a part's content.

        Raises:
            WorkbookError: `DAMAGED` when the part is missing or its bytes do not match their checksum,
                `TOO_LARGE` beyond the limits, `ENCRYPTED` for a zip entry with a password.
        """
        entry = self._entries.get(part.lower())
        if entry is None:
            raise WorkbookError(FileFault.DAMAGED, self.path, f"{part}: missing")
        if entry.flag_bits & 1:
            raise WorkbookError(FileFault.ENCRYPTED, self.path, "zip")
        bound = min(
            self.limits.max_part_bytes, self.limits.max_total_bytes - self._inflated
        )
        try:
            content = _inflate(self._data, entry, bound + 1)
        except (zlib.error, struct.error, zipfile.BadZipFile) as fault:
            raise WorkbookError(
                FileFault.DAMAGED, self.path, f"{part}: {fault}"
            ) from fault
        if len(content) > bound:
            raise WorkbookError(FileFault.TOO_LARGE, self.path, part)
        if zlib.crc32(content) != entry.CRC:
            raise WorkbookError(FileFault.DAMAGED, self.path, f"{part}: checksum")
        self._inflated += len(content)
        return content

    def walk(
        self,
        part: str,
        start: StartHandler,
        end: EndHandler | None = None,
        text: TextHandler | None = None,
    ) -> None:
        """Hand a part's elements and texts to the given functions.

        Raises:
            WorkbookError: as `read`, and `DAMAGED` when the part is no well-formed XML.
        """
        content = self.read(part)
        with self.faults_of(part):
            parse(content, start, end, text, allowance=self.allowance)

    @contextmanager
    def faults_of(self, part: str) -> Iterator[None]:
        """Turn an `XmlError` into a `WorkbookError` that names the file and the part."""
        try:
            yield
        except XmlError as fault:
            kind = FileFault.TOO_LARGE if fault.too_large else FileFault.DAMAGED
            raise WorkbookError(kind, self.path, f"{part}: {fault}") from fault

    def relationships(self, part: str = "") -> Mapping[str, Mapping[str, str]]:
        """Return where a part's relationships lead; `""` asks for those of the package itself.

        Returns:
            For each type of relationship (the last word of its URI, such as `"worksheet"`, in which the
            Strict and the Transitional form agree) id → name of the part it leads to, in the order stored.
            External targets and targets outside the package are left out; the part need not exist.
        """
        folder, source = posixpath.dirname(part), self.links_part(part)
        found: dict[str, dict[str, str]] = {}
        if source not in self:
            return found

        def start(element: str, attributes: Mapping[str, str]) -> None:
            is_external = attributes.get("TargetMode") == "External"
            if is_external or local_name(element) != "Relationship":
                return
            target = _resolve(folder, attributes.get("Target", ""))
            if target:
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.setdefault(kind, {})[attributes.get("Id", "")] = target

        self.walk(source, start)
        return found

    def links_part(self, part: str = "") -> str:
        """Return the name of the part that holds another part's relationships, whether there is one or not."""
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def repacked(self, parts: Mapping[str, str]) -> bytes:
        """Return the file with some parts replaced and others added behind, all else as it is to the last byte.

        Args:
            parts: the new parts by their names.
        """
        written = {name.lower(): text for name, text in parts.items()}
        packed = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as source,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for entry in source.infolist():
                text = written.get(_part_name(entry.filename).lower())
                target.writestr(entry, source.read(entry) if text is None else text)
            for name in (name for name in parts if name not in self):
                target.writestr(name, parts[name])
        return packed.getvalue()

    def content_type(self, part: str) -> str:
        """Return a part's declared content type, `""` when there is none."""
        by_name, by_extension = self._content_types
        name = part.lower()
        extension = posixpath.splitext(name)[1][1:]
        return by_name.get(name) or by_extension.get(extension, "")

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        by_name: dict[str, str] = {}
        by_extension: dict[str, str] = {}

        def start(element: str, attributes: Mapping[str, str]) -> None:
            content_type = attributes.get("ContentType", "")
            if local_name(element) == "Override":
                by_name[_part_name(attributes.get("PartName", "")).lower()] = (
                    content_type
                )
            elif local_name(element) == "Default":
                by_extension[attributes.get("Extension", "").lower()] = content_type

        if "[Content_Types].xml" in self:
            self.walk("[Content_Types].xml", start)
        return by_name, by_extension

    def _directory(self) -> dict[str, zipfile.ZipInfo]:
        """Entries by their name in lower case: part names differ in more than case (ECMA-376 part 2)."""
        if self._data.count(_CENTRAL_ENTRY) > self.limits.max_parts:
            raise WorkbookError(FileFault.TOO_LARGE, self.path, "zip directory")
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as container:
                entries = container.infolist()
        except _ZIP_FAULTS as fault:
            raise WorkbookError(FileFault.DAMAGED, self.path, str(fault)) from fault
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            entry.filename = _part_name(entry.filename)
            # Which of two is meant? Readers differ, so a file could show one thing and hold another.
            if found.setdefault(entry.filename.lower(), entry) is not entry:
                raise WorkbookError(
                    FileFault.DAMAGED, self.path, f"{entry.filename}: stored twice"
                )
        return found

    def _main_part(self) -> str:
        candidates = self.relationships().get("officeDocument", {})
        main = next(iter(candidates.values()), "")
        content_type = self.content_type(main)
        mimetype = self.read("mimetype") if "mimetype" in self else b""
        kind = probe.zip_kind(self.names, content_type, mimetype)
        if kind == probe.WORKBOOK and main in self:
            return main
        if kind in {"", probe.WORKBOOK}:
            raise WorkbookError(FileFault.DAMAGED, self.path, "no workbook part")
        raise WorkbookError(FileFault.OTHER_FORMAT, self.path, kind)


def _inflate(data: bytes, entry: zipfile.ZipInfo, bound: int) -> bytes:
    """Return an entry's content, cut off after `bound` bytes."""
    start = entry.header_offset
    if data[start : start + 4] != _LOCAL_ENTRY:
        raise zipfile.BadZipFile("no entry where the directory says")
    name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
    start += 30 + name_length + extra_length
    stored = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == _STORED:
        return bytes(stored[:bound])
    if entry.compress_type != _DEFLATED:
        raise zipfile.BadZipFile(f"compression method {entry.compress_type}")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    content = inflater.decompress(stored, bound)
    if not inflater.eof and len(content) < bound:
        raise zipfile.BadZipFile("cut off")
    return content


def _part_name(name: str) -> str:
    # Some writers on Windows put backslashes where the standard wants slashes.
    return name.replace("\\", "/").lstrip("/")


def _resolve(folder: str, target: str) -> str:
    """Return the part a relationship's target names, `""` if it leads out of the package."""
    target = unquote(target.replace("\\", "/"))
    if "://" in target or not target or target.startswith("#"):
        return ""
    path = posixpath.normpath(posixpath.join(folder, target).lstrip("/"))
    return "" if path.startswith("..") else path
