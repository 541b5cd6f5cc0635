"""Every rule of the catalogue is set off by exactly the fault it names."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import string
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kamxl.checks.across import check_across
from kamxl.checks.catalogue import catalogue_markdown
from kamxl.checks.check import check
from kamxl.checks.checked import Checked
from kamxl.checks.condense import condense
from kamxl.checks.entries.building import Refusal, build_plan
from kamxl.checks.files import RULE_OF as FILE_RULES
from kamxl.checks.files import (
    broken_file,
    closed_folder,
    not_a_plan,
    other_workbook,
    passed_over,
    unreadable_file,
)
from kamxl.checks.findings import Finding
from kamxl.checks.rules import CATALOGUE, Rule, word
from kamxl.checks.rules.across import names as spelled
from kamxl.checks.rules.workbook import RULE_OF_DAMAGE
from kamxl.document.extract import WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.document.remarks import (
    EntryOutside,
    FieldContradictory,
    FieldMerged,
    FieldMoved,
    FieldNotFound,
    IdentityForeign,
    IdentityLost,
    NotesBeside,
    PartDamaged,
    Remark,
    RowDoubled,
    RowOutside,
    RowsRelabelled,
    SettingsUnreadable,
    SheetDoubled,
    SheetForeign,
    SheetMissing,
    SheetRenamed,
    SheetUnknown,
    TableExtended,
    TableMissing,
)
from kamxl.xlsx.book import CellStyle
from kamxl.xlsx.source import FileFault, WorkbookError
from tests.extracts import (
    SOUND,
    SOUND_PLAN,
    SPEC,
    TODAY,
    cells,
    changed,
    extract_of,
    settings_of,
)
from tests.figure_plans import (
    calculated,
    deleted,
    findings_of,
    rewritten,
    typed_over,
    with_row,
)
from tests.plan_tables import Raw, Unreadable, cases_of

# What is changed in a sound plan, by the code of the only finding it gives:
# sheet, row (in the contact matrix own person/contact), field, value.
CHANGES = cases_of(rf"""
    | KAM201 | Deckblatt             |     | Firma                     |                       |
    | KAM206 | Deckblatt             |     | Kundennummer              |                       |
    | KAM202 | 6 Konkurrenzanalyse   | 1   | Wettbewerber              |                       |
    |        |                       | 1   | Bedeutung                 |                       |
    |        | Verlorene Projekte    | 1   | An wen?                   |                       |
    | KAM203 | 3 Umsatzanalyse       | 1   | Ziel 2027                 |                       |
    | KAM204 | Deckblatt             |     | Branche                   | "  \u00a0 "           |
    | KAM210 | 5 Offene Projekte     | 1   | Angebotswert              | "auf Anfrage"         |
    | KAM211 | 5 Offene Projekte     | 1   | Angebotswert              | "80.000,00 €"         |
    | KAM212 | 5 Offene Projekte     | 1   | Chance                    | 140 %                 |
    | KAM213 | 5 Offene Projekte     | 1   | Angebotswert              | "80.000"              |
    | KAM214 | 5 Offene Projekte     | 1   | Chance                    | 60                    |
    | KAM215 | Kontaktmatrix         | 1/2 | Soll                      | 2,5                   |
    | KAM216 | 5 Offene Projekte     | 1   | Angebotswert              | "80.000,00 CHF"       |
    | KAM220 | Deckblatt             |     | Nächster Review           | "nach der Messe"      |
    | KAM221 | Deckblatt             |     | Nächster Review           | "3. April 2027"       |
    | KAM223 | Deckblatt             |     | Nächster Review           | 03.04.1926            |
    | KAM224 | Deckblatt             |     | Nächster Review           | 46480                 |
    | KAM225 | Kontaktmatrix         | 1/2 | Ist                       | 02.06.2026            |
    | KAM227 | 5 Offene Projekte     | 1   | Erwarteter Abschluss      | "03/31/2027"          |
    |        |                       | 1   | Angebotsdatum             | 15.10.2026            |
    | KAM230 | 5 Offene Projekte     | 1   | Phase                     | "in der Schwebe"      |
    | KAM231 | 5 Offene Projekte     | 1   | Phase                     | "VERHANDLUNG "        |
    | KAM240 | 5 Offene Projekte     | 1   | Angebotswert              | #REF!                 |
    | KAM241 | 5 Offene Projekte     | 1   | Angebotswert              | =A1*2                 |
    | KAM242 | 5 Offene Projekte     | 1   | Angebotswert              | "=SUMME(F13:F14)"     |
    | KAM250 | Deckblatt             |     | Branche                   | {"Maschinen " * 40}   |
    | KAM251 | Deckblatt             |     | Branche                   | "Maschinen\u0007bau"  |
    | KAM252 | Deckblatt             |     | Branche                   | "Maschinen\nbau"      |
    | KAM254 | Deckblatt             |     | Firma                     | k. A.                 |
    | KAM255 | Deckblatt             |     | Branche                   | siehe oben            |
    | KAM256 | 5 Offene Projekte     | 2   | Projekt                   | Summe                 |
    |        |                       | 2   | Angebotswert              | 80.000                |
    | KAM260 | Kontaktmatrix         | 1/2 | Ist                       | "2/6"                 |
    | KAM261 | 5 Offene Projekte     | 1   | Angebotswert              | WAHR                  |
    | KAM131 | 5 Offene Projekte     | 1   | Angebotswert              | <v>1 2</v>            |
    | KAM301 | 5 Offene Projekte     | 1   | Erwarteter Abschluss      | 15.09.2026            |
    |        |                       | 1   | Phase                     | gewonnen              |
    |        |                       | 1   | Chance                    | 100 %                 |
    | KAM302 | 5 Offene Projekte     | 1   | Erwarteter Abschluss      | 31.10.2026            |
    | KAM303 | 5 Offene Projekte     | 1   | Phase                     | gewonnen              |
    | KAM304 | Verlorene Projekte    | 1   | An wen?                   | Südwerk AG            |
    | KAM305 | 1 Management-Summary  | 1   | Kontaktpartner            | Karl Nord             |
    | KAM306 | 8 Strategie Folgejahr | 2   | Ziel                      | Zweites Werk gewinnen |
    | KAM307 | 9 Maßnahmen           | 1   | Verantwortlich            |                       |
    | KAM308 | 9 Maßnahmen           | 1   | Termin                    | 01.11.2026            |
    |        |                       | 1   | Beginn                    |                       |
    | KAM309 | 9 Maßnahmen           | 1   | Beginn                    | 01.03.2027            |
    | KAM310 | 3 Umsatzanalyse       | 1   | Ziel 2027                 | 200.000               |
    | KAM311 | Wettbewerbsposition   | 1   | Gewicht                   | 50 %                  |
    | KAM312 | Abweichungsanalyse    | 1   | Fähigkeit / Leistung      | Termintreue           |
    |        |                       | 1   | Gegen besten Wettbewerber | schlechter (−)        |
    | KAM313 | Kontaktmatrix         | 1/1 | Soll                      |                       |
    | KAM314 | Kontaktmatrix         | 1/1 | Ist                       | 7                     |
    | KAM315 | contacts.people       | 2   | Name                      |                       |
    |        |                       | 2   | Rolle                     |                       |
    |        |                       | 2   | Einfluss                  |                       |
    | KAM316 | contacts.people       | 1   | Rolle                     | Nutzer                |
    | KAM317 | Deckblatt             |     | Aktualisiert              | 03.04.2026            |
    |        |                       |     | Erstellt                  | 01.04.2026            |
    | KAM318 | Deckblatt             |     | Erstellt                  | 03.11.2026            |
    | KAM319 | 8 Strategie Folgejahr | 1   | Projekt                   | Zentrallager Ost      |
    | KAM320 | 5 Offene Projekte     | 1   | Verantwortlich            | Uwe Fremd             |
    | KAM321 | 8 Strategie Folgejahr | 1   | Ansprechpartner           | Karl Nord             |
    | KAM322 | 5 Offene Projekte     | 1   | Wettbewerber              | Südwerk AG            |
    | KAM323 | 9 Maßnahmen           | 1   | Dient dem Ziel            | Weltherrschaft        |
    | KAM324 | 5 Offene Projekte     | 1   | Produktgruppe             | Getriebe              |
    | KAM325 | 5 Offene Projekte     | 1   | Angebotsdatum             | 01.02.2027            |
    | KAM326 | Deckblatt             |     | Nächster Review           | 01.01.2026            |
    | KAM327 | Deckblatt             |     | Erstellt                  | 02.09.2030            |
    |        |                       |     | Aktualisiert              | 03.11.2030            |
    | KAM328 | 3 Umsatzanalyse       | 1   | Ziel 2027                 | 120                   |
    | KAM330 | 5 Offene Projekte     | 1   | Angebotswert              | 80.000.000            |
    | KAM331 | contacts.people       | 2   | Name                      | Jana Krüger           |
