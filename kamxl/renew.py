"""Everything generated that is committed, written anew by the code: `workbooks/`, `macros/`, a table of the README.

    python -m kamxl.renew

in the project's folder writes what has changed and leaves the rest untouched; a test compares. The day is fixed, so
that the same code writes the same examples whenever it runs. The pictures of README and guides are taken with
LibreOffice where it is installed, and the guides printed; a machine draws them with its own fonts, so no test compares
them.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from kamxl.checks.catalogue import catalogue_markdown
from kamxl.demo.company import settings
from kamxl.demo.run import write_plans
from kamxl.excel.addin.macros import write_macros
from kamxl.excel.showcase.workbook import write_scoring_workbooks
from kamxl.generation.dictionary import data_dictionary
from kamxl.generation.generate import Manner, generate_template
from kamxl.generation.guide import NAME, guide, office_program, write_guide
from kamxl.generation.heading_list import headings_markdown
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.consolidate import consolidate
from kamxl.texts import Language
from kamxl.xlsx.saving import write_atomically

COMMAND = "python -m kamxl.renew"
DAY = dt.date(2026, 11, 16)
YEAR = 2027
WORKBOOKS, MACROS = Path("workbooks"), Path("macros")
EXAMPLES, PICTURES = WORKBOOKS / "beispiele", WORKBOOKS / "bilder"
PORTFOLIO = WORKBOOKS / "Beispiel-Portfolio.xlsx"
README = Path("README.md")
_HEADINGS = "<!-- headings: written by python -m kamxl.renew -->"
_END = "<!-- end of headings -->"
_TEMPLATES = {
    "de": "Vorlage-Key-Account-Plan.xlsx",
    "en": "Template-key-account-plan.xlsx",
}
GUIDE_PICTURES = Path("kamxl/generation/guides")
_COVER = "-r 108 -x 148 -y 50 -W 978 -H 722"
_COVERED = EXAMPLES / "10012_Norvesta-Chemie-AG_2027.xlsx"
SHOWN = {
    PICTURES / "deckblatt.png": (_COVERED, _COVER),
    PICTURES / "portfolio.png": (PORTFOLIO, "-r 105 -x 40 -y 48 -W 1146 -H 706"),
    GUIDE_PICTURES / "deckblatt.jpg": (_COVERED, _COVER),
}
"""Of which workbook a picture shows the first page, and which part of it at how many dots per inch."""
ENGLISH = GUIDE_PICTURES / "front-page.jpg"
"""The same cover as `deckblatt.jpg`, of a plan in English that is made for it."""
_KINDS = {".png": "-png", ".jpg": "-jpeg"}
# When a file was saved or read: the one thing in which two runs of the same code differ. A moment of this century is
# a day's number with a fraction, in one second of 216 one of four digits or less.
_SAVED = "docProps/core.xml"
_READ = re.compile(rb"<v>[4-7]\d{4}\.\d+</v>")
_GERMAN_OFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>de-DE</value></prop></item></oor:items>
"""


def write_generated(folder: Path) -> None:
    """Write templates, examples, portfolio, scoring workbooks, data dictionary, rules and VBA modules into `folder`."""
    workbooks = folder / WORKBOOKS
    manner = Manner(today=DAY, overwrite=True, seed="kamxl template")
    for language, name in _TEMPLATES.items():
        chosen = Settings(language=Language(language), plan_year=YEAR)
        generate_template(workbooks / name, chosen, manner)
    write_scoring_workbooks(workbooks)
    company = settings("de", YEAR)
    write_plans(folder / EXAMPLES, company, DAY)
    consolidate(folder / EXAMPLES, folder / PORTFOLIO, company, today=DAY)
    documents = {
        **{NAME[language]: guide(language) for language in _TEMPLATES},
        "Datenverzeichnis.md": data_dictionary(),
        "Pruefregeln.md": catalogue_markdown("de"),
        "Rules.md": catalogue_markdown("en"),
    }
    for name, text in documents.items():
        write_atomically(workbooks / name, text.encode(), "de")
    (folder / MACROS).mkdir(exist_ok=True)
    write_macros(folder / MACROS)


