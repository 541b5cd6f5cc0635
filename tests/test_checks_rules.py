"""Every rule of the catalogue is set off by exactly the fault it names."""

from __future__ import annotations

import datetime as dt
import random
import re
import string
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kamxl.checks.across import check_across
from kamxl.checks.catalogue import catalogue_markdown
from kamxl.checks.check import Checked, check
from kamxl.checks.condense import condense
from kamxl.checks.entries.building import Refusal, build_plan
from kamxl.checks.files import RULE_OF as FILE_RULES
from kamxl.checks.files import broken_file, not_a_plan, other_workbook, passed_over
from kamxl.checks.findings import Finding
from kamxl.checks.rules import CATALOGUE, Rule, word
from kamxl.checks.rules.across import managers
from kamxl.checks.rules.workbook import RULE_OF_DAMAGE
from kamxl.document.extract import WorkbookKind
from kamxl.document.remarks import (
    EntryOutside,
    FieldContradictory,
    FieldMoved,
    FieldNotFound,
    PartDamaged,
    Remark,
    RowDoubled,
    SettingsUnreadable,
    SheetDoubled,
    SheetMissing,
    SheetRenamed,
    SheetUnknown,
    TableExtended,
    TableMissing,
)
from kamxl.document.schema import TEMPLATE_VERSION
from kamxl.xlsx.package import FileFault, WorkbookError
from tests.extracts import (
    SOUND,
    TODAY,
    Raw,
    Unreadable,
    changed,
    extract_of,
    rows_of,
    settings_of,
)

# What is changed in a sound plan, by the code of the only finding it gives.
CHANGES: dict[str, Mapping[str, Raw]] = {
    "KAM201": {"cover.company": None},
    "KAM202": {"competition.competitors[0].name": None, "competition.competitors[0].importance": None,
               "projects.lost[0].lost_to": None},
    "KAM203": {"revenue.revenue[0].target": None},
    "KAM204": {"cover.industry": "  \u00a0 "},
    "KAM210": {"opportunities.open[0].value": "auf Anfrage"},
    "KAM211": {"opportunities.open[0].value": "80.000,00 €"},
    "KAM212": {"opportunities.open[0].probability": 1.4},
    "KAM213": {"opportunities.open[0].value": "80.000"},
    "KAM214": {"opportunities.open[0].probability": 60.0},
    "KAM215": {"contacts.matrix[0][1].planned": 2.5},
    "KAM216": {"opportunities.open[0].value": "80.000,00 CHF"},
    "KAM220": {"cover.next_review": "nach der Messe"},
    "KAM221": {"cover.next_review": "3. April 2027"},
    "KAM223": {"cover.next_review": dt.date(1926, 4, 3)},
    "KAM224": {"cover.next_review": 46115.0},
    "KAM225": {"contacts.matrix[0][1].actual": dt.date(2026, 6, 2)},
    "KAM226": {"cover.street": dt.date(2026, 5, 12)},
    "KAM230": {"opportunities.open[0].stage": "in der Schwebe"},
    "KAM231": {"opportunities.open[0].stage": "VERHANDLUNG "},
    "KAM240": {"opportunities.open[0].value": Unreadable("#REF!")},
    "KAM241": {"opportunities.open[0].value": Unreadable("=A1*2", "uncalculated")},
    "KAM250": {"cover.industry": "Maschinen " * 40},
    "KAM251": {"cover.industry": "Maschinen\u0007bau"},
    "KAM252": {"cover.industry": "Maschinen\nbau"},
    "KAM253": {"cover.postal_code": 1069.0},
    "KAM260": {"contacts.matrix[0][1].actual": "2/6"},
    "KAM261": {"opportunities.open[0].value": True},
    "KAM131": {"opportunities.open[0].value": Unreadable("<v>1 2</v>", "damaged")},
    "KAM301": {"opportunities.open[0].offer_date": dt.date(2027, 4, 1)},
    "KAM302": {"opportunities.open[0].close_date": dt.date(2026, 10, 31)},
    "KAM303": {"opportunities.open[0].stage": "gewonnen"},
    "KAM304": {"projects.lost[0].lost_to": "Südwerk AG"},
    "KAM305": {"summary.top_contacts[0].contact": "Karl Nord"},
    "KAM306": {"strategy.goals[1].goal": "Zweites Werk gewinnen"},
    "KAM307": {"measures.measures[0].responsible": None},
    "KAM308": {"measures.measures[0].due": dt.date(2026, 11, 1), "measures.measures[0].start": None},
    "KAM309": {"measures.measures[0].start": dt.date(2027, 3, 1)},
    "KAM310": {"revenue.revenue[0].target": 200_000.0},
    "KAM311": {"strategy.position[0].weight": 0.5},
    "KAM312": {"competition.gaps[0].capability": "Termintreue", "competition.gaps[0].against_rival": "-"},
    "KAM313": {"contacts.matrix[0][0].planned": None},
    "KAM314": {"contacts.matrix[0][0].actual": 7.0},
    "KAM315": {"contacts.people[1].name": None, "contacts.people[1].role": None,
               "contacts.people[1].influence": None},
    "KAM316": {"contacts.people[0].role": "Nutzer"},
    "KAM317": {"cover.updated_on": dt.date(2026, 4, 3), "cover.created_on": dt.date(2026, 4, 1)},
    "KAM318": {"cover.created_on": dt.date(2026, 11, 3)},
    "KAM319": {"strategy.strategic_projects[0].project": "Zentrallager Ost"},
    "KAM320": {"opportunities.open[0].responsible": "Uwe Fremd"},
    "KAM321": {"strategy.goals[0].contact": "Karl Nord"},
    "KAM322": {"opportunities.open[0].rival": "Südwerk AG"},
    "KAM323": {"measures.measures[0].goal": "Weltherrschaft"},
    "KAM324": {"opportunities.open[0].product_group": "Getriebe"},
}  # fmt: skip

