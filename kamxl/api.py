"""What kamxl does, for Python: the same four jobs as on the command line, with the same names and words.

Paths may be texts. `settings` is a `kamxl.toml` or the `Settings` themselves; without them the built-in defaults hold.
Each function loads only what it needs, which is why the imports stand inside.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kamxl.document.extract import Identity
    from kamxl.generation.generate import Generated
    from kamxl.plan.account_plan import AccountPlan
    from kamxl.plan.settings.model import Settings
    from kamxl.portfolio.consolidate import Consolidated
    from kamxl.portfolio.data.awaited import Awaited
    from kamxl.portfolio.data.collect import Collection
    from kamxl.texts import Progress

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class ReadPlan:
    """A plan workbook as it was read.

    Attributes:
        identity: what the workbook says about itself.
        plan: everything that could be used.
        fields: every input field in plan order, with path, value, raw text, state, sheet and cell.
    """

    identity: Identity
    plan: AccountPlan
    fields: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """What ``kamxl read --format json`` prints."""
        from kamxl.document.identity import properties

        return {"identity": properties(self.identity), "fields": list(self.fields)}


def load_settings(settings: PathLike | Settings | None, **changes: object) -> Settings:
    """Settings from a file, or as given, with the changes that are not None.

    Raises:
        SettingsError: the file or a change is wrong.
    """
    from kamxl.plan.settings.model import Settings

    if settings is None:
        settings = Settings()
    elif not isinstance(settings, Settings):
        settings = _from_file(Path(settings))
    wanted = {key: value for key, value in changes.items() if value is not None}
    return settings.changed(**wanted) if wanted else settings


def _from_file(path: Path) -> Settings:
    """The settings of a file, its rules among those there are, which the plan itself does not know."""
    from kamxl.checks.rules import misnamed_rule
    from kamxl.errors import SettingsError
    from kamxl.plan.settings.model import Settings

    settings = Settings.load(path)
    fault = misnamed_rule(settings)
    if fault is not None:
        raise SettingsError(f"{path.name}: {fault[settings.language]}")
    return settings


def generate(  # noqa: PLR0913 - one argument per option of the command
    output: PathLike,
    *,
    accounts: PathLike | None = None,
    revenue: PathLike | None = None,
    template: bool = False,
    year: int | None = None,
    language: str | None = None,
    profile: str | None = None,
    settings: PathLike | Settings | None = None,
    overwrite: bool = False,
    dry_run: bool = False,
    by_kam: bool = False,
    today: dt.date | None = None,
    seed: str = "",
    words: str = "",
    progress: Progress | None = None,
) -> Generated:
    """Write new plans: one workbook per account of a list, or one blank plan, or the empty template.

    Args:
        output: a folder for the plans of a list, else the workbook's file name.
        accounts: the account list (CSV or XLSX); without it one blank plan is written.
        revenue: the revenue history (CSV or XLSX).
        template: write the empty template instead of a plan.
        year: plan year; that of the settings, else next calendar year.
        language: of the workbooks, ``de`` or ``en``; that of the settings.
        profile: ``full`` or ``compact``; that of the settings.
        settings: the company's standard.
        overwrite: replace plans that exist anywhere in the folder. Without it they are left as they are and listed in
            the result.
        dry_run: read the lists and say what would be written; write nothing.
        by_kam: write the plans of a list into a folder for each key account manager.
        today: the day on which the plans are set up; the current day.
        seed: with the same seed the same plan has the same identity in every run.
        words: language of messages; that of the workbooks.
        progress: told after each plan.

    Raises:
        InputError: a list cannot be used, or a file cannot be written; the text says what to do.
        SettingsError: the settings are wrong.
    """
    from kamxl.generation import generate as job

    chosen = load_settings(settings, plan_year=year, language=language, profile=profile)
    manner = job.Manner(today, overwrite, seed, words, dry_run, by_kam)
    if template:
        return job.generate_template(Path(output), chosen, manner)
    if accounts is None:
        return job.generate_blank(Path(output), chosen, manner)
    history = None if revenue is None else Path(revenue)
    return job.generate_plans(
        Path(output), Path(accounts), chosen, manner, revenue=history, progress=progress
    )


def read(path: PathLike, *, language: str | None = None) -> ReadPlan:
    """Read one plan, under the settings that it carries itself.

    Args:
        path: the workbook.
        language: of the message where it cannot be read, ``de`` or ``en``; German without it.

    Raises:
        InputError: the file is no plan, or cannot be read; the text says why.
    """
    from kamxl.errors import InputError
    from kamxl.portfolio.data.single import SinglePlan, read_single

    found = read_single(Path(path), load_settings(None, language=language))
    if isinstance(found, SinglePlan):
        return ReadPlan(*found)
    raise InputError(found.line() if found else f"{path}: ?")


def _awaited(path: PathLike | None, settings: Settings) -> list[Awaited]:
    """The accounts of a list, of which each has to hand in a plan."""
    from kamxl.generation.accounts import read_accounts
    from kamxl.plan.document import plan_spec
    from kamxl.portfolio.data.awaited import Awaited

    if path is None:
        return []
    listed = read_accounts(Path(path), plan_spec(settings), settings.language)
    return [
        Awaited(
            one.account_id,
            one.company,
            str(one.values.get("key_account_manager", "")),
        )
        for one in listed.accounts
    ]


def check(
    *paths: PathLike,
    settings: PathLike | Settings | None = None,
    only: Sequence[str] = (),
    accounts: PathLike | None = None,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> Collection:
    """Check plans, each for itself and all of them side by side.

    Args:
        paths: files and folders.
        only: codes or names of the rules whose findings are wanted; all where there are none.
        settings: severities and thresholds of the company.
        accounts: the account list, of which the result says who has not handed in.
        today: the day to compare dates with; the current day.
        progress: told after each file.

    Returns:
        All files found, each with its status and findings, and their counts; of a folder the same as when it is
        consolidated.

    Raises:
        InputError: a path or a rule does not exist, or the account list cannot be used.
    """
    from kamxl.checks.explain import rule_called
    from kamxl.portfolio.data.answering import answered
    from kamxl.portfolio.data.collect import Collection, read_files, side_by_side
    from kamxl.portfolio.data.selection import only_rules
    from kamxl.xlsx.folder import common_folder, files_below

    chosen = load_settings(settings)
    wanted = {rule_called(name, chosen.language).code for name in only}
    places = [Path(path) for path in paths]
    awaited = _awaited(accounts, chosen)
    files = files_below(*places, language=chosen.language)
    sources = read_files(files, chosen, today or dt.date.today(), progress)
    folder = common_folder(places) or Path()
    summed = any(place.is_dir() for place in places)
    read = Collection(folder, sources)
    found = answered(side_by_side(read, chosen, summed=summed, awaited=awaited))
    return only_rules(found, wanted) if wanted else found


def hand_back(
    collection: Collection,
    folder: PathLike,
    *,
    settings: PathLike | Settings | None = None,
    attach: bool = False,
    deadline: dt.date | None = None,
    today: dt.date | None = None,
) -> list[Path]:
    """Write a findings workbook and a mail draft for each key account manager, and return their paths.

    Args:
        collection: from `check`, or the `collection` of what `consolidate` returns.
        folder: where they are written; answers in the workbooks of an earlier check are kept.
        settings: language and colour.
        attach: put the plans into the mail drafts, too.
        deadline: until when the plans are to be mended; that of the settings.
        today: the day that the mails name; the current day.

    Raises:
        InputError: a file cannot be written.
    """
    from kamxl.portfolio.handback import Handing
    from kamxl.portfolio.handback import hand_back as job

    chosen = load_settings(settings)
    until = deadline or chosen.deadline
    manner = Handing(collection.replies, attach, until, today=today)
    return job(collection, Path(folder), chosen, manner)


def annotate(
    collection: Collection,
    folder: PathLike,
    *,
    settings: PathLike | Settings | None = None,
    overwrite: bool = False,
    today: dt.date | None = None,
) -> list[Path]:
    """Write a copy of each plan that has findings, with a sheet of them in front, and return the copies' paths.

    Args:
        collection: from `check`, or the `collection` of what `consolidate` returns.
        folder: where the copies are written, in folders like those of the plans.
        settings: language of the messages; each sheet speaks its plan's language.
        overwrite: replace copies of an earlier check.
        today: the day that the sheets name; the current day.

    Raises:
        InputError: a copy would replace another file, or cannot be written.
    """
    from kamxl.portfolio.handback import Handing
    from kamxl.portfolio.handback import annotate as job

    manner = Handing(collection.replies, overwrite=overwrite, today=today)
    return job(collection, Path(folder), load_settings(settings), manner)


def report(
    collection: Collection,
    output: PathLike,
    *,
    settings: PathLike | Settings | None = None,
) -> Path:
    """Write the findings of a check or consolidation as a workbook, and return its path.

    Args:
        collection: from `check`, or the `collection` of what `consolidate` returns.
        output: the workbook to write, over an earlier one.
        settings: language and colour of the workbook.

    Raises:
        InputError: the file cannot be written, or is anything else than an earlier findings workbook.
    """
    from kamxl.portfolio.pages.report import report as job

    return job(collection, Path(output), load_settings(settings))


def consolidate(  # noqa: PLR0913 - one argument per option of the command
    folder: PathLike,
    output: PathLike,
    *,
    settings: PathLike | Settings | None = None,
    export: PathLike | None = None,
    year: int | None = None,
    accounts: PathLike | None = None,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> Consolidated:
    """Consolidate all plans of a folder tree, one for each account, into one portfolio workbook.

    Args:
        folder: where the plans are.
        output: the portfolio workbook.
        settings: the company's rules and exchange rates.
        export: a folder for the same tables as CSV and Parquet.
        year: the plan year that is summed up; that of the settings if there is any plan of it, else the one that most
            plans have.
        accounts: the account list, of which the portfolio says who has not handed in.
        today: the day on which a measure is overdue or not; the current day.
        progress: told after each file.

    Raises:
        InputError: there is no such folder, it holds no plan that could be taken, or a file cannot be written.
    """
    from kamxl.portfolio.consolidate import consolidate as job

    chosen = load_settings(settings)
    target = None if export is None else Path(export)
    return job(
        Path(folder),
        Path(output),
        chosen,
        export=target,
        year=year,
        awaited=_awaited(accounts, chosen),
        today=today,
        progress=progress,
    )
