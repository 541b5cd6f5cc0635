"""What all tests share: the folder beside the project, and the foreign programs that judge our workbooks.

A test that needs something which is not here is skipped with its reason; where the environment variable `CI`
is set, a missing program is a failure instead, so that no check is ever lost unnoticed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.clients.office import Office, missing_office
from tests.clients.validators import Finding, missing_sdk, sdk_findings

# They import uno, which only LibreOffice's Python has.
collect_ignore = ["clients/excel_stand_in.py", "clients/office_server.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all tests with LibreOffice on one worker: one process of it for the whole session."""
    for item in items:
        if "office" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("office"))


def need(reason: str | None) -> None:
    """Skip the test for this reason, if there is one; where CI is set, fail."""
    if reason and os.environ.get("CI"):
        pytest.fail(f"{reason}; where CI is set, this client must be here")
    if reason:
        pytest.skip(reason)


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the language of messages to each test: what the machine speaks says nothing."""
    for name in ("KAMXL_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the project: example data and the corpus of damaged workbooks."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the folder 'shared' is not beside the project")
    return folder


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """LibreOffice, typing German, one process for the session."""
    need(missing_office())
    with Office("de-DE") as running:
        yield running


@pytest.fixture(scope="session")
def ooxml_validator() -> Callable[[Iterable[Path]], list[Finding]]:
    """The Open XML SDK's validator: files in, findings out."""
    need(missing_sdk())
    return sdk_findings
