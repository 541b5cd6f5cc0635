"""A company's standard: defaults, the commented file, short forms, and messages that name the key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from kamxl.demo.company import plans as demo_plans
from kamxl.demo.company import settings as demo_settings
from kamxl.document.figures import figures
from kamxl.document.formulas import document_formulas
from kamxl.document.layout.layout import lay_out
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Profile
from kamxl.errors import SettingsError
from kamxl.generation.accounts import ListedAccount
from kamxl.generation.history import NO_HISTORY
from kamxl.generation.prefill import prefill
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import plan_spec, read_plan
from kamxl.plan.settings.default import default_toml
from kamxl.plan.settings.find import find_settings
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.parts import Criterion
from kamxl.plan.settings.toml_values import toml_key, toml_value
from kamxl.scoring import (
    ATTRACTIVENESS_CRITERIA,
    LIMITS,
    POSITION_CRITERIA,
    portfolio_cell,
)
from kamxl.texts import Language, Text

Load = Callable[[str], Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Settings read from a file with this text."""

    def settings(text: str) -> Settings:
        path = tmp_path / "kamxl.toml"
        path.write_text(text, encoding="utf-8")
        return Settings.load(path)

    return settings


def test_an_empty_file_is_the_standard(load: Load) -> None:
    """Nothing has to be set: an empty file equals the built-in defaults."""
    assert load("") == Settings()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_default_file_says_what_holds_without_it(load: Load, language: str) -> None:
    """The commented default file, loaded, changes nothing but the language."""
    assert load(default_toml(language)) == Settings(language=Language(language))


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_default_file_explains_every_key(language: str) -> None:
    """Each key of the settings stands in the default file, below a comment in its language."""
    lines = default_toml(language).splitlines()
    for key in Settings.model_fields:
        place = next(
            i
            for i, line in enumerate(lines)
            if line.removeprefix("# ").startswith((f"{key} =", f"[{key}]"))
        )
        neighbour = (
            lines[place + 1] if lines[place].startswith("[") else lines[place - 1]
        )
        assert neighbour.startswith("# "), key


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_example_of_the_default_file_works(load: Load, language: str) -> None:
    """A user may take the # away from any example: the file still loads, and says something new."""
    lines = default_toml(language).splitlines()
    examples = [
        i
        for i, line in enumerate(lines)
        if line.startswith("# ") and " = " in line and line[-1] != "."
    ]
    examples = [i for i in examples if toml_like(lines[i][2:])]
    assert len(examples) > 20
    for i in examples:
        lines[i] = lines[i][2:]
    settings = load("\n".join(lines))
    assert settings.team
    assert settings.plan_year == 2030
    assert settings.exchange_rates == {"CHF": 1.05}
    assert settings.rules
    assert settings.portfolio.strategies
    assert settings.lists["currency"][0].code == "AUD"
    assert settings.rows["opportunities.open"] > 1
    assert settings.minimum_rows["measures.measures"] == 1


def toml_like(line: str) -> bool:
    """Whether a commented line is an example and no sentence."""
    return (
        line.partition(" = ")[0].replace("_", "").replace(".", "").strip('"').isalnum()
    )


def test_scores_take_their_defaults_from_the_scoring_room() -> None:
    """Limits and criteria are those of `kamxl.scoring`; nothing is typed twice."""
    settings = Settings()
    assert settings.scoring_limits == LIMITS
    for mine, theirs in (
        (settings.criteria.attractiveness, ATTRACTIVENESS_CRITERIA),
        (settings.criteria.position, POSITION_CRITERIA),
    ):
        assert [(c.key, c.de, c.en, c.weight) for c in mine] == [
            (c.code, c.name.de, c.name.en, c.weight) for c in theirs
        ]


def test_own_limits_reach_the_scores(load: Load) -> None:
    """What the file says about limits is what the scoring functions get."""
    settings = load(
        "minimum_coverage = 0.5\n[portfolio]\ncut = 60\n[limits]\nattainment_cap = 1.5"
    )
    limits = settings.scoring_limits
    assert (limits.minimum_coverage, limits.segment_cut, limits.attainment_cap) == (
        0.5,
        60.0,
        1.5,
    )
    assert limits.abc == LIMITS.abc


