"""What plans cost: `python -m tests.benchmarks.plans` prints it, beside what one would use instead.

Two sorts of plans: *prefilled* ones, as they go out (the Northwind accounts beside the project, else those of the
demo, as often as it takes), and *filled* ones, in which nearly every field holds an entry (the demo's, under other
account numbers). The machine may be busy with other things, so what counts are the ratios: contenders take turns on
the same file, their processor time is taken, and the median of the rounds is printed.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

import openpyxl
import pandas as pd
import python_calamine

import kamxl
from kamxl.checks.check import check
from kamxl.demo.company import plans, settings
from kamxl.demo.lists import Rows, accounts_table, revenue_table
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import read_plan
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import collect
from kamxl.portfolio.data.tables import build_tables
from kamxl.portfolio.export import exported
from kamxl.portfolio.pages.draw import draw_portfolio
from kamxl.xlsx.saving import write_together

NORTHWIND = Path(__file__).parents[3] / "shared" / "data" / "northwind"
DAY = dt.date(2026, 11, 16)
YEAR = 2027
ROUNDS = 25


def prefilled(folder: Path, count: int) -> float:
    """Write as many prefilled plans and return the processor seconds it took."""
    year, accounts, revenue = _lists()
    copies = [
        {**row, "account_id": f"{row['account_id']}-{number // len(accounts)}"}
        for number, row in enumerate(islice(cycle(accounts), count))
    ]
    amounts = [
        {**row, "account_id": f"{row['account_id']}-{copy}"}
        for copy in range(-(-count // len(accounts)))
        for row in revenue
    ]
    lists = folder.with_suffix(".lists")
    lists.mkdir()
    for name, rows in (("accounts.csv", copies), ("revenue.csv", amounts)):
        (lists / name).write_text(_as_csv(rows), encoding="utf-8")
    start = _used()
    kamxl.generate(
        folder,
        accounts=lists / "accounts.csv",
        revenue=lists / "revenue.csv",
        year=year,
        today=DAY,
    )
    return _used() - start


def _lists() -> tuple[int, list[dict[str, str]], list[dict[str, str]]]:
    """Plan year, account list and revenue history."""
    if NORTHWIND.is_dir():
        return (
            2000,
            _from_csv(NORTHWIND / "accounts.csv"),
            _from_csv(NORTHWIND / "revenue.csv"),
        )
    company = settings("de", YEAR)
    return YEAR, _as_text(accounts_table(company)), _as_text(revenue_table(company))


def _from_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _as_text(rows: Rows) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in row.items()} for row in rows]


def _as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def filled(folder: Path, count: int) -> float:
    """Write as many filled plans and return the processor seconds it took."""
    company = settings("de", YEAR)
    everyone = plans(company, DAY)
    folder.mkdir()
    start = _used()
    writer = PlanWriter(company, DAY, "benchmark")
    for number, plan in enumerate(islice(cycle(everyone), count)):
        cover = plan.cover.model_copy(
            update={
                "account_id": str(20_000 + number),
                "company": f"{plan.cover.company} {number}",
            }
        )
        writer.write(
            plan.model_copy(update={"cover": cover}), folder / f"{20_000 + number}.xlsx"
        )
    return _used() - start


def with_openpyxl(path: Path) -> None:
    """Read the values of all cells with openpyxl, the fast way."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def with_calamine(path: Path) -> None:
    """Read the values of all cells with python-calamine."""
    with path.open("rb") as file:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def with_pandas(path: Path) -> None:
    """Read all sheets as frames."""
    pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")


def filled_in_with_openpyxl(path: Path) -> None:
    """What a script would do to prefill a template: load it, enter something, save it."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D5"] = "10001"
    book.save(io.BytesIO())


def rounds(
    contenders: Mapping[str, Callable[[Path], object]],
    files: Sequence[Path],
    number: int = ROUNDS,
) -> dict[str, list[float]]:
    """Processor seconds by contender; in each round all of them take their turn on the same file."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for path in islice(cycle(files), number):
        for name, work in contenders.items():
            start = time.process_time()
            work(path)
            times[name].append(time.process_time() - start)
    return times