def renewed_readme(readme: str) -> str:
    """The README with the headings of lists that are known today."""
    head, begin, rest = readme.partition(_HEADINGS)
    _, end, tail = rest.partition(_END)
    return f"{head}{begin}\n{headings_markdown()}\n{end}{tail}"


def _renew_readme(project: Path) -> list[Path]:
    readme = project / README
    if not readme.is_file():
        return []
    text = readme.read_text(encoding="utf-8")
    renewed = renewed_readme(text)
    if renewed == text:
        return []
    write_atomically(readme, renewed.encode(), "en")
    return [README]


def stale(project: Path, fresh: Path) -> list[Path]:
    """The files of `fresh` that `project` lacks or has with another content, in order of their names."""
    changed = []
    for name in sorted(_files(fresh, "**/*")):
        there = project / name
        if not there.is_file() or _content(there) != _content(fresh / name):
            changed.append(name)
    return changed


def left_over(project: Path, fresh: Path) -> list[Path]:
    """Example plans in `project` that the code does not write any more."""
    examples = f"{EXAMPLES.as_posix()}/*.xlsx"
    return sorted(_files(project, examples) - _files(fresh, examples))


def _files(folder: Path, pattern: str) -> set[Path]:
    paths = folder.glob(pattern)
    return {path.relative_to(folder) for path in paths if path.is_file()}


def bring_up_to_date(project: Path, fresh: Path) -> list[Path]:
    """Make the generated files of `project` those of `fresh`; returns which changed.

    Raises:
        InputError: a file is open in Excel or cannot be written.
    """
    changed, gone = stale(project, fresh), left_over(project, fresh)
    for name in changed:
        write_atomically(project / name, (fresh / name).read_bytes(), "en")
    for name in gone:
        (project / name).unlink()
    return [*changed, *gone]


def take_pictures(project: Path) -> list[Path]:
    """Take the pictures of README and guides; returns them, none where LibreOffice or poppler is missing."""
    office, poppler = office_program(), shutil.which("pdftoppm")
    if office is None or poppler is None:
        return []
    with TemporaryDirectory() as scratch:
        profile = Path(scratch, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_GERMAN_OFFICE)
        convert = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        write_plans(Path(scratch), settings("en", YEAR), DAY)
        english = Path(scratch, _COVERED.name), _COVER
        shown = {**SHOWN, ENGLISH: english}
        for picture, (workbook, part) in shown.items():
            source = project / workbook
            _run(*convert, "--convert-to", "pdf", "--outdir", scratch, source)
            printed = Path(scratch, workbook.name).with_suffix(".pdf")
            first_page = [_KINDS[picture.suffix], "-singlefile", *part.split()]
            _run(poppler, *first_page, printed, project / picture.with_suffix(""))
    return list(shown)


def print_guides(project: Path) -> list[Path]:
    """Write the guides with their pictures, and as PDF where LibreOffice is there; returns all of them."""
    written = [write_guide(project / WORKBOOKS, language) for language in _TEMPLATES]
    return [path.relative_to(project) for path in chain.from_iterable(written)]


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - programs of this machine, our own files


def _content(path: Path) -> dict[str, bytes]:
    """The parts of a file that tell whether it is the same, without the moments at which it was saved and read."""
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts.pop(_SAVED, None)
    if path.name != PORTFOLIO.name:
        return parts
    return {name: _READ.sub(b"", part) for name, part in parts.items()}


def main(project: Path) -> int:
    """Renew what is generated in the project's folder, say what changed, and return the exit status."""
    if not (project / WORKBOOKS).is_dir() or not (project / MACROS).is_dir():
        print(
            f"{project.resolve()}: there are no workbooks/ and macros/ here.",
            file=sys.stderr,
        )
        return 2
    with TemporaryDirectory() as fresh:
        write_generated(Path(fresh))
        changed = [*bring_up_to_date(project, Path(fresh)), *_renew_readme(project)]
    pictures = [*take_pictures(project), *print_guides(project)]
    print(*changed, *pictures, f"{len(changed)} files changed.", sep="\n")
    if office_program() is None:
        print("The pictures stay as they are: LibreOffice or poppler is missing.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path()))
