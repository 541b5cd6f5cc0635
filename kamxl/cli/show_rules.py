"""Rules on the terminal: all of them in a list, or one as a page to read."""

from __future__ import annotations

import csv
import sys
import textwrap
from collections.abc import Sequence

from kamxl.checks.explain import Explanation
from kamxl.cli import words
from kamxl.cli.columns import in_columns

_LINE = 88  # characters
_INDENT = 2


def listed(rules: Sequence[Explanation], language: str) -> None:
    """A line per rule, then how many there are."""
    heads = [text[language] for text in words.RULE_HEADS]
    rows = [(one.code, one.severity_label, one.name, one.message) for one in rules]
    print(in_columns(heads, rows), end="\n\n")
    print(words.RULES_COUNTED[language].format(number=len(rules)))


def as_csv(rules: Sequence[Explanation], language: str) -> None:
    """All that is known of the rules, for a spreadsheet."""
    separator = ";" if language == "de" else ","
    writer = csv.writer(sys.stdout, delimiter=separator, lineterminator="\n")
    told = [one.as_json() for one in rules]
    writer.writerow(told[0] if told else ())
    writer.writerows(one.values() for one in told)


def page(rule: Explanation, language: str) -> None:
    """What a rule finds, an example, what to do, and how a company changes it."""
    told = {
        words.EXPLAIN_WHAT: rule.message,
        words.EXPLAIN_EXAMPLE: rule.example,
        words.EXPLAIN_REMEDY: rule.remedy,
        words.EXPLAIN_THRESHOLD: rule.limit,
    }
    print(f"{rule.code} {rule.name} · {rule.severity_label} · {rule.family}")
    for heading, text in told.items():
        if text:
            print(f"\n{heading[language]}\n{_block(text)}")
    print(f"\n{words.EXPLAIN_CHANGE[language]}")
    print(textwrap.indent(f"[rules]\n{rule.setting}", " " * _INDENT))


def _block(text: str) -> str:
    """An indented paragraph of lines that people read easily."""
    indent = " " * _INDENT
    return textwrap.fill(text, _LINE, initial_indent=indent, subsequent_indent=indent)