""", SPEC)  # fmt: skip
# A number and a date in fields for text, which a table would take for texts.
CHANGES |= {
    "KAM226": {"cover.street": dt.date(2026, 5, 12)},
    "KAM253": {"cover.postal_code": 1069.0},
    "KAM264": {"cover.account_id": dt.date(2026, 1, 1)},
    "KAM350": {
        f"opportunities.open[{row}].{key}": value
        for row in range(1, 30)
        for key, value in (
            ("project", f"Vorhaben {row}"),
            ("value", 1000.0 + row),
            ("close_date", dt.date(2027, 6, 1)),
            ("probability", 0.4),
            ("next_step", "Termin vereinbaren"),
        )
    },
}

ENGLISH = cells(SOUND_PLAN, "en")


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


def _foreign(name: str, kind: str = "") -> Sequence[Finding]:
    """A file that is not called a workbook and is of this kind, or could not be opened."""
    fault = FileFault.OTHER_FORMAT if kind else FileFault.DAMAGED
    return _verdict(unreadable_file(WorkbookError(fault, Path(name), kind)))


def _saved_as_text() -> Sequence[Finding]:
    """A plan's first sheet, saved as a text file with the keys of its fields."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.csv"
        path.write_text(
            "cover.company;Firma;Muster\ncover.account_id;Kundennummer;10023"
        )
        return _verdict(passed_over(path))