ENGLISH: dict[str, Raw] = {
    **SOUND,
    "opportunities.open[0].stage": "Negotiation",
    "measures.measures[0].area": "Solutions",
    "measures.measures[0].status": "open",
    "contacts.people[0].role": "Decider",
    "contacts.people[1].role": "Buyer",
}


def _checked(
    values: Mapping[str, Raw] = SOUND, file: str = "muster.xlsx", **options: object
) -> Checked:
    settings = settings_of(team=["Anna Berg"], **options)
    return check(extract_of(values, settings=settings, file=file), today=TODAY)


def _remark(remark: Remark) -> Sequence[Finding]:
    return check(extract_of(SOUND, remarks=[remark]), today=TODAY).findings


def _fault(fault: FileFault, detail: str = "") -> Sequence[Finding]:
    _, finding = broken_file(WorkbookError(fault, Path("plan.xlsx"), detail))
    return [finding] if finding else []


def _verdict(verdict: tuple[object, Finding | None] | None) -> Sequence[Finding]:
    return [verdict[1]] if verdict and verdict[1] else []


def _template(version: int) -> Sequence[Finding]:
    return check(extract_of(SOUND, template_version=version), today=TODAY).findings


def _not_started() -> Sequence[Finding]:
    """Nothing on the summary: two required notes are missing, which is one line."""
    extract = extract_of(
        changed(
            dict.fromkeys((path for path in SOUND if path.startswith("summary.")), None)
        )
    )
    return condense(check(extract, today=TODAY).findings, extract)


def _refused(monkeypatch: pytest.MonkeyPatch) -> Sequence[Finding]:
    """The model refuses what the conversion let pass; that cannot happen by values, so a stand-in says so."""

    def refuse(
        values: Mapping[str, object], _: object
    ) -> tuple[object, tuple[Refusal, ...]]:
        kept = {
            path: value for path, value in values.items() if path != "cover.industry"
        }
        return build_plan(kept)[0], (Refusal("cover.industry", "string_type"),)

    monkeypatch.setattr("kamxl.checks.check.build_plan", refuse)
    return check(
        extract_of(changed({"cover.industry": "Maschinenbau"})), today=TODAY
    ).findings


def _ambiguous_date() -> Sequence[Finding]:
    values = {**ENGLISH, "cover.next_review": "03/04/2027"}
    return check(extract_of(values, language="en"), today=TODAY).findings


def _across(*changes: Mapping[str, Raw], **settings: object) -> Sequence[Finding]:
    plans = [
        _checked({**SOUND, **change}, f"plan{number}.xlsx")
        for number, change in enumerate(changes)
    ]
    return check_across(plans, settings_of(**settings))