def test_default_names_follow_the_language() -> None:
    """An English template has English product groups, also when the language is changed later."""
    assert Settings().product_groups[4] == "Produktgruppe 5"
    assert Settings(language=Language.EN).product_groups[0] == "Product group 1"
    assert Settings().changed(language="en").product_groups[0] == "Product group 1"
    own = Settings(product_groups=("Pumpen",)).changed(language="en", plan_year=2031)
    assert own.product_groups == ("Pumpen",)
    assert own.year == 2031


def test_changed_values_are_checked() -> None:
    """A value given on the command line is held to the same limits as one in the file."""
    with pytest.raises(
        SettingsError,
        match=r"^plan_year: größter erlaubter Wert ist 2099, gefunden: 21000$",
    ):
        Settings().changed(plan_year=21000)


def test_without_a_plan_year_it_is_next_year() -> None:
    """A plan is made for the coming year unless the settings say otherwise."""
    assert Settings().year == date.today().year + 1


def test_a_criterion_may_be_a_mere_name(load: Load) -> None:
    """Plain names share 100 % equally and get keys without umlauts."""
    rows = load(
        '[criteria]\nposition = ["Größe (Werk)", "Nähe", "5 Sterne", "影響"]'
    ).rows_of("criteria.position")
    assert [row.key for row in rows[:3]] == ["groesse_werk", "naehe", "c_5_sterne"]
    assert rows[3].key.startswith("c_")
    assert rows[0].label == Text(de="Größe (Werk)", en="Größe (Werk)")
    assert [row.defaults["weight"] for row in rows] == [0.25] * 4


def test_weights_are_normalised(load: Load) -> None:
    """Weights in points count as shares; those that make 100 % stay as written."""
    rows = load(
        '[criteria]\nattractiveness = [{ de = "A", en = "a", weight = 30 }, { de = "B", weight = 10 }]\n'
        'position = [{ de = "A", weight = 0.3 }, { en = "B", weight = 0.7, reversed = true }]'
    )
    assert [r.defaults["weight"] for r in rows.rows_of("criteria.attractiveness")] == [
        0.75,
        0.25,
    ]
    assert [r.defaults["weight"] for r in rows.rows_of("criteria.position")] == [
        0.3,
        0.7,
    ]
    second = rows.criteria.position[1]
    assert isinstance(second, Criterion)
    assert (second.de, second.reversed) == ("B", True)


def test_rows_of_the_lists() -> None:
    """Product groups start with their name, satisfaction criteria and instruments with nothing."""
    settings = Settings(product_groups=("Pumpen", "Ventile"))
    groups = settings.rows_of("product_groups")
    assert [(r.key, r.defaults) for r in groups] == [
        ("group_1", {"product_group": "Pumpen"}),
        ("group_2", {"product_group": "Ventile"}),
    ]
    assert settings.rows_of("retention")[1].label == Text(de="Schulung", en="Training")
    assert all(not row.defaults for row in settings.rows_of("criteria.satisfaction"))
    with pytest.raises(KeyError, match=r"criteria\.beauty"):
        settings.rows_of("criteria.beauty")


def test_rows_follow_the_settings(load: Load) -> None:
    """Number of rows and required rows change with the file, quoted key or not."""
    settings = load(
        '[rows]\nopportunities.open = 40\n"contacts.people" = 12\n[minimum_rows]\nstrategy.goals = 3'
    )
    plan = plan_spec(settings)
    opportunities, goals = (
        plan.table("opportunities.open"),
        plan.table("strategy.goals"),
    )
    (matrix,) = plan.matrices
    assert (opportunities.count, goals.minimum) == (40, 3)
    assert (matrix.people.shown, matrix.people.count) == (12, 25)


