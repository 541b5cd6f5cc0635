"""The guide for those who fill plans in: whole in one file, and what it says is so."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from kamxl import api
from kamxl.generation import guide as module
from kamxl.generation.guide import GUIDES, NAME, guide, write_guide
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from tests.clients.office import Office

LANGUAGES = ("de", "en")
ACCOUNTS = "Kundennummer;Firma;KAM\n10012;Muster AG;Petra Ahlers\n"


def read_as_text(page: str) -> str:
    """What a reader sees of a page."""
    body = page.partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_needs_no_other_file(language: str) -> None:
    """The picture is inside, and nothing leads to another file or the network."""
    page = guide(language)
    assert len(re.findall(r'src="data:image/jpeg;base64,[\w+/=]{1000,}"', page)) == 1
    assert not re.findall(r'(?:src|href)="(?!data:)', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minimum_is_that_of_an_untouched_plan(
    language: str, tmp_path: Path
) -> None:
    """Every sheet on which an untouched plan misses something stands in the guide, under its name, and no other."""
    lists = tmp_path / "accounts.csv"
    lists.write_text(ACCOUNTS, encoding="utf-8")
    settings = Settings(language=language, plan_year=2027)
    api.generate(tmp_path / "plans", accounts=lists, settings=settings)
    (source,) = api.check(tmp_path / "plans").sources
    missing = {found.sheet for found in source.findings if found.code < "KAM204"}
    table = guide(language).partition("</table>")[0]
    listed = set(re.findall(r"<tr><td>([^<]+)</td>", table))
    sheets = plan_spec(settings).sheets
    (revenue,) = (sheet.name(language) for sheet in sheets if sheet.key == "revenue")
    assert missing | {revenue} == listed


def test_both_languages_say_the_same() -> None:
    """Both guides have the same chapters, rows and points."""
    tags = ("h2", "tr", "li", "p", "code", "strong")
    counts = [
        {tag: guide(language).count(f"<{tag}>") for tag in tags}
        for language in LANGUAGES
    ]
    assert counts[0]["h2"] == counts[1]["h2"] > 7
    assert counts[0]["tr"] == counts[1]["tr"]
    assert abs(counts[0]["li"] - counts[1]["li"]) <= 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "de",
            ("Minimum", "Werte einfügen", "laufenden Jahres", "geben Sie den Plan ab"),
        ),
        ("en", ("minimum", "values only", "current year", "How to hand in")),
    ],
)
def test_it_answers_what_people_ask(language: str, told: tuple[str, ...]) -> None:
    """How long it takes, how to paste, which year 1.1. means and how to hand in."""
    text = read_as_text(guide(language))
    assert [words for words in told if words not in text] == []


def test_without_libreoffice_there_is_the_page_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without LibreOffice writes the page and no PDF."""
    monkeypatch.setattr(module, "office_program", lambda: None)
    assert write_guide(tmp_path, "de") == [tmp_path / NAME.de]
    assert (tmp_path / NAME.de).read_text(encoding="utf-8") == guide("de")


@pytest.mark.client
def test_with_libreoffice_there_is_a_pdf_beside_it(
    tmp_path: Path, office: Office
) -> None:
    """Where LibreOffice has its word processor, the PDF lies beside the page; else the page alone, without an error."""
    del office  # asks whether LibreOffice is there
    written = write_guide(tmp_path, "de")
    assert written[0] == tmp_path / NAME.de
    assert all(path.read_bytes().startswith(b"%PDF") for path in written[1:])


def test_pictures_are_there() -> None:
    """Each guide shows a picture that the package has."""
    for language in LANGUAGES:
        page = (GUIDES / NAME[language]).read_text(encoding="utf-8")
        (picture,) = re.findall(r'src="([^"]+)"', page)
        assert (GUIDES / picture).read_bytes().startswith(b"\xff\xd8")