def _template(version: int) -> Sequence[Finding]:
    return check(extract_of(SOUND, template_version=version), today=TODAY).findings


def _not_started() -> Sequence[Finding]:
    """Nothing on the summary: two required notes are missing, which is one line."""
    emptied = (path for path in SOUND if path.startswith("summary."))
    extract = extract_of({**SOUND, **dict.fromkeys(emptied, None)})
    return condense(check(extract, today=TODAY).findings, extract)


def _total_in_thousands() -> Sequence[Finding]:
    """One product group was sold, another one is to be: no row shows that the target is in thousands."""
    row = "revenue.revenue[1]"
    gone = {"revenue.revenue[0].target": 0.0, "revenue.revenue[0].comment": "läuft aus"}
    values = {**SOUND, **gone, f"{row}.target": 120.0}
    return _checked(values, product_groups=["Antriebe", "Getriebe"]).findings


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
    values = changed("| Deckblatt | Branche | Maschinenbau |")
    return check(extract_of(values), today=TODAY).findings


def _ambiguous_date() -> Sequence[Finding]:
    values = {**ENGLISH, **cells('| Deckblatt | Nächster Review | "03/04/2027" |')}
    return check(extract_of(values, language="en"), today=TODAY).findings


def _swapped() -> Sequence[Finding]:
    """A date that Excel may have understood the other way round, beside one that shows how they are typed."""
    values = changed('| 5 Offene Projekte | 1 | Erwarteter Abschluss | "03/31/2027" |')
    found = check(extract_of(values), today=TODAY).findings
    return [finding for finding in found if finding.code != "KAM227"]


_PICTURE = Unreadable("#VALUE!", "picture")


def _styled(path: str, raw: float | str, style: CellStyle) -> Sequence[Finding]:
    """What is found where one cell of a sound plan is shown in an unusual way."""
    extract = extract_of({**SOUND, path: raw})
    entries = tuple(
        entry._replace(style=style) if entry.path == path else entry
        for entry in extract.entries
    )
    return check(dataclasses.replace(extract, entries=entries), today=TODAY).findings


def _across(*changes: str, **settings: object) -> Sequence[Finding]:
    """What is found across plans that are sound but for these changes, each a table."""
    plans = [
        _checked(changed(change), f"plan{number}.xlsx")
        for number, change in enumerate(changes)
    ]
    return check_across(plans, settings_of(**settings))


def _made_for(**known: Any) -> Sequence[Finding]:
    """The sound plan in a file that says something else of itself."""
    extract = extract_of(SOUND)
    identity = dataclasses.replace(extract.identity, **known)
    return check(dataclasses.replace(extract, identity=identity), today=TODAY).findings