_PLACE = ("Tabelle9", "C7", "opportunities.open[0].project")
REMARKS: dict[str, Remark] = {
    "KAM101": SheetMissing("Tabelle9"),
    "KAM102": SheetRenamed("Tabelle9", expected="Deckblatt"),
    "KAM103": SheetDoubled("Tabelle9", original="Deckblatt"),
    "KAM104": SheetUnknown("Tabelle9"),
    "KAM111": FieldMoved(*_PLACE, origin="C5"),
    "KAM112": FieldNotFound(*_PLACE),
    "KAM113": FieldContradictory(*_PLACE),
    "KAM121": TableExtended("Tabelle9", "C7", "opportunities.open", rows=17, drawn=15),
    "KAM122": TableMissing("Tabelle9", path="opportunities.open"),
    "KAM123": RowDoubled(*_PLACE),
    "KAM124": EntryOutside("Tabelle9", "C7", value="x"),
    "KAM141": SettingsUnreadable("_kamxl"),
}
OTHERS: dict[str, Callable[[], Sequence[Finding]]] = {
    **{rule.code: lambda fault=fault: _fault(fault) for fault, rule in FILE_RULES.items()},
    **{code: lambda remark=remark: _remark(remark) for code, remark in REMARKS.items()},
    **{
        rule.code: lambda fault=fault: _remark(PartDamaged("Tabelle9", "C7", fault=fault))
        for fault, (rule, _) in RULE_OF_DAMAGE.items()
    },
    "KAM003": lambda: _fault(FileFault.OTHER_FORMAT, "xls"),
    "KAM011": lambda: _verdict(not_a_plan("urlaub.xlsx")),
    "KAM012": lambda: _verdict(other_workbook("portfolio.xlsx", WorkbookKind.PORTFOLIO)),
    "KAM013": lambda: _template(TEMPLATE_VERSION + 1),
    "KAM014": lambda: _template(TEMPLATE_VERSION - 1),
    "KAM015": lambda: _verdict(passed_over("angebot.docx")),
    "KAM016": lambda: _across({}, {}),
    "KAM205": _not_started,
    "KAM222": _ambiguous_date,
    "KAM401": lambda: _across({}, {"opportunities.open[0].value": 90_000.0}),
    "KAM402": lambda: [
        finding for finding in _across({}, {"cover.company": "Muster GmbH"}) if finding.code != "KAM401"
    ],
    "KAM403": lambda: _across({}, {"cover.account_id": "10024", "cover.key_account_manager": "Ana Berg"}),
    "KAM404": lambda: _across({"cover.currency": "CHF"}),
    "KAM405": lambda: _across({}, {"cover.account_id": "2"}, {"cover.account_id": "3", "cover.plan_year": 2026.0}),
}  # fmt: skip


def test_a_sound_plan_has_no_findings() -> None:
    """What everything else is compared with: nothing to object to, in either language."""
    assert _checked().findings == ()
    assert check(extract_of(ENGLISH, language="en"), today=TODAY).findings == ()


def test_every_rule_has_its_trigger() -> None:
    """The catalogue and the faults tried here are the same set."""
    assert set(CATALOGUE) == {*CHANGES, *OTHERS, "KAM299"}


@pytest.mark.parametrize("code", CHANGES)
def test_one_change_gives_one_finding(code: str) -> None:
    """Each fault is named by its own rule, once, at its cell, with a sentence and a remedy."""
    found = _checked(changed(CHANGES[code])).findings
    assert [finding.code for finding in found] == [code]
    assert found[0].place
    assert found[0].path
    _assert_worded(found[0])


@pytest.mark.parametrize("code", OTHERS)
def test_faults_of_files_structures_and_folders_are_named(code: str) -> None:
    """The faults that need more than a changed cell."""
    found = OTHERS[code]()
    assert [finding.code for finding in found] == [code]
    _assert_worded(found[0])


def test_what_only_the_model_refuses_is_a_finding_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The safety net below the conversions speaks our language, not pydantic's."""
    found = _refused(monkeypatch)
    assert [finding.code for finding in found] == ["KAM299"]
    _assert_worded(found[0])


def _assert_worded(finding: Finding) -> None:
    text = f"{finding.message} {finding.remedy}"
    assert not re.search(r"[{}]|\(\)|  | \.|„“|“”|None|Text\(", text), text
    assert finding.message[0] not in ".,: "
    assert finding.message.endswith((".", "?"))
    assert finding.remedy.endswith(".")


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=lambda rule: rule.code)
def test_both_languages_name_the_same_details(rule: Rule) -> None:
    """A detail that one language shows is not lost in the other."""
    for text in (rule.message, rule.remedy):
        german, english = (
            {name for _, name, _, _ in string.Formatter().parse(text[language]) if name}
            for language in ("de", "en")
        )
        assert german == english