def test_without_spare_rows_there_are_those_of_the_settings_only(load: Load) -> None:
    """What the settings do not name has the rows that are otherwise seen."""
    plan = plan_spec(load("spare_rows = false\nrows.opportunities.open = 40"))
    (matrix,) = plan.matrices
    counts = [plan.table("measures.measures").count]
    counts += [plan.table("opportunities.open").count, matrix.people.count]
    assert counts == [20, 40, 10]
    assert not any(part.spare for part in plan.parts)


@pytest.mark.parametrize(
    ("carried", "people"),
    [('{"rows": {}}', 10), ("{}", 10), ('{"spare_rows": true}', 25)],
)
def test_plans_from_before_there_were_spare_rows_have_none(
    carried: str, people: int
) -> None:
    """A workbook that says nothing of spare rows was drawn without."""
    settings = Settings.carried(carried, "de", "full", 2027)
    (matrix,) = plan_spec(settings).matrices
    assert matrix.people.count == people


def test_added_values_appear_in_the_dropdown(load: Load) -> None:
    """A list may be extended, in one language or both; the code of a plain text is the text itself."""
    settings = load(
        '[lists]\ncurrency = ["AUD", { code = "PTS", de = "Punkte", en = "points" }]'
    )
    field = plan_spec(settings).field("cover.currency")
    assert [(o.code, o.label.de, o.label.en) for o in field.options[-2:]] == [
        ("AUD", "AUD", "AUD"),
        ("PTS", "Punkte", "points"),
    ]


def test_a_company_currency_is_always_in_the_list(load: Load) -> None:
    """A currency the settings use can be chosen, though the standard list lacks it."""
    settings = load('currency = "BRL"\n[exchange_rates]\nMXN = 0.05\nUSD = 0.9')
    field = plan_spec(settings).field("cover.currency")
    codes = [option.code for option in field.options]
    assert codes[-2:] == ["BRL", "MXN"]
    assert len(codes) == len(set(codes))


def test_exchange_rates() -> None:
    """The reporting currency is worth 1, an unknown one has no rate (and never 0 or 1)."""
    settings = Settings(exchange_rates={"CHF": 1.05})
    assert (settings.rate("EUR"), settings.rate("CHF"), settings.rate("USD")) == (
        1.0,
        1.05,
        None,
    )


def test_rules_by_code_or_name(load: Load) -> None:
    """A rule may be named by code or name and switched off with one word."""
    settings = load(
        '[rules]\nKAM305 = "off"\nforecast-jump = { severity = "hint", threshold = 0.4 }'
    )
    assert settings.rule("KAM305", "close-date-past").off
    jump = settings.rule("KAM309", "forecast-jump")
    assert (jump.severity, jump.threshold, jump.off) == ("hint", 0.4, False)
    assert settings.rule("KAM201", "required-empty").severity is None


def test_own_strategy_per_cell(load: Load) -> None:
    """The company's strategy replaces the scheme's for the cells it names."""
    portfolio = load('[portfolio]\nstrategies = { star = "verteidigen" }').portfolio
    star, retreat = portfolio_cell(80, 80), portfolio_cell(10, 10)
    assert star is not None
    assert retreat is not None
    assert portfolio.strategy(star.cell).de == "verteidigen"
    assert portfolio.strategy(retreat.cell) == Text(
        de="selektiver Rückzug", en="selective retreat"
    )
    assert portfolio.cuts == (50.0,)
    assert load('[portfolio]\nscheme = "3x3"').portfolio.cuts == LIMITS.segment_thirds


def test_team(load: Load) -> None:
    """Own people come with or without a function and size the contact matrix."""
    settings = load(
        'team = ["Anna Muster", { name = "Jörg Beispiel", function = "Technik" }]'
    )
    assert settings.people == ("Anna Muster", "Jörg Beispiel")
    assert settings.team[1].function == "Technik"
    many = Settings().changed(team=[f"Person {n}" for n in range(14)])
    (matrix,) = plan_spec(many).matrices
    assert (matrix.team.shown, matrix.team.count) == (14, 14)


