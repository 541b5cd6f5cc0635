"""A company's own standard (`kamxl.toml`): what may differ between companies without changing the plan.

Every key has a default, so no file is needed; defaults of scores come from `kamxl.scoring`. For example
``Settings(language="en").product_groups[0]`` is "Product group 1", because defaults that are printed follow
the language. `settings_file` reads the file and words its faults, `settings_default` writes it with comments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from annotated_types import Interval, Len
from pydantic import AfterValidator, BeforeValidator, Field, Strict

from kamxl.document.standard import Option, RowSpec
from kamxl.document.vocabulary import Profile, Protection
from kamxl.plan.cover import AccountClass, Currency, PlanYear
from kamxl.plan.settings.parts import (
    Criterion,
    CurrencyCode,
    Member,
    Named,
    Real,
    RuleSetting,
    SettingsEntry,
    SettingsPart,
    distinct,
    flattened,
    list_key,
    matching,
)
from kamxl.plan.settings.sections import (
    Criteria,
    Explained,
    NamedList,
    Portfolio,
    ReadingBudget,
    Report,
    Share,
    Thresholds,
)
from kamxl.scoring import LIMITS, Limits
from kamxl.texts import Language, Text

Name = Annotated[str, Len(1, 80)]
RowCount = Annotated[int, Strict(), Interval(ge=1, le=500)]
Minimum = Annotated[int, Strict(), Interval(ge=0, le=500)]

_RETENTION = (
    Named(key="service", de="Service", en="Service"),
    Named(key="training", de="Schulung", en="Training"),
    Named(key="joint_development", de="Gemeinsame Entwicklung", en="Joint development"),
    Named(key="framework_contract", de="Rahmenvertrag", en="Framework contract"),
    Named(key="bonus", de="Bonus", en="Bonus"),
    Named(key="event", de="Veranstaltung", en="Event"),
    Named(key="reference_programme", de="Referenzprogramm", en="Reference programme"),
)
_PLACEHOLDERS = (
    "k. A.", "k. Angabe", "keine Angabe", "keine Angaben", "n. a.", "n. b.", "n. v.", "N/A", "siehe oben", "s. o.",
    "siehe unten", "s. u.", "siehe Vorjahr", "dito", "dto.", "ditto", "wie oben", "wie immer", "wie gehabt",
    "wie Vorjahr", "tbd", "t. b. d.", "tba", "tbc", "to be defined", "to be determined", "to follow", "offen",
    "noch offen", "folgt", "folgt noch", "wird nachgereicht", "todo", "open", "see above", "see below", "as above",
    "as usual", "as before", "same as above", "not available", "not applicable", "no information", "Platzhalter",
    "placeholder", "bitte ausfüllen", "bitte eintragen", "please fill in",
)  # fmt: skip
_NOT_CARRIED = {"accent", "account_classes", "columns", "deadline", "report", "rules"}
"""What a plan workbook does not carry: its colour, what the lists call their columns and classes, how the portfolio
reports, and what the company's check asks for and when.

