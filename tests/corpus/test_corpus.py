"""982 foreign and damaged workbooks: each is read or named for what it is, quickly, and read as others read it."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from kamxl.xlsx.cells import read_book
from kamxl.xlsx.source import FileFault, WorkbookError
from tests.corpus.oracles import compare, prepare_worker

resource = pytest.importorskip(
    "resource",
    reason="a bound on memory and time needs the limits that POSIX systems have",
)

pytestmark = pytest.mark.corpus

SECONDS_PER_FILE = 5
WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xltx"}
BOMB_MEMORY = 600 << 20

CRAFTED_FAULTS = {
    "bzip2_method.xlsx": (FileFault.DAMAGED, "_rels/.rels: compression method 12"),
    "csv_as.xlsx": (FileFault.OTHER_FORMAT, "csv"),
    "definedname_many.xlsx": (FileFault.TOO_LARGE, "xl/workbook.xml: too many names"),
    "encrypted.xlsx": (FileFault.ENCRYPTED, ""),
    "lzma_method.xlsx": (FileFault.DAMAGED, "_rels/.rels: compression method 14"),
    "owner_~$plan.xlsx": (FileFault.OWNER_FILE, ""),
    "path_traversal_target.xlsx": (FileFault.DAMAGED, "no part"),
    "renamed_ods.xlsx": (FileFault.OTHER_FORMAT, "ods"),
    "renamed_xls.xlsx": (FileFault.OTHER_FORMAT, "xls"),
    "renamed_xlsb.xlsx": (FileFault.OTHER_FORMAT, "xlsb"),
    "sst_500MB_strings.xlsx": (FileFault.TOO_LARGE, "xl/sharedStrings.xml"),
    "truncated_half.xlsx": (FileFault.DAMAGED, "File is not a zip file"),
    "truncated_last20.xlsx": (FileFault.DAMAGED, "File is not a zip file"),
    "xml_billion_laughs.xlsx": (
        FileFault.DAMAGED,
        "xl/sharedStrings.xml: document type declaration",
    ),
    "xxe_file.xlsx": (
        FileFault.DAMAGED,
        "xl/sharedStrings.xml: document type declaration",
    ),
    "zero_byte.xlsx": (FileFault.EMPTY_FILE, ""),
    "zipbomb_sheet_spaces_3GB.xlsx": (FileFault.TOO_LARGE, "xl/worksheets/sheet1.xml"),
}
NOT_WHAT_THE_NAME_SAYS = {
    "calamine/2f078708_too_small.xls": (
        FileFault.NOT_A_WORKBOOK,
        "text",
    ),  # a mail gateway's note
    "calamine/ff70e78a_pass_protected.xlsb": (FileFault.ENCRYPTED, ""),
    "poi/63405f1b_protected_passtika.xlsb": (FileFault.ENCRYPTED, ""),
    "poi/c83bbf76_clusterfuzz-testcase-minimized-POIHSSFFuzzer-5786329142919168.xls": (
        FileFault.OTHER_FORMAT,
        "ole",  # its stream has a broken name
    ),
    "sheetjs/dca73dd8_apachepoi_password.xls.xlsb": (FileFault.ENCRYPTED, ""),
}
BOMBS = (
    "cols_bomb.xlsx",
    "definedname_many.xlsx",
    "lying_dimension_huge.xlsx",
    "merge_bomb.xlsx",
    "sst_500MB_strings.xlsx",
    "stray_XFD1048576.xlsx",
    "styled_empty_1M_rows.xlsx",
    "xml_billion_laughs.xlsx",
    "zipbomb_sheet_spaces_3GB.xlsx",
    "zipbomb_unrelated_part_3GB.xlsx",
)

CALAMINE_HIDES_ERRORS = (
    "openpyxl cannot read the file, and calamine shows error values as blanks"
)
PICTURES_ARE_NAMED = (
    "a picture in a cell is called that; others see the error kept for older versions"
)
KNOWN_DIFFERENCES = {
    "calamine/4b60db0a_pivots.xlsx": CALAMINE_HIDES_ERRORS,
    "calamine/60c73a13_pictures_in_cell_and_over_cell.xlsx": PICTURES_ARE_NAMED,
    "calamine/c86f4709_picture_richdata.xlsx": PICTURES_ARE_NAMED,
    "crafted/absolute_targets_backslash.xlsx": "openpyxl does not follow a target with backslashes",
    "crafted/bad_value_number.xlsx": "'abc' in a number cell is damage; calamine takes it for text",
    "poi/2eb36ee2_sample-beta.xlsx": "a beta of Excel 2007 with a namespace of its own: its numbers can be read",
    "poi/bec34c25_52575_main.xlsx": "an inline string written as a formula's value: openpyxl sees none",
    "poi/c71d78a2_64420.xlsm": "openpyxl reads the macro sheet, too",
    "sheetjs/2d287b5d_xlsx-stream-d-date-cell.xlsx": "an ISO date with milliseconds: text for calamine",
}
OPENPYXL_READS_ON = {
    "crafted/bzip2_method.xlsx": "a compression that the format does not allow",
    "crafted/definedname_many.xlsx": "200,000 names are no plan",
    "crafted/lzma_method.xlsx": "a compression that the format does not allow",
    "crafted/sst_500MB_strings.xlsx": "500 MB of text are no plan",
    "poi/0e363e7f_xlsx-corrupted.xlsx": "the package's relationships are no XML; openpyxl guesses the workbook",
    "poi/2e74ac32_duplicate-filename-case-insensitive.xlsx": "a part is stored twice, with two contents",
    "poi/5853cf1d_duplicate-filename.xlsx": "a part is stored twice, with two contents",
    "poi/e64abc61_poc-shared-strings.xlsx": "a text of a million characters; Excel takes 32,767",
}


@pytest.fixture
def crafted(shared: Path) -> Path:
    """The files made by hand to break readers."""
    return shared / "corpus" / "crafted"


def test_every_old_or_foreign_spreadsheet_is_named_by_its_kind(shared: Path) -> None:
    """An .xls, .xlsb or .ods file is told by its own kind, or as encrypted, not as broken."""
    differing = {}
    for path in (shared / "corpus").glob("*/*"):
        kind = path.suffix.lower().removeprefix(".")
        if kind in {"xls", "xlsb", "ods"}:
            with pytest.raises(WorkbookError) as caught:
                read_book(path)
            if (caught.value.fault, caught.value.detail) != (
                FileFault.OTHER_FORMAT,
                kind,
            ):
                differing[f"{path.parent.name}/{path.name}"] = (
                    caught.value.fault,
                    caught.value.detail,
                )
    assert differing == NOT_WHAT_THE_NAME_SAYS


@pytest.mark.parametrize(
    ("name", "expected"), CRAFTED_FAULTS.items(), ids=CRAFTED_FAULTS
)
def test_a_crafted_file_is_named_for_what_it_is(
    crafted: Path, name: str, expected: tuple[FileFault, str]
) -> None:
    """A file that is no readable workbook is refused with its own fault and detail."""
    with pytest.raises(WorkbookError) as caught:
        read_book(crafted / name)
    assert (caught.value.fault, caught.value.detail) == expected


def test_all_other_crafted_files_are_read(crafted: Path) -> None:
    """A crafted oddity that leaves the cells readable is read."""
    for path in crafted.iterdir():
        if path.name not in CRAFTED_FAULTS:
            assert read_book(path).sheets, path.name


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_time_and_memory(crafted: Path, name: str) -> None:
    """A file made to exhaust the machine is read or refused within 5 s of CPU and 600 MB of address space."""
    script = (
        "import sys\n"
        "from kamxl.xlsx.cells import read_book\n"
        "from kamxl.xlsx.package import WorkbookError\n"
        "try: print(len(read_book(sys.argv[1]).sheets), 'sheets')\n"
        "except WorkbookError as error: print(error.fault)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(crafted / name)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=_bound,
    )
    fault = CRAFTED_FAULTS.get(name)
    assert (done.stdout.strip(), done.returncode) == (
        fault[0].value if fault else "1 sheets",
        0,
    ), done.stderr


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_PER_FILE, SECONDS_PER_FILE))
    resource.setrlimit(resource.RLIMIT_AS, (BOMB_MEMORY, BOMB_MEMORY))


@pytest.mark.slow
def test_healthy_workbooks_read_as_other_readers_read_them(shared: Path) -> None:
    """Every cell agrees with openpyxl or calamine, or the difference has a known reason."""
    files = [
        p
        for p in sorted((shared / "corpus").glob("*/*"))
        if p.suffix.lower() in WORKBOOK_SUFFIXES
    ]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        2, mp_context=spawning, initializer=prepare_worker
    ) as pool:
        results = list(pool.map(compare, files, chunksize=8))
    differing = {
        result.file: result.differences[:3] for result in results if result.differences
    }
    refused = {
        result.file: result.fault
        for result in results
        if result.fault and result.oracles
    }
    compared = sum(1 for result in results if result.oracles and not result.fault)
    assert {
        file: d for file, d in differing.items() if file not in KNOWN_DIFFERENCES
    } == {}
    assert {
        file: f for file, f in refused.items() if file not in OPENPYXL_READS_ON
    } == {}
    assert set(KNOWN_DIFFERENCES) <= set(differing), "a known difference is gone"
    assert compared > 500
