"""The guide for key account managers: two pages in one file, with its picture inside, and as PDF where LibreOffice is.

    write_guide(Path("plans"), "de")  →  plans/Anleitung.html, plans/Anleitung.pdf

The pages are part of the package (`guides`), in German and English; a mail or a folder carries them to those who fill
plans in. `python -m kamxl.renew` takes the pictures.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from kamxl.texts import Text
from kamxl.xlsx.saving import write_atomically

GUIDES = Path(__file__).with_name("guides")
"""The pages and their pictures."""
NAME = Text(de="Anleitung.html", en="Guide.html")
_PICTURE = re.compile(r'src="([\w-]+\.jpg)"')
_PLACES = (
    r"C:\Program Files\LibreOffice\program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
_LONGEST = 120  # seconds that LibreOffice may take


def guide(language: str) -> str:
    """The guide as HTML that needs no other file.

    Args:
        language: "de" or "en".
    """
    page = (GUIDES / NAME[language]).read_text(encoding="utf-8")
    return _PICTURE.sub(_embedded, page)


def _embedded(source: re.Match[str]) -> str:
    content = base64.b64encode((GUIDES / source[1]).read_bytes()).decode()
    return f'src="data:image/jpeg;base64,{content}"'


def write_guide(folder: Path, language: str) -> list[Path]:
    """Write the guide, and its PDF where LibreOffice can make one.

    Args:
        folder: where both go.
        language: "de" or "en".

    Returns:
        What was written.

    Raises:
        InputError: a file cannot be written.
    """
    page = folder / NAME[language]
    write_atomically(page, guide(language).encode(), language)
    printed = _printed(page)
    if not printed:
        return [page]
    paper = page.with_suffix(".pdf")
    write_atomically(paper, printed, language)
    return [page, paper]


def office_program() -> str | None:
    """Where LibreOffice is; `None` where there is none."""
    return shutil.which("soffice") or shutil.which(
        "soffice", path=os.pathsep.join(_PLACES)
    )


def _printed(page: Path) -> bytes:
    """A page as PDF; nothing where LibreOffice is missing or does not do it."""
    program = office_program()
    if program is None:
        return b""
    with TemporaryDirectory() as scratch:
        profile = Path(scratch, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", "pdf:writer_web_pdf_Export", "--outdir", scratch]
        try:
            subprocess.run(  # noqa: S603 - a program of this machine, a page of ours
                [*command, page], check=True, capture_output=True, timeout=_LONGEST
            )
            return Path(scratch, page.stem).with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return b""
