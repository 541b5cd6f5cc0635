"""The tables as files: CSV as Excel of the language opens it, Parquet with proper types."""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kamxl.document.vocabulary import Kind
from kamxl.errors import InputError
from kamxl.portfolio.consolidate import consolidate
from kamxl.portfolio.data.columns import DataColumn
from kamxl.portfolio.data.tables import NAMED, DataTable, Tables
from kamxl.portfolio.export import (
    csv_bytes,
    exported,
    parquet_bytes,
    refuse_strangers,
)
from kamxl.texts import Language, Text
from kamxl.xlsx.saving import write_together
from tests.portfolio_plans import (
    MILLS,
    SETTINGS,
    TODAY,
    tables_of,
    two_plans,
    write_plan,
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of two plans."""
    return tables_of(two_plans(tmp_path_factory.mktemp("plans")))


def _table(kind: Kind, *values: object) -> DataTable:
    column = DataColumn("x", Text(de="X", en="X"), kind)
    return DataTable("toy", (column,), tuple({"x": value} for value in values))


def test_german_csv_opens_in_german_excel(tables: Tables) -> None:
    """Byte order mark, semicolons, decimal commas, ISO dates."""
    data = csv_bytes(tables["revenue"], Language.DE)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["company"] == "Gießerei Nord KG"
    assert rows[0]["amount"] == "50000,2"
    assert "2027-03-31" in csv_bytes(tables["opportunities"], Language.DE).decode(
        "utf-8-sig"
    )


def test_english_csv_is_read_by_any_program(tables: Tables) -> None:
    """Commas between values, points in numbers: pandas reads the amounts without being told anything."""
    frame = pd.read_csv(io.BytesIO(csv_bytes(tables["revenue"], Language.EN)))
    assert math.isclose(frame["amount"].sum(), 380_001.3)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-2+3", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    """What Excel would calculate on opening gets an apostrophe in front; Parquet keeps it as it is."""
    table = _table(Kind.TEXT, text)
    ((shown,),) = list(
        csv.reader(io.StringIO(csv_bytes(table, Language.EN).decode("utf-8-sig")))
    )[1:]
    assert shown == f"'{text}"
    assert pq.read_table(io.BytesIO(parquet_bytes(table)))["x"].to_pylist() == [text]


@pytest.mark.parametrize("text", ["-1", "+", "-", "+1,5", "a=b"])
def test_signs_and_numbers_stay_as_they_are(text: str) -> None:
    """The codes of signs and stances are no formulas."""
    assert f"\r\n{text}\r\n" in csv_bytes(_table(Kind.TEXT, text), Language.DE).decode(
        "utf-8-sig"
    )


def test_numbers_keep_their_digits() -> None:
    """No figure is rounded on its way out, and none is written with an exponent that Excel would misread."""
    table = _table(Kind.MONEY, 1234567.89, 0.1, None, 1e12)
    lines = csv_bytes(table, Language.EN).decode("utf-8-sig").split()
    assert lines == ["x", "1234567.89", "0.1", '""', "1000000000000"]


def test_parquet_has_types_even_where_it_has_no_rows(tmp_path: Path) -> None:
    """An analyst's script meets the same types whether a table is full or empty."""
    (tmp_path / "leer").mkdir()
    empty = tables_of(tmp_path / "leer")
    schema = pq.read_schema(io.BytesIO(parquet_bytes(empty["opportunities"])))
    assert schema.field("value").type == pa.float64()
    assert schema.field("close_date").type == pa.date32()
    assert schema.field("project").type == pa.string()
    assert (
        pq.read_schema(io.BytesIO(parquet_bytes(empty["revenue"]))).field("year").type
        == pa.int64()
    )


def test_export_writes_each_table_twice(tmp_path: Path, tables: Tables) -> None:
    """The named tables are there as .csv and .parquet, with the same number of rows; nothing else is left behind."""
    written = exported(tables.values(), tmp_path / "out", Language.DE)
    write_together(written, Language.DE)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {path.name for path in written}
    assert names >= {
        f"{name}{suffix}" for name in NAMED for suffix in (".csv", ".parquet")
    }
    for name in NAMED:
        rows = pd.read_csv(
            tmp_path / "out" / f"{name}.csv", sep=";", encoding="utf-8-sig"
        )
        assert (
            len(rows)
            == pq.read_metadata(tmp_path / "out" / f"{name}.parquet").num_rows
            == len(tables[name])
        )


def test_an_open_target_is_one_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A portfolio that is open in Excel is named, in the language; it and the last export stay whole."""
    folder, export = two_plans(tmp_path / "plans"), tmp_path / "export"
    output = tmp_path / "portfolio.xlsx"
    consolidate(folder, output, SETTINGS, export=export, today=TODAY)
    before = {path: path.read_bytes() for path in [output, *export.iterdir()]}
    write_plan(folder / "neu.xlsx", {**MILLS, "cover.account_id": "10099"})
    own = os.replace

    def refuse(source: str, target: Path) -> None:
        if Path(target) == output:
            raise PermissionError(13, "in use", str(target))
        own(source, target)

    monkeypatch.setattr("kamxl.xlsx.saving.os.replace", refuse)
    with pytest.raises(InputError, match=r"portfolio\.xlsx.*in Excel geöffnet"):
        consolidate(folder, output, SETTINGS, export=export, today=TODAY)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in [output, *export.iterdir()]} == before


FOREIGN: dict[str, Callable[[Tables], bytes]] = {
    "accounts.csv": lambda _: b"account_id;company;key_account_manager\r\n1;A;B\r\n",
    "revenue.csv": lambda _: b"",
    "sources.csv": lambda tables: csv_bytes(tables["accounts"], Language.DE),
    "measures.parquet": lambda _: b"PAR1",
    "contacts.parquet": lambda tables: parquet_bytes(tables["sources"]),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_an_export_overwrites_nothing_but_an_export(
    tmp_path: Path, tables: Tables, name: str
) -> None:
    """A list, an empty file, another table: refused by name before anything is written."""
    (tmp_path / name).write_bytes(FOREIGN[name](tables))
    with pytest.raises(InputError, match=re.escape(name)):
        refuse_strangers(tables.values(), tmp_path, Language.DE)


@pytest.mark.parametrize("language", list(Language))
def test_an_export_may_be_renewed(
    tmp_path: Path, tables: Tables, language: Language
) -> None:
    """What an earlier export left is known again, in either language."""
    write_together(exported(tables.values(), tmp_path, language), language)
    refuse_strangers(tables.values(), tmp_path, Language.DE)
