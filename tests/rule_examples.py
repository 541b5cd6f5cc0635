"""An example of what each rule says, in both languages: what `kamxl explain` shows.

    python -m tests.rule_examples

renews `kamxl/checks/examples.json` from the faults that `tests/test_checks_rules.py` sets the rules off with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from kamxl.checks.explain import EXAMPLES
from kamxl.checks.findings import Finding
from kamxl.checks.report import Reporter
from kamxl.checks.rule import Problem
from tests.extracts import SOUND
from tests.test_checks_rules import CHANGES, OTHERS, _checked

COMMAND = "python -m tests.rule_examples"


def dump() -> str:
    """The examples as they are kept, by code."""
    told = {code: _example(code) for code in sorted({*CHANGES, *OTHERS})}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _example(code: str) -> dict[str, str]:
    """The first finding of a rule, worded once in each language."""
    with _recorded() as told:
        if code in CHANGES:
            _checked({**SOUND, **CHANGES[code]})
        else:
            OTHERS[code]()
    reporter, problem = next(both for both in told if both[1].rule.code == code)
    return {language: _worded(reporter, problem, language) for language in ("de", "en")}


def _worded(reporter: Reporter, problem: Problem, language: str) -> str:
    settings = reporter.settings.changed(language=language)
    speaking = replace(reporter, language=language, settings=settings)
    found = speaking.finding(problem)
    assert found is not None
    return found.message


@contextmanager
def _recorded() -> Iterator[list[tuple[Reporter, Problem]]]:
    """Who was told which problem meanwhile."""
    told: list[tuple[Reporter, Problem]] = []
    finding = Reporter.finding

    def tell(self: Reporter, problem: Problem) -> Finding | None:
        told.append((self, problem))
        return finding(self, problem)

    with patch.object(Reporter, "finding", tell):
        yield told


if __name__ == "__main__":
    EXAMPLES.write_text(dump(), encoding="utf-8")
