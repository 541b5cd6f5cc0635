"""How a workbook looks on paper: one PNG per page, named after its sheet.

    python -m tests.clients.pictures FILE OUTDIR

LibreOffice makes the pages (recalculated, with the sheets' own print set-up), poppler the pictures. The
command prints how many pages each sheet takes; a sheet that should fit one page and takes two has a stray
column or row.
"""

from __future__ import annotations

import argparse
import functools
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.clients.office import Office, missing_office


@dataclass(frozen=True)
class Page:
    """A printed page: its sheet, its number within that sheet (from 1) and its picture."""

    sheet: str
    number: int
    picture: Path


@functools.cache
def missing_poppler() -> str | None:
    """Why pages cannot be turned into pictures here, or None if they can."""
    absent = [name for name in ("pdftoppm", "pdftohtml") if shutil.which(name) is None]
    return f"poppler ({', '.join(absent)}) is not installed" if absent else None


def pictures(office: Office, file: Path, folder: Path, dpi: int = 80) -> list[Page]:
    """Print a workbook to PNG files, page by page in the order of printing.

    Args:
        office: A running LibreOffice.
        file: The workbook.
        folder: Where the pictures go, as `03 2 Umsatzanalyse p1.png`; it is made if absent.
        dpi: Dots per inch; 80 is enough to see the layout, 130 to read small print.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        pdf = office.convert(file, Path(scratch) / "book.pdf")
        subprocess.run(
            ["pdftoppm", "-r", str(dpi), "-png", pdf, f"{scratch}/page"], check=True
        )
        drawn = sorted(Path(scratch).glob("page*.png"))
        return [
            Page(
                sheet,
                number,
                Path(shutil.move(picture, folder / picture_name(index, sheet, number))),
            )
            for index, ((sheet, number), picture) in enumerate(
                zip(sheets_of(pdf), drawn, strict=True), 1
            )
        ]


def page_counts(office: Office, file: Path) -> dict[str, int]:
    """How many pages each visible, non-empty sheet takes when printed."""
    with TemporaryDirectory() as scratch:
        pdf = office.convert(file, Path(scratch) / "book.pdf")
        return dict(Counter(sheet for sheet, _ in sheets_of(pdf)))


def sheets_of(pdf: Path) -> list[tuple[str, int]]:
    """For each page of LibreOffice's PDF its sheet and the page's number in it, from the PDF's outline."""
    asked = ["pdftohtml", "-q", "-i", "-xml", "-stdout", str(pdf)]
    printed = subprocess.run(asked, capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )
    pages = len(re.findall(r"<page\b", printed))
    outline = re.search(r"<outline>.*</outline>", printed, re.DOTALL)
    starts = {
        int(item.attrib["page"]): item.text or ""
        for item in (ET.fromstring(outline.group()).iter("item") if outline else ())  # noqa: S314 - our own
    }
    found: list[tuple[str, int]] = []
    for page in range(1, pages + 1):
        sheet = starts.get(page) or (found[-1][0] if found else "")
        found.append((sheet, 1 if page in starts or not found else found[-1][1] + 1))
    return found


def picture_name(index: int, sheet: str, number: int) -> str:
    """A file name that sorts in the order of printing and says what the page shows."""
    plain = re.sub(r"[^\w .()-]", "_", sheet)
    return f"{index:02} {plain} p{number}.png"


def main() -> int:
    """Print one workbook; the exit status is 0 unless a program is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", type=int, default=80)
    asked = parser.parse_args()
    reason = missing_office() or missing_poppler()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    with Office() as office:
        pages = pictures(office, asked.file, asked.folder, asked.dpi)
    for sheet, count in Counter(page.sheet for page in pages).items():
        print(f"{count:3} {'page ' if count == 1 else 'pages'}  {sheet}")
    print(f"{len(pages):3} pictures in {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
