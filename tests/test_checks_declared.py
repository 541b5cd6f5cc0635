"""A rule is declared once: the catalogue, the settings and the findings know it by that alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import Field

from kamxl.checks import rule as declaring
from kamxl.checks.catalogue import catalogue_markdown
from kamxl.checks.check import check
from kamxl.checks.consistency import PlanRule
from kamxl.checks.findings import Severity
from kamxl.checks.rule import CATALOGUE, DetailWarning, Rule
from kamxl.checks.rules import misnamed_rule
from kamxl.checks.rules.numbers import NOT_A_NUMBER
from kamxl.document.compiling import compile_document
from kamxl.document.extract import Entry
from kamxl.document.paths import path_of
from kamxl.document.remarks import EntryOutside
from kamxl.document.vocabulary import (
    Date,
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
from kamxl.xlsx.book import State
from tests.extracts import SOUND, TODAY, extract_of, settings_of

TOY = '''
"""KAM399: an account without a city."""

from collections.abc import Iterator

from kamxl.checks.consistency import Look, PlanRule
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.texts import Text

CITY_MISSING = PlanRule(
    code="KAM399",
    name="city-missing",
    severity=Severity.HINT,
    message=Text(
        de="{label}: Für PLZ {postcode} ist kein Ort eingetragen.",
        en="{label}: no city is entered for postal code {postcode}.",
    ),
    remedy=Text(de="Den Ort eintragen.", en="Enter the city."),
    details={"postcode": Text(de="Postleitzahl", en="postal code")},
)


@CITY_MISSING.check
def _nowhere(look: Look) -> Iterator[Problem]:
    if look.blank("cover.city", look.plan.cover.city):
        yield CITY_MISSING.at("cover.city", postcode=look.plan.cover.postal_code)
'''


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """What a test declares is not in the catalogue of the next one."""
    before = dict(declaring._RULES)
    yield
    declaring._RULES.clear()
    declaring._RULES.update(before)


@pytest.fixture
def toy() -> types.ModuleType:
    """A module that declares one rule with its check, as those of `kamxl.checks.rules` do."""
    module = types.ModuleType("toy")
    exec(TOY, module.__dict__)  # noqa: S102 - the file that somebody adds
    return module


@pytest.mark.usefixtures("toy")
def test_a_declared_rule_is_in_the_catalogue() -> None:
    """Code, name, severity, texts with the names of their details: one line in each language."""
    assert (
        "| KAM399 | `city-missing` | Hinweis | Für PLZ ‹Postleitzahl› ist kein Ort eingetragen. | Den Ort eintragen. |"
        in catalogue_markdown("de")
    )
    assert (
        "no city is entered for postal code ‹postal code›"
        in catalogue_markdown("en").casefold()
    )


@pytest.mark.usefixtures("toy")
def test_settings_may_change_a_declared_rule() -> None:
    """The company's settings know it by code and name; it has no threshold."""
    known = Settings.model_validate(
        {"rules": {"city-missing": {"severity": "warning"}}}
    )
    limited = Settings.model_validate({"rules": {"KAM399": {"threshold": 3}}})
    wrong = Settings.model_validate(
        {"rules": {"city-misssing": {"severity": "warning"}}}
    )
    assert misnamed_rule(known) is None
    assert misnamed_rule(limited) == Text(
        de="rules.KAM399.threshold: diese Regel hat keinen Grenzwert",
        en="rules.KAM399.threshold: this rule has no threshold",
    )
    assert "city-missing" in str(misnamed_rule(wrong))


@pytest.mark.usefixtures("toy")
def test_a_declared_rule_finds_its_fault() -> None:
    """The check beside the rule runs with all others; the finding has its cell and both texts."""
    (found,) = check(extract_of(SOUND), today=TODAY).findings
    assert (found.code, found.path, found.severity) == (
        "KAM399",
        "cover.city",
        Severity.HINT,
    )
    assert found.message == "Ort: Für PLZ 01069 ist kein Ort eingetragen."
    assert found.cell
    off = settings_of(rules={"city-missing": {"severity": "off"}})
    assert check(extract_of(SOUND), off, TODAY).findings == ()