def test_settings_travel_as_json() -> None:
    """A workbook carries the settings that shaped it; read back they are the same."""
    settings = Settings(
        language=Language.EN, team=({"name": "Anna"},), profile=Profile.COMPACT
    )  # type: ignore[arg-type]
    assert Settings.model_validate_json(settings.model_dump_json()) == settings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("languag = 'en'", "languag: diesen Schlüssel gibt es nicht; gemeint ist vielleicht language"),
        ("language = 'en'\nquark = 1", "quark: there is no such key"),
        (
            "[criteria]\npositon = ['A']",
            "criteria.positon: diesen Schlüssel gibt es nicht; gemeint ist vielleicht position",
        ),
        ("language = 'fr'", 'language: erlaubt sind de, en, gefunden: "fr"'),
        (
            "[criteria]\nposition = [{de = 'A', weight = 1}, {de = 'B', weight = -1}]",
            "criteria.position[1].weight: kleinster erlaubter Wert ist 0, gefunden: -1",
        ),
        (
            "language = 'en'\n[criteria]\nposition = [{de = 'A', weight = 1}, {de = 'B'}]",
            "criteria.position[1].weight: is missing",
        ),
        (
            "[criteria]\nposition = [{de = 'A', weight = 0}]",
            "criteria.position: mindestens ein Gewicht muss größer als 0 sein",
        ),
        ("[criteria]\nposition = ['A', 'A']", "criteria.position: „a“ steht doppelt"),
        ("[criteria]\nposition = []", "criteria.position: zu wenige Einträge, nötig: 1"),
        ("company = 5", "company: ein Text in Anführungszeichen erwartet, gefunden: 5"),
        ("plan_year = '2030'", 'plan_year: eine ganze Zahl erwartet, gefunden: "2030"'),
        ("plan_year = true", "plan_year: eine ganze Zahl erwartet, gefunden: true"),
        ("plan_year = 1989", "plan_year: kleinster erlaubter Wert ist 1990, gefunden: 1989"),
        ("minimum_coverage = nan", "minimum_coverage: eine endliche Zahl erwartet, gefunden: nan"),
        ("minimum_coverage = 70", "minimum_coverage: größter erlaubter Wert ist 1, gefunden: 70"),
        ("collect_motives = 'ja'", 'collect_motives: true oder false erwartet, gefunden: "ja"'),
        ("product_groups = ['Pumpen', 'pumpen']", "product_groups: „pumpen“ steht doppelt"),
        ("product_groups = ['']", 'product_groups[0]: darf nicht leer sein, gefunden: ""'),
        ("product_groups = 'Pumpen'", 'product_groups: eine Liste in eckigen Klammern erwartet, gefunden: "Pumpen"'),
        ("team = [{function = 'x'}]", "team[0].name: die Angabe fehlt"),
        ("accent = 'blue'", 'accent: eine Farbe wie #1F4E79 erwartet, gefunden: "blue"'),
        (
            "currency = 'eur'",
            'currency: ein ISO-Währungscode aus drei Großbuchstaben wie EUR erwartet, gefunden: "eur"',
        ),
        ("exchange_rates.CHF = 0", "exchange_rates.CHF: muss größer als 0 sein, gefunden: 0"),
        ("rules.KAM301 = 'of'", 'rules.KAM301.severity: erlaubt sind error, open, warning, hint, off, gefunden: "of"'),
        ("criteria = 5", "criteria: eine Tabelle mit Schlüsseln erwartet, gefunden: 5"),
        ("portfolio.thirds = [60, 30]", "portfolio.thirds: die Grenzen müssen aufsteigen"),
        ("portfolio.thirds = [60]", "portfolio.thirds[1]: zu wenige Zahlen in der Liste"),
        ("rows.opportunities.open = 0", "rows.opportunities.open: kleinster erlaubter Wert ist 1, gefunden: 0"),
    ],
)  # fmt: skip
def test_a_wrong_file_gets_one_message(load: Load, text: str, message: str) -> None:
    """The message names file and key path, in the file's language, and nothing of pydantic's."""
    with pytest.raises(SettingsError) as error:
        load(text)
    assert str(error.value) == f"kamxl.toml: {message}"


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("rows.opportunities.opn = 9", "rows.opportunities.opn: gibt es nicht; möglich sind competition.competitors"),
        ("rows.revenue.revenue = 9", "rows.revenue.revenue: gibt es nicht"),
        ("rows.summary.requests = 9", "rows.summary.requests: gibt es nicht"),
        ("language = 'en'\nlists.stages = ['x']", "lists.stages: does not exist; possible are "),
        ("lists.fact_status = ['x']", "lists.fact_status: gibt es nicht"),
        ("columns.telefon = ['x']", "columns.telefon: gibt es nicht; möglich sind account_class, account_id"),
        (
            "portfolio.strategies.starr = 'x'",
            "portfolio.strategies: das Feld starr gibt es nicht; bekannt sind takeaway",
        ),
    ],
)  # fmt: skip
def test_names_are_those_of_the_plan(load: Load, text: str, beginning: str) -> None:
    """A table, list or cell that the plan does not have is refused with the possible names."""
    with pytest.raises(SettingsError) as error:
        load(text)
    assert str(error.value).startswith(f"kamxl.toml: {beginning}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("company = Muster", "Zeile 1: kein gültiges TOML"),
        ('language = "en"\n\nx =', "line 3: not valid TOML"),
        ('company = "A"\ncompany = "B"\n', "Zeile 2: dieser Schlüssel steht doppelt"),
        ("plan_year = 2027\n[rules.x]\nthreshold = 0,3", "Zeile 3: .*mit Punkt: statt 0,3 bitte 0.3 schreiben"),
        ("minimum_coverage = 0,7 # 70 %", "Zeile 1: .*statt 0,7 bitte 0.7"),
        ("exchange_rates.HUF = 1.234,5", "Zeile 1: .*statt 1.234,5 bitte 1234.5"),
        ('position = [\n{de = "A, B", weight = 0,5}]', "Zeile 2: .*statt 0,5 bitte 0.5"),
        ('language = "en"\nlimits.attainment_cap = 1,2', "line 2: .*write 1.2 instead of 1,2"),
        ("portfolio.thirds = [33,3, 66,7]", r"portfolio.thirds: .*höchstens: 2 \(Dezimalzahlen mit Punkt"),
        ("minimum_coverage = 70 %", "Zeile 1: Anteile stehen hier ohne Prozentzeichen"),
        ("company = „Muster GmbH“", "Zeile 1: Texte gehören in gerade Anführungszeichen"),
        ("collect_motives = ja", "Zeile 1: statt ja bitte true oder false"),
        ("plan_year: 2027", "Zeile 1: zwischen Schlüssel und Wert steht ="),
        ("plan_year = 2027;", "Zeile 1: Bemerkungen beginnen mit #"),
        (r'company = "C:\Pläne"', "Zeile 1: ein .* in einem Text muss doppelt stehen"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_toml(load: Load, text: str, message: str) -> None:
    """A slip in the syntax is reported with its line and the usual cause."""
    with pytest.raises(SettingsError, match=rf"^kamxl\.toml: {message}"):
        load(text)


def test_a_file_as_windows_editors_save_it(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends do no harm; another encoding gets a message."""
    path = tmp_path / "Maßstab.toml"
    path.write_bytes('company = "Müller"\r\nplan_year = 2030\r\n'.encode("utf-8-sig"))
    assert Settings.load(str(path)).company == "Müller"
    path.write_bytes('company = "Müller"'.encode("cp1252"))
    with pytest.raises(
        SettingsError,
        match=r"^Maßstab\.toml: Die Datei ist nicht als UTF-8 gespeichert",
    ):
        Settings.load(path)
    with pytest.raises(SettingsError, match="gibt es nicht"):
        Settings.load(tmp_path / "fehlt.toml")


def test_a_file_as_powershell_writes_it(tmp_path: Path) -> None:
    """UTF-16 tells by itself; of another encoding the line is named, and what to do."""
    path = tmp_path / "kamxl.toml"
    path.write_bytes('company = "Müller"\r\n'.encode("utf-16"))
    assert Settings.load(path).company == "Müller"
    for page in ("cp1252", "mac_roman", "cp850"):
        path.write_bytes('plan_year = 2030\ncompany = "Müller"'.encode(page))
        with pytest.raises(
            SettingsError, match=r"Umlaut in Zeile 2\).*Codierung UTF-8"
        ):
            Settings.load(path)


# A change of every setting; those of parts are told by their path.
CHANGES: dict[str, object] = {
    "company": "Muster GmbH",
    "language": "en",
    "currency": "CHF",
    "reporting_currency": "BGN",
    "reading.seconds": 9,
    "reading.megabytes": 700,
    "spare_rows": False,
    "counts_lists": True,
    "year_to_date": False,
    "profile": "compact",
    "plan_year": 2031,
    "deadline": date(2030, 1, 15),
    "product_groups": ["Pumpen", "Ventile"],
    "team": [{"name": "Anna Muster", "function": "Vertrieb"}],
    "retention": ["Bonus", "Schulung"],
    "accent": "#336699",
    "protection": "sheets",
    "collect_motives": True,
    "minimum_coverage": 0.4,
    "criteria.attractiveness": ["Wachstum", {"de": "Preisdruck", "reversed": True}],
    "criteria.position": ["Qualität", "Preis", "Nähe"],
    "criteria.satisfaction": ["Qualität", "Service"],
    "criteria.price_readiness": ["Nutzen", "Preisdruck"],
    "portfolio.scheme": "3x3",
    "portfolio.cut": 61.0,
    "portfolio.thirds": [20.0, 80.0],
    "portfolio.strategies": {"star": "angreifen"},
    "limits.weight_tolerance": 0.1,
    "limits.abc": [0.5, 0.9],
    "limits.opportunity_bands": [8.0, 9.0, 11.0],
    "limits.attainment_cap": 1.05,
    "limits.contact_days": 90.0,
    "limits.single_thread": 3,
    "limits.relationship_weights": [0.5, 0.5, 0.0, 0.0, 0.0],
    "report.top_accounts": 5,
    "rows": {"opportunities.open": 17},
    "minimum_rows": {"opportunities.open": 3},
    "lists": {"currency": ["AUD"]},
    "columns": {"account_id": ["Partnernummer"]},
    "placeholders": ["nichts bekannt"],
    "exchange_rates": {"BGN": 0.51},
    "account_classes": {"A": "major"},
    "rules": {"KAM301": "off"},
}
NOT_CARRIED = {
    "accent",
    "account_classes",
    "columns",
    "deadline",
    "report.top_accounts",
    "rules",
}


def changed_settings(path: str) -> Settings:
    """The standard with one setting changed."""
    part, dot, key = path.partition(".")
    value = {key: CHANGES[path]} if dot else CHANGES[path]
    return Settings(plan_year=2030).changed(**{part: value})


def test_every_setting_has_a_change() -> None:
    """A new setting is tried, too."""
    paths = []
    for key, value in Settings():
        inner = type(value).model_fields if isinstance(value, BaseModel) else ()
        paths += [f"{key}.{name}" for name in inner] or [key]
    assert sorted(CHANGES) == sorted(paths)


@pytest.mark.parametrize("path", CHANGES)
def test_every_setting_travels_with_the_plan(path: str) -> None:
    """What a plan carries holds every setting, but for those that are no part of a plan."""
    settings = changed_settings(path)
    read = Settings.carried(
        settings.shaping_json(), settings.language, settings.profile, settings.year
    )
    part = path.partition(".")[0]
    expected = Settings() if path in NOT_CARRIED else settings
    assert getattr(read, part) == getattr(expected, part)
    assert getattr(settings, part) != getattr(Settings(), part)


def test_a_plan_is_read_elsewhere_as_it_was_made(tmp_path: Path) -> None:
    """A workbook read where no settings are known has those it was made with."""
    given: dict[str, Any] = {}
    for path, value in CHANGES.items():
        part, dot, key = path.partition(".")
        given[part] = {**given.get(part, {}), key: value} if dot else value
    settings = Settings().changed(**given)
    writer = PlanWriter(settings, date(2029, 11, 20), seed="test")
    plan = prefill(ListedAccount({}), NO_HISTORY, writer.spec, writer.today)
    writer.write(plan, tmp_path / "plan.xlsx")
    read = read_plan(tmp_path / "plan.xlsx").spec.settings
    apart = {path.partition(".")[0] for path in NOT_CARRIED}
    assert read.model_dump(exclude=apart) == settings.model_dump(exclude=apart)
    assert read.scoring_limits == settings.scoring_limits


@pytest.mark.parametrize(
    "path",
    [path for path in CHANGES if path.startswith(("limits", "portfolio", "minimum_c"))],
)
def test_a_setting_that_changes_a_figure_is_in_a_formula(path: str) -> None:
    """No setting lets Python work out another figure than the workbook does."""
    company = demo_settings("de", 2030)
    part, dot, key = path.partition(".")
    value = (
        {**dict(getattr(company, part)), key: CHANGES[path]} if dot else CHANGES[path]
    )
    other = company.changed(**{part: value})
    day = date(2029, 11, 20)
    specs = [plan_spec(one) for one in (company, other)]
    worked_out = [
        [figures(plan, spec, day) for plan in demo_plans(company, day)]
        for spec in specs
    ]
    first, second = (document_formulas(lay_out(spec, "de")) for spec in specs)
    assert worked_out[0] == worked_out[1] or first != second


def test_motives_are_collected_only_when_switched_on() -> None:
    """Buying motive and type are personal data: without the switch the plan has no field for them."""
    off = plan_spec(Settings())
    on = plan_spec(Settings(collect_motives=True))
    added = set(on.fields) - set(off.fields)
    assert len(added) == 2
    assert all(
        isinstance(on.field(pattern), FieldSpec) and "people" in pattern
        for pattern in added
    )


def test_toml_values() -> None:
    """Quotes, backslashes and odd keys come out as TOML that means the same."""
    assert (
        toml_value({"a b": ['say "x"\\', 1.5, True]})
        == '{ "a b" = ["say \\"x\\"\\\\", 1.5, true] }'
    )
    assert toml_key("opportunities.open") == '"opportunities.open"'


# Where settings are found, and how they are written.


def test_thirds_are_written_as_a_person_would(load: Load) -> None:
    """The default file says 33.3 and 66.7, which are read as thirds; other limits stay what they are."""
    assert "thirds = [33.3, 66.7]" in default_toml("de")
    third = 100 / 3
    assert load("portfolio.thirds = [33.3, 66.7]").portfolio.thirds == (
        third,
        2 * third,
    )
    assert load("portfolio.thirds = [33, 70.5]").portfolio.thirds == (33, 70.5)


def test_settings_are_found_beside_the_plans_and_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those nearest to the plans hold, then those of the current folder."""
    plans, current = tmp_path / "Firma" / "Pläne" / "Nord", tmp_path / "anderswo"
    for folder in (plans, current):
        folder.mkdir(parents=True)
    monkeypatch.chdir(current)
    plan = plans / "plan.xlsx"
    plan.touch()
    assert find_settings([plan]) is None
    for place in (current, tmp_path / "Firma", plans):
        (place / "kamxl.toml").touch()
        assert find_settings([plan]) == place / "kamxl.toml"
    assert find_settings([]) == current / "kamxl.toml"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_settings_that_anybody_may_put_there_are_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above a folder for everybody nothing is looked for; in the plans' own folder it is."""
    plans = tmp_path / "offen" / "Pläne"
    plans.mkdir(parents=True)
    monkeypatch.chdir(plans)
    (tmp_path / "offen").chmod(0o777)
    (tmp_path / "offen" / "kamxl.toml").touch()
    assert find_settings([plans]) is None
    assert find_settings([tmp_path / "offen"]) == tmp_path / "offen" / "kamxl.toml"