def ratio(times: Mapping[str, Sequence[float]], one: str, other: str) -> float:
    """How many times as long `other` takes as `one`."""
    return statistics.median(
        b / a for a, b in zip(times[one], times[other], strict=True)
    )


def reading(files: Sequence[Path], number: int = ROUNDS) -> dict[str, list[float]]:
    """Processor seconds of reading a plan, of reading and checking it, and of what one would read it with instead."""
    return rounds(
        {
            "kamxl reads": read_plan,
            "kamxl reads and checks": lambda path: check(read_plan(path), today=DAY),
            "python-calamine": with_calamine,
            "openpyxl, read-only": with_openpyxl,
            "pandas.read_excel": with_pandas,
        },
        files,
        number,
    )


def _print_reading(files: Sequence[Path]) -> float:
    """Print what reading costs and return the processor seconds that openpyxl takes for a plan."""
    times = reading(files)
    for name, seconds in times.items():
        print(
            f"  {name:24}{statistics.median(seconds) * 1000:7.1f} ms"
            f"{ratio(times, 'kamxl reads and checks', name):8.2f} × kamxl reads and checks"
        )
    return statistics.median(times["openpyxl, read-only"])


def _print_consolidation(folder: Path, target: Path, openpyxl_seconds: float) -> None:
    """Print what each step from a folder to a portfolio costs."""
    own = Settings()
    steps: dict[str, tuple[float, float]] = {}
    start, used = time.perf_counter(), _used()

    def lap(name: str) -> None:
        nonlocal start, used
        steps[name] = time.perf_counter() - start, _used() - used
        start, used = time.perf_counter(), _used()

    collection = collect(folder, own, DAY)
    lap("read and check")
    tables = build_tables(collection, own, DAY)
    lap("tables")
    target.write_bytes(draw_portfolio(tables, target.parent))
    lap("draw the portfolio")
    files = exported(tables.values(), target.with_suffix(".export"), own.language)
    write_together(files, own.language)
    lap("CSV and Parquet")
    count = collection.counts.found
    if len(collection.plans) != count:
        raise AssertionError(
            f"{count} plans written, {len(collection.plans)} consolidated"
        )
    steps["in all"] = (
        sum(seconds for seconds, _ in steps.values()),
        sum(used for _, used in steps.values()),
    )
    for name, (seconds, processor) in steps.items():
        print(
            f"  {name:24}{seconds:7.2f} s{count / seconds:8.0f} plans/s{processor:8.2f} processor seconds"
        )
    share = openpyxl_seconds * count / steps["in all"][1]
    print(
        f"  openpyxl would take {share:.1f} × the processor time to read the cells alone"
    )


def _used() -> float:
    """Processor seconds of this process and of those it started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--plans", type=int, default=500, help="how many plans to consolidate (500)"
    )
    count = parser.parse_args().plans
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        print(f"{count} plans each, {os.cpu_count()} processors")
        for title, write in (("prefilled", prefilled), ("filled", filled)):
            folder = place / title
            seconds = write(folder, count)
            files = sorted(folder.glob("*.xlsx"))
            times = rounds({"script": filled_in_with_openpyxl}, files, 3)
            script = statistics.median(times["script"])
            print(
                f"\nWriting {title} plans: {count / seconds:.0f} plans per processor second",
                end=", ",
            )
            print(
                f"{script * count / seconds:.0f} × as fast as load, enter, save with openpyxl"
            )
            print(f"Reading one of the {title} plans, median of {ROUNDS}:")
            usual = _print_reading(files[: ROUNDS // 2])
            print(f"Consolidating the {title} plans:")
            _print_consolidation(folder, place / f"{title}.xlsx", usual)


if __name__ == "__main__":
    main()