def _for_year(year: int) -> Sequence[Finding]:
    """The sound plan, made for another year."""
    return _checked({**SOUND, "cover.plan_year": year}, plan_year=year).findings


_COVERAGE = "contacts.team[0].coverage"


def _row_inserted() -> Sequence[Finding]:
    """A project below the first one, which no formula knows."""
    return findings_of(
        with_row(
            calculated(), {"project": "Neu", "value": 70_000.0, "probability": 0.5}
        )
    )


def _renumbered() -> Sequence[Finding]:
    """The same plan once more, as somebody saved it under another account number."""
    plans = [_checked(), _checked(changed("| Deckblatt | Kundennummer | 10099 |"))]
    known = [replace(p, identity=replace(p.identity, plan_id="1")) for p in plans]
    return check_across(known, settings_of())


def _saved_as_another() -> Sequence[Finding]:
    """A plan saved under another account number, with a project of the new account."""
    other = changed("""
        | Deckblatt         | Kundennummer | 10099     |
        | 5 Offene Projekte | 1 | Projekt  | Neue Halle |
    """)
    plans = [_checked(), _checked(other)]
    known = [replace(p, identity=replace(p.identity, plan_id="1")) for p in plans]
    return check_across(known, settings_of())


_PLACE = ("Tabelle9", "C7", "opportunities.open[0].project")
REMARKS: dict[str, Remark] = {
    "KAM101": SheetMissing("Tabelle9"),
    "KAM102": SheetRenamed("Tabelle9", expected="Deckblatt"),
    "KAM103": SheetDoubled("Tabelle9", original="Deckblatt"),
    "KAM104": SheetUnknown("Tabelle9"),
    "KAM150": NotesBeside("5 Offene Projekte"),
    "KAM111": FieldMoved(*_PLACE, origin="C5"),
    "KAM112": FieldNotFound(*_PLACE),
    "KAM113": FieldContradictory(*_PLACE),
    "KAM257": FieldMerged(*_PLACE, area="C6:C7"),
    "KAM121": TableExtended("Tabelle9", "C7", "opportunities.open", rows=17, drawn=15),
    "KAM122": TableMissing("Tabelle9", path="opportunities.open"),
    "KAM123": RowDoubled(*_PLACE),
    "KAM114": RowsRelabelled("3 Umsatzanalyse", "C23", "revenue.wallet"),
    "KAM116": SheetForeign("5 Offene Projekte"),
    "KAM117": IdentityForeign("_kamxl", account="10041", year=2027),
    "KAM118": IdentityLost("_kamxl", account="", year=2027),
    "KAM124": EntryOutside("Tabelle9", "C7", value="x"),
    "KAM125": RowOutside(
        "5 Offene Projekte",
        "C40",
        "opportunities.open",
        row=40,
        values=("Werk 9", "250000"),
    ),
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
    "KAM016": lambda: _across("", ""),
    "KAM017": lambda: _verdict(passed_over("Thumbs.db")),
    "KAM018": lambda: _foreign("plan.xlsx.crdownload"),
    "KAM019": _saved_as_text,
    "KAM020": lambda: _foreign("plan.ods", "ods"),
    "KAM021": lambda: _foreign("plans.rar", "rar"),
    "KAM022": lambda: _checked(file="muster.xls").findings,
    "KAM023": lambda: _foreign("10023.xlsx.url", "text"),
    "KAM024": lambda: _verdict(closed_folder("Süd")),
    "KAM170": lambda: _checked(SOUND | {"controlling.targets[60].indicator": "Audits"}).findings,
    "KAM205": _not_started,
    "KAM217": lambda: _styled("opportunities.open[0].value", 80.0, CellStyle('0 "T€"')),
    "KAM218": lambda: _styled("opportunities.open[0].value", 80_000.0, CellStyle(";;;")),
    "KAM219": lambda: _styled("opportunities.open[0].value", 0.5, CellStyle("h:mm")),
    "KAM222": _ambiguous_date,
    "KAM245": lambda: findings_of(typed_over(calculated(), _COVERAGE, 0.3)),
    "KAM246": lambda: findings_of(deleted(calculated(), _COVERAGE)),
    "KAM247": lambda: findings_of(rewritten(calculated(), _COVERAGE, "1/2", 0.5)),
    "KAM248": lambda: [one for one in _row_inserted() if one.code == "KAM248"][:1],
    "KAM249": lambda: findings_of(calculated(shown={_COVERAGE: 0.9})),
    "KAM262": lambda: [one for one in _row_inserted() if one.code == "KAM262"][:1],
    "KAM265": lambda: _made_for(account_id="10099"),
    "KAM266": lambda: _made_for(plan_year=2026),
    "KAM332": lambda: _for_year(2072),
    "KAM329": _total_in_thousands,
    "KAM401": lambda: _across("", """
        | Deckblatt         | Aktualisiert | 19.11.2026   |
        | 5 Offene Projekte | 1            | Angebotswert | 90.000 |
    """),
    "KAM228": _swapped,
    "KAM243": lambda: _checked({**SOUND, "cover.industry": _PICTURE}).findings,
    "KAM244": lambda: _styled("opportunities.open[0].value", 80_000.0, CellStyle(is_struck=True)),
    "KAM402": lambda: [
        finding for finding in _across("", "| Deckblatt | Firma | Muster GmbH |") if finding.code != "KAM401"
    ],
    "KAM403": lambda: _across("", """
        | Deckblatt | Kundennummer | 10024    |
        |           | KAM          | Ana Berg |
    """),
    "KAM407": lambda: _across("| Deckblatt | Konzern / Global Account | Alpen-Gruppe |", """
        | Deckblatt | Kundennummer             | 10024       |
        |           | Konzern / Global Account | Alpengruppe |
    """),
    "KAM409": _renumbered,
    "KAM411": _saved_as_another,
    "KAM410": lambda: _across("", """
        | Deckblatt | Kundennummer | 00010023 |
        |           | Planjahr     | 2026     |
    """, rules={"KAM405": {"severity": "off"}}),
    "KAM408": lambda: _across("| Deckblatt | Kundennummer | 10024 |", """
        | Deckblatt           | Kundennummer | 10025         |
        | 6 Konkurrenzanalyse | 1            | Wettbewerber | Nordwerk GmbH |
    """),
    "KAM404": lambda: _across("| Deckblatt | Währung | CHF |"),
    "KAM406": lambda: _across("| Deckblatt | Währung | |"),
    "KAM405": lambda: _across("", "| Deckblatt | Kundennummer | 2 |", """
        | Deckblatt | Kundennummer | 3    |
        |           | Planjahr     | 2026 |
    """),
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
    found = _checked({**SOUND, **CHANGES[code]}).findings
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
    assert finding.remedy.endswith((".", "…"))


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
    values = changed("""
        | 9 Maßnahmen     | 1   | Verantwortlich | #N/A  |
        | Kontaktmatrix   | 1/1 | Soll           | #REF! |
        | contacts.people | 1   | Rolle          | #REF! |
    """)
    assert {finding.code for finding in _checked(values).findings} == {"KAM240"}


def test_a_pipeline_as_a_table() -> None:
    """Several faults in one table, each in its row."""
    values = changed("""
        | 5 Offene Projekte | Projekt | Angebotsdatum | Angebotswert | Erwarteter Abschluss | Chance | Phase    |
        |                   | Alpha   | 01.10.2026    | 50.000       | 01.03.2027           | 60 %   | Angebot  |
        |                   | Beta    | 01.05.2027    | 50.000       | 01.03.2027           | 60 %   | Angebot  |
        |                   | Gamma   |               | 50.000       | 01.03.2026           | 100 %  | gewonnen |
        |                   | Delta   |               |              | 01.03.2026           | 90 %   | Idee     |
        |                   |         |               | 7            |                      |        |          |
    """)
    found = [
        (finding.path.removeprefix("opportunities."), finding.code)
        for finding in _checked(values).findings
    ]
    assert sorted(found) == [
        ("open[1].close_date", "KAM301"),
        ("open[1].offer_date", "KAM325"),
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
    second = "| Deckblatt | Kundennummer | 2 |\n | Deckblatt | KAM | {} |"
    swapped = _across("", second.format("Berg, Anna"))
    other = _across("", second.format("Anna Burger"))
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
    assert list(spelled.managers(plans, settings_of())) == []


def test_plans_of_an_account_in_two_years_do_not_count_double() -> None:
    """The same account planned for two years is a matter of mixed years only."""
    found = _across("", "| Deckblatt | Planjahr | 2028 |")
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