def test_a_rule_about_plans_is_not_asked_about_other_documents(
    toy: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is about account plans says so, and is silent about another kind of document."""
    assert toy.CITY_MISSING.about.__name__ == "AccountPlan"
    monkeypatch.setattr(PlanRule, "about", type("Questionnaire", (), {}))
    assert check(extract_of(SOUND), today=TODAY).findings == ()


def _rule(**changes: object) -> Rule:
    given: dict[str, object] = {
        "code": "KAM298",
        "name": "toy",
        "severity": Severity.HINT,
        "message": Text(de="{label}: {value}.", en="{label}: {value}."),
        "remedy": Text(de="Nichts.", en="Nothing."),
    }
    return Rule(**{**given, **changes})  # type: ignore[arg-type] - what a typo may say


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"code": "KAM101"}, "two rules"),
        ({"name": "sheet-missing"}, "two rules"),
        ({"message": Text(de="{expectd}", en="{expectd}")}, "no name for expectd"),
        ({"message": Text(de="{found}", en="{known}")}, "only one language"),
    ],
)
def test_a_careless_declaration_fails_at_once(
    changes: dict[str, object], fault: str
) -> None:
    """A code or name that is taken, and a detail that nothing names, are errors at import."""
    before = dict(CATALOGUE)
    with pytest.raises(SpecError, match=fault):
        _rule(**changes)
    assert dict(CATALOGUE) == before


def test_a_detail_that_is_missing_or_unknown_fails_in_tests() -> None:
    """Texts and checks cannot drift apart: each detail of the texts is given, and no other."""
    rule = _rule(message=Text(de="{low} bis {high}{more}", en="{low} to {high}{more}"),
                 additions={"more": Text(de=" ({limit})", en=" ({limit})")})  # fmt: skip
    with pytest.raises(DetailWarning, match="KAM298 toy lacks high"):
        rule.at(low=1)
    with pytest.raises(DetailWarning, match="does not know hihg"):
        rule.at(low=1, high=2, hihg=3)
    assert rule.told(rule.at(low=1, high=2).details, "de")[0] == "1 bis 2"
    assert rule.told(rule.at(low=1, high=2, limit=9).details, "en")[0] == "1 to 2 (9)"


@pytest.mark.filterwarnings("ignore::kamxl.checks.rule.DetailWarning")
def test_a_missing_detail_costs_a_user_no_finding() -> None:
    """Outside the tests a gap is shown as such, and the run goes on."""
    problem = _rule(message=Text(de="{low} bis {high}.", en="{low} to {high}.")).at(
        low=1
    )
    assert problem.rule.told(problem.details, "de") == ("1 bis …", "Nichts.")


def test_the_codes_of_a_family_may_stand_in_any_module() -> None:
    """A rule belongs to its family by its code."""
    assert CATALOGUE["KAM210"] is NOT_A_NUMBER


class Answer(TableRow):
    """One answer of a toy questionnaire."""

    heading = Text(de="Antworten", en="Answers")
    rows = FreeRows(3, minimum=1)

    question: Annotated[
        Line | None, Item(label=Text(de="Frage", en="Question"), required=True)
    ] = None
    weight: Annotated[Percent | None, Item(label=Text(de="Gewicht", en="Weight"))] = (
        None
    )


class Answers(Sheet):
    """The only sheet of the toy questionnaire."""

    title = Text(de="Fragen", en="Questions")
    guidance = Text(de="Bitte antworten.", en="Please answer.")

    asked_on: Annotated[
        Date | None, Item(label=Text(de="Gefragt am", en="Asked on"))
    ] = None
    answers: list[Answer] = Field(default_factory=list)


class Questionnaire(Document):
    """A document that is no account plan."""

    sheet: Answers = Field(default_factory=Answers)


def test_a_document_of_another_kind_is_judged_by_what_it_declares() -> None:
    """Cells, structure and required entries are checked for any document; rules about account plans are silent."""
    spec = compile_document(Questionnaire, settings_of())
    raws = {
        "sheet.asked_on": "03.04.2027",
        "sheet.answers[0].question": None,
        "sheet.answers[0].weight": 60.0,
    }
    entries = tuple(
        Entry(path_of(path), "Fragen", f"D{row}", State.EMPTY if raw is None else State.VALUE, raw, str(raw or ""))
        for row, (path, raw) in enumerate(raws.items(), start=5)
    )  # fmt: skip
    plain = extract_of({})
    remarks = (EntryOutside("Fragen", "Z9", value="Notiz"),)
    checked = check(
        dataclasses.replace(plain, spec=spec, entries=entries, remarks=remarks),
        today=TODAY,
    )
    assert [(finding.code, finding.cell) for finding in checked.findings] == [
        ("KAM221", "D5"), ("KAM201", "D6"), ("KAM214", "D7"), ("KAM124", "Z9"),
    ]  # fmt: skip
    assert isinstance(checked.plan, Questionnaire)
    assert checked.plan.sheet.asked_on == dt.date(2027, 4, 3)
