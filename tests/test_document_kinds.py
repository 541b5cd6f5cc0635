"""A document of another kind than the account plan is declared in a few lines, and generated, read and checked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from kamxl.checks.check import check
from kamxl.document.compiling import compile_document
from kamxl.document.drawing.draw import draw_document
from kamxl.document.drawing.fill import Template
from kamxl.document.extract import WorkbookKind
from kamxl.document.finding.read import extract
from kamxl.document.identity import identity_for
from kamxl.document.kind import DocumentKind
from kamxl.document.layout.layout import lay_out
from kamxl.document.vocabulary import (
    Document,
    FreeRows,
    Item,
    Line,
    Percent,
    Sheet,
    TableRow,
)
from kamxl.errors import SpecError
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.cells import read_book

TODAY = dt.date(2026, 11, 16)
NAME = Text(de="Name", en="Name")


class Answer(TableRow):
    """A row of the table."""

    heading, rows = Text(de="Antworten", en="Answers"), FreeRows(3)
    question: Annotated[Line | None, Item(label=Text(de="Frage", en="Question"))] = None
    weight: Annotated[
        Percent | None, Item(label=Text(de="Gewicht", en="Weight"), required=True)
    ] = None


class Cover(Sheet):
    """A form of one field."""

    title, guidance = Text(de="Kunde", en="Customer"), Text(de="Wer?", en="Who?")
    customer: Annotated[
        Line | None, Item(label=Text(de="Kunde", en="Customer"), required=True)
    ] = None


class Asked(Sheet):
    """A table."""

    title, guidance = (
        Text(de="Fragen", en="Questions"),
        Text(de="Bitte antworten.", en="Please answer."),
    )
    answers: list[Answer] = Field(default_factory=list)


class Survey(Document):
    """A document of two sheets, about a customer."""

    title, steps = (
        Text(de="Umfrage {year}", en="Survey {year}"),
        Text(de="Antworten.", en="Answer."),
    )
    about = "cover.customer"
    cover: Cover = Field(default_factory=Cover)
    asked: Asked = Field(default_factory=Asked)


SURVEY = DocumentKind(WorkbookKind.PLAN, WorkbookKind.TEMPLATE, Survey, Settings)


def survey(path: Path, **values: object) -> None:
    """Write a survey that holds these entries."""
    settings = Settings(plan_year=2027)
    layout = lay_out(compile_document(Survey, settings), "de")
    identity = identity_for(
        layout.spec, "de", SURVEY.filled, "1", "0" * 32, "2026-11-16"
    )
    drawn = Template(draw_document(layout, identity), layout, settings.shaping_json())
    path.write_bytes(drawn.fill({**values}, {}, identity))


def test_a_document_of_another_kind_is_generated_read_and_checked(
    tmp_path: Path,
) -> None:
    """Nothing but its declaration is needed for workbook, entries and findings with their cells."""
    survey(tmp_path / "survey.xlsx", **{
        "asked.answers[0].question": "Wie zufrieden?",
        "asked.answers[1].question": "Wie oft?",
        "asked.answers[1].weight": "viel",
        "asked.answers[2].weight": 0.25,
    })  # fmt: skip
    found = extract(read_book(tmp_path / "survey.xlsx"), SURVEY)
    checked = check(found, today=TODAY)
    assert isinstance(checked.plan, Survey)
    assert [(answer.question, answer.weight) for answer in checked.plan.asked.answers] == [
        ("Wie zufrieden?", None), ("Wie oft?", None), (None, 0.25),
    ]  # fmt: skip
    codes = {finding.path: finding.code for finding in checked.findings}
    assert codes == {
        "cover.customer": "KAM201", "asked.answers[0].weight": "KAM201", "asked.answers[1].weight": "KAM210",
    }  # fmt: skip
    assert all(finding.cell for finding in checked.findings)


def test_the_first_sheet_of_a_document_is_its_cover() -> None:
    """A first sheet that leaves no room for contents and legend is an error of the declaration."""

    class Bare(Document):
        """Only the table."""

        title, steps = Text(de="Liste", en="List"), Text(de="Los.", en="Go.")
        asked: Asked = Field(default_factory=Asked)

    with pytest.raises(SpecError, match="asked: a cover is a form of short fields"):
        lay_out(compile_document(Bare, Settings()), "de")