def test_codes_are_in_their_families() -> None:
    """KAM0xx to KAM4xx, named in words with dashes."""
    for code, rule in CATALOGUE.items():
        assert re.fullmatch(r"KAM[0-4]\d\d", code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_catalogue_document_names_every_rule(language: str) -> None:
    """One line per rule, without a gap left open."""
    text = catalogue_markdown(language)
    for code, rule in CATALOGUE.items():
        assert f"| {code} | `{rule.name}` |" in text
    assert not re.search(r"[{}]|\(\)|  | \.", text)


def test_consistency_is_quiet_where_a_value_is_only_unreadable() -> None:
    """A plan that says something unreadable is not told that it says nothing."""
    values = changed({
        "measures.measures[0].responsible": Unreadable("#N/A"),
        "contacts.matrix[0][0].planned": Unreadable("#REF!"),
        "contacts.people[0].role": Unreadable("#REF!"),
    })  # fmt: skip
    assert {finding.code for finding in _checked(values).findings} == {"KAM240"}


def test_a_pipeline_as_a_table() -> None:
    """Several faults in one table, each in its row."""
    values = changed(rows_of("opportunities.open", """
        | project | offer_date | value | close_date | probability | stage     |
        |---------|------------|-------|------------|-------------|-----------|
        | Alpha   | 2026-10-01 | 50000 | 2027-03-01 | 0.6         | Angebot   |
        | Beta    | 2027-05-01 | 50000 | 2027-03-01 | 0.6         | Angebot   |
        | Gamma   |            | 50000 | 2026-03-01 | 1           | gewonnen  |
        | Delta   |            |       | 2026-03-01 | 0.9         | Idee      |
        |         |            | 7     |            |             |           |
    """))  # fmt: skip
    found = [
        (finding.path.removeprefix("opportunities."), finding.code)
        for finding in _checked(values).findings
    ]
    assert sorted(found) == [
        ("open[1].close_date", "KAM301"),
        ("open[3].close_date", "KAM302"),
        ("open[3].probability", "KAM303"),
        ("open[3].value", "KAM201"),
        ("open[4].close_date", "KAM201"),
        ("open[4].probability", "KAM201"),
        ("open[4].project", "KAM201"),
    ]


def test_a_manager_is_recognised_with_names_swapped_but_not_mistaken_for_another() -> (
    None
):
    """Turned round, "Berg, Anna" is Anna Berg; Anna Burger is somebody else."""
    swapped = _across(
        {}, {"cover.account_id": "2", "cover.key_account_manager": "Berg, Anna"}
    )
    other = _across(
        {}, {"cover.account_id": "2", "cover.key_account_manager": "Anna Burger"}
    )
    assert [finding.rule for finding in swapped] == ["manager-spelled-differently"]
    assert other == ()


def test_a_large_sales_force_is_told_apart_at_once() -> None:
    """Every name is compared with every other one: half a million pairs must not take minutes."""
    alphabet = string.ascii_lowercase
    draw = random.Random(1)  # noqa: S311 - names for a test
    names = [
        f"{''.join(draw.choices(alphabet, k=7))} {''.join(draw.choices(alphabet, k=9))}"
        for _ in range(1000)
    ]
    covers = [SimpleNamespace(key_account_manager=name) for name in names]
    plans: Any = [
        SimpleNamespace(file="x", plan=SimpleNamespace(cover=cover)) for cover in covers
    ]
    start = time.perf_counter()
    assert list(managers.spellings(plans, settings_of())) == []
    assert time.perf_counter() - start < 5


def test_plans_of_an_account_in_two_years_do_not_count_double() -> None:
    """The same account planned for two years is a matter of mixed years only."""
    found = _across({}, {"cover.plan_year": 2028.0})
    assert [finding.rule for finding in found] == ["mixed-plan-years"]


def test_a_message_without_a_label_begins_like_a_sentence() -> None:
    """English messages go on behind a label in lower case; a shortened list of values ends with one ellipsis."""
    message = CATALOGUE["KAM316"].message
    assert (
        word(message, {"label": "Role"}, "en")
        == "Role: the contact matrix names no decider."
    )
    assert word(message, {}, "en") == "The contact matrix names no decider."
    shortened = word(CATALOGUE["KAM230"].remedy, {"options": "EUR, CHF, …"}, "de")
    assert shortened == "Einen dieser Werte wählen: EUR, CHF, …"