All else travels with it, because fields, figures and formulas follow from it wherever the plan is read.
"""
_BEFORE = {"spare_rows": False, "counts_lists": True, "year_to_date": False}
"""What holds for plans that were made before there was a setting and say nothing of it."""
_GROUP = Text(de="Produktgruppe {number}", en="Product group {number}")
GROUP_NAMES = tuple(_GROUP.format(number=number) for number in range(1, 6))
"""The placeholders that stand for product groups until a company names its own."""


def _default_groups(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name[data["language"]] for name in GROUP_NAMES)


class Settings(SettingsPart):
    """The company's standard. Keys are those of `kamxl.toml`; see the explanations beside them."""

    company: Annotated[
        Annotated[str, Len(max_length=120)],
        Explained("Name Ihres Unternehmens; steht in der Kopfzeile jedes Plans.",
                  "Name of your company; printed in the header of every plan."),
    ] = ""  # fmt: skip
    language: Annotated[
        Language,
        Explained(
            "Sprache der Arbeitsmappen: de oder en.",
            "Language of the workbooks: de or en.",
        ),
    ] = Language.DE
    currency: Annotated[
        CurrencyCode,
        Explained(
            "Währung neuer Pläne (ISO-Code).", "Currency of new plans (ISO code)."
        ),
    ] = "EUR"
    reporting_currency: Annotated[
        CurrencyCode,
        Explained(
            "Währung, in der das Portfolio berichtet.",
            "Currency in which the portfolio reports.",
        ),
    ] = "EUR"
    profile: Annotated[
        Profile,
        Explained("Umfang: full (mit Analysen) oder compact (die klassische Druckform).",
                  "Extent: full (with the analyses) or compact (the classical printed form)."),
    ] = Profile.FULL  # fmt: skip
    plan_year: Annotated[
        Annotated[PlanYear, Strict()] | None,
        Explained("Planjahr; ohne Angabe das nächste Kalenderjahr.",
                  "Plan year; next calendar year where none is given.", "plan_year = 2030"),
    ] = None  # fmt: skip
    deadline: Annotated[
        Annotated[date, Strict()] | None,
        Explained(
            "Abgabetermin der Pläne. Bis dahin sind fehlende Angaben offen, danach Fehler; ohne Termin bleiben sie "
            "offen.",
            "Day on which the plans are due. Until then missing entries are open, afterwards they are errors; without "
            "it they stay open.",
            "deadline = 2030-01-15",
        ),
    ] = None
    product_groups: Annotated[
        Annotated[tuple[Name, ...], Len(1, 60), AfterValidator(distinct)],
        Explained("Produktgruppen der Umsatzanalyse, in dieser Reihenfolge.",
                  "Product groups of the revenue analysis, in this order."),
    ] = Field(default_factory=_default_groups)  # fmt: skip
    team: Annotated[
        Annotated[tuple[Member, ...], Len(max_length=200)],
        Explained(
            "Eigenes Team: erscheint in den Auswahllisten und in der Kontaktmatrix.",
            "Your own team: offered in the dropdowns and shown in the contact matrix.",
            Text(
                de='team = [{ name = "Anna Beispiel", function = "Vertrieb", key_account_manager = true }]',
                en='team = [{ name = "Anna Sample", function = "Sales", key_account_manager = true }]',
            ),
        ),
    ] = ()
    retention: Annotated[
        NamedList,
        Explained(
            "Instrumente der Kundenbindung (Blatt 9).",
            "Instruments of customer retention (sheet 9).",
        ),
    ] = _RETENTION
    accent: Annotated[
        Annotated[
            str,
            matching(
                r"#[0-9A-Fa-f]{6}",
                "eine Farbe wie #1F4E79 erwartet",
                "expected a colour like #1F4E79",
            ),
        ],
        Explained("Akzentfarbe der Arbeitsmappen.", "Accent colour of the workbooks."),
    ] = "#1F4E79"
    protection: Annotated[
        Protection,
        Explained(
            "Schutz der berechneten Felder: cells (Excel lehnt ab, was jemand dort eintippt; Sortieren, Einfügen und "
            "Löschen gehen überall), sheets (Blattschutz ohne Kennwort; dann kann Excel Tabellen mit berechneten "
            "Spalten nicht sortieren und keine Zeilen löschen) oder none.",
            "Protection of the computed cells: cells (Excel refuses what somebody types there; sorting, inserting and "
            "deleting work everywhere), sheets (sheet protection without a password; Excel then cannot sort tables "
            "with computed columns nor delete rows) or none.",
        ),
    ] = Protection.CELLS
    spare_rows: Annotated[
        Annotated[bool, Strict()],
        Explained(
            "Weitere Zeilen und Personen zugeklappt mitgeben, z. B. 15 offene Projekte und 15 zum Aufklappen.",
            "Add further rows and people that are folded away, e.g. 15 open projects and 15 more to unfold.",
        ),
    ] = True
    year_to_date: Annotated[
        Annotated[bool, Strict()],
        Explained(
            "Neben dem Forecast zeigen, was im laufenden Jahr schon umgesetzt ist (aus der Umsatzliste).",
            "Show beside the forecast what was sold so far in the current year (from the revenue list).",
        ),
    ] = True
    counts_lists: Annotated[
        Annotated[bool, Strict()],
        Explained(
            "Zählt zur Vollständigkeit auch, was aus Ihren Listen kommt (Stammdaten, Namen)? Sonst beginnt jeder neue "
            "Plan bei 0 %.",
            "Does completeness count what comes from your lists (master data, names), too? Otherwise each new plan "
            "begins at 0%.",
        ),
    ] = False
    collect_motives: Annotated[
        Annotated[bool, Strict()],
        Explained(
            "Kaufmotiv und Persönlichkeitstyp von Ansprechpartnern erfassen? Das sind personenbezogene Daten; "
            "klären Sie dies vorher mit Ihrem Datenschutzbeauftragten.",
            "Collect buying motive and type of contacts? These are personal data; clear this with your data "
            "protection officer first.",
        ),
    ] = False
    minimum_coverage: Annotated[
        Share,
        Explained("Mindestanteil der beantworteten Gewichte; darunter gibt es keinen Punktwert (0.7 = 70 %).",
                  "Least share of answered weight; below it there is no score (0.7 = 70%)."),
    ] = LIMITS.minimum_coverage  # fmt: skip
    placeholders: Annotated[
        Annotated[tuple[Name, ...], Len(max_length=300), AfterValidator(distinct)],
        Explained(
            "Platzhalter: Einträge, die nichts sagen und deshalb als leer gelten; ebenso Striche, Punkte und „xxx“.",
            "Placeholders: entries that say nothing and therefore count as empty; dashes, dots and “xxx” do as well.",
        ),
    ] = _PLACEHOLDERS
    criteria: Annotated[
        Criteria, Explained("Kriterien der Bewertungen.", "Criteria of the ratings.")
    ] = Criteria()  # fmt: skip
    portfolio: Annotated[
        Portfolio, Explained("Kundenportfolio.", "Customer portfolio.")
    ] = Portfolio()  # fmt: skip
    limits: Annotated[
        Thresholds, Explained("Grenzwerte der Kennzahlen.", "Limits of the figures.")
    ] = Thresholds()  # fmt: skip
    report: Annotated[
        Report, Explained("Portfolio-Arbeitsmappe.", "Portfolio workbook.")
    ] = Report()  # fmt: skip
    reading: Annotated[
        ReadingBudget,
        Explained(
            "Grenzen beim Lesen einer einzelnen Datei. Was mehr braucht, wird abgebrochen und gemeldet.",
            "Limits of reading a single file. What needs more is ended and reported.",
        ),
    ] = ReadingBudget()
    rows: Annotated[
        Annotated[dict[str, RowCount], BeforeValidator(flattened)],
        Explained(
            "Zahl der freien Zeilen je Tabelle, die zu sehen sind.",
            "Number of free rows per table that are seen.",
        ),
    ] = {}
    minimum_rows: Annotated[
        Annotated[dict[str, Minimum], BeforeValidator(flattened)],
        Explained(
            "Mindestzahl ausgefüllter Zeilen je Tabelle.",
            "Minimum number of filled rows per table.",
        ),
    ] = {}
    lists: Annotated[
        dict[str, tuple[SettingsEntry, ...]],
        Explained(
            "Zusätzliche Werte für Auswahllisten: currency (Währung), area (Bereich einer Maßnahme), "
            "negotiation_topic (Verhandlungsthema), account_strategy (gewählte Strategie).",
            "Additional values of dropdown lists: currency, area (of a measure), negotiation_topic, "
            "account_strategy (chosen strategy).",
            'currency = ["AUD", "CAD"]',
        ),
    ] = {}  # fmt: skip
    columns: Annotated[
        dict[str, Annotated[tuple[Name, ...], Len(1, 20)]],
        Explained(
            "Eigene Überschriften der Kunden- und der Umsatzliste anstelle der üblichen, je Feld: account_id, company, "
            "product_group, year, revenue und alle Felder des Deckblatts.",
            "Your own headings in the lists of accounts and revenue instead of the usual ones, by field: account_id, "
            "company, product_group, year, revenue and all fields of the cover.",
            Text(
                de='account_id = ["Partnernummer", "GP-Nr."]',
                en='account_id = ["Partner number", "BP no."]',
            ),
        ),
    ] = {}
    account_classes: Annotated[
        dict[Name, AccountClass],
        Explained(
            "Was in einer ABC- oder Klassenspalte der Kundenliste steht, und welche Klassifizierung es bedeutet: major "
            "(Major Account), key (Key Account) oder target (Target Account).",
            "What an ABC or class column of the account list holds, and which classification it means: major (major "
            "account), key (key account) or target (target account).",
            'A = "key"',
        ),
    ] = {}
    exchange_rates: Annotated[
        dict[CurrencyCode, Annotated[Real, Interval(gt=0)]],
        Explained(
            "Wechselkurse: Wie viel der Berichtswährung eine Einheit wert ist.",
            "Exchange rates: what one unit is worth in the reporting currency.",
            "CHF = 1.05",
        ),
    ] = {}
    rules: Annotated[
        dict[str, RuleSetting],
        Explained(
            "Prüfregeln, mit Namen oder Code: severity = error, open, warning, hint oder off; threshold, wo die "
            "Regel einen Grenzwert hat.",
            "Rules of the check, by name or code: severity = error, open, warning, hint or off; threshold where "
            "the rule has a limit.",
            'KAM301 = { severity = "hint" }',
        ),
    ] = {}

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The settings of a TOML file.

        Raises:
            SettingsError: the file cannot be read or a key is wrong; one message in the file's language, with
                the file's name and the key's path (lists count from 0).
        """
        from kamxl.plan.settings.file import load_settings  # noqa: PLC0415 - it reads this class

        return load_settings(cls, Path(path))

    def changed(self, **changes: object) -> Self:
        """These settings with other values; defaults that depend on them (names by language) follow.

        Raises:
            SettingsError: a value that the settings do not allow.
        """
        from kamxl.plan.settings.file import validated  # noqa: PLC0415 - it reads this class

        given = {key: getattr(self, key) for key in self.model_fields_set}
        return validated(type(self), {**given, **changes})

    @classmethod
    def carried(cls, text: str, language: str, profile: str, year: int) -> Self:
        """The standard that a workbook carries as JSON, for the language, profile and year it names itself.

        Raises:
            ValueError: the text is no standard.
        """
        standard = cls.model_validate_json(text)
        unsaid = _BEFORE.keys() - standard.model_fields_set
        given = standard.model_dump() | {key: _BEFORE[key] for key in unsaid}
        known = {"language": language, "profile": profile, "plan_year": year}
        return cls.model_validate({**given, **known})

    def shaping_json(self) -> str:
        """What of the standard shapes a plan, as JSON."""
        shaping = self.model_copy(update={"plan_year": self.year})
        return shaping.model_dump_json(exclude=_NOT_CARRIED)

    @property
    def year(self) -> int:
        """The plan year; next calendar year where the settings name none."""
        return self.plan_year or date.today().year + 1

    @property
    def people(self) -> tuple[str, ...]:
        """The names of the own team."""
        return tuple(member.name for member in self.team)

    @property
    def scoring_limits(self) -> Limits:
        """The thresholds of all scores under these settings."""
        return replace(
            LIMITS,
            minimum_coverage=self.minimum_coverage,
            segment_cut=self.portfolio.cut,
            segment_thirds=self.portfolio.thirds,
            **dict(self.limits),
        )

    def rows_of(self, source: str) -> tuple[RowSpec, ...]:
        """The rows that a list of the settings gives a table, with the entries they start with.

        Args:
            source: ``product_groups``, ``retention`` or ``criteria.attractiveness`` etc.

        Raises:
            KeyError: there is no such list.
        """
        if source == "product_groups":
            return tuple(
                RowSpec(
                    f"group_{number}", Text(de=name, en=name), {"product_group": name}
                )
                for number, name in enumerate(self.product_groups, 1)
            )
        criteria = {f"criteria.{name}": entries for name, entries in self.criteria}
        entries: tuple[Named, ...] = {"retention": self.retention, **criteria}[source]
        weights = {e.key: e.weight for e in entries if isinstance(e, Criterion)}
        total = sum(weights.values())
        # Weights that make 1 stay as they were written; dividing would leave a trace in the last digit.
        divisor = 1.0 if abs(total - 1) < 1e-9 else total
        starts = {key: {"weight": weights[key] / divisor} for key in weights}
        return tuple(RowSpec(e.key, e.text, starts.get(e.key, {})) for e in entries)

    def added_options(self, name: str) -> tuple[Option, ...]:
        """The values the company adds to a list, named by its class (``MeasureArea``) or as ``measure_area``."""
        key = list_key(name)
        added = [Option(entry.code, entry.text) for entry in self.lists.get(key, ())]
        if key == "currency":
            rates = self.exchange_rates
            used = dict.fromkeys((self.currency, self.reporting_currency, *rates))
            known = {*Currency, *(option.code for option in added)}
            new = [code for code in used if code not in known]
            added += [Option(code, Text(de=code, en=code)) for code in new]
        return tuple(added)

    def rate(self, currency: str) -> float | None:
        """What one unit of `currency` is worth in the reporting currency; `None` where no rate is known."""
        if currency == self.reporting_currency:
            return 1.0
        return self.exchange_rates.get(currency)

    def rule(self, *names: str) -> RuleSetting:
        """What the company set for a rule, looked up by its code and its name."""
        settings = (self.rules[name] for name in names if name in self.rules)
        return next(settings, RuleSetting())
