"""One declaration makes an Excel function: its help in both languages, its arguments, its way through xlwings.

`excel_function` wraps a plain Python function so that it never shows a traceback, registers it in `FUNCTIONS`
(from which the VBA wrapper, the list of functions and the shell call are made) and hands it to xlwings.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace

import xlwings as xw

from kamxl.excel.functions.cells import answer
from kamxl.texts import Text

CATEGORY = "KAM"
"""The category that Excel's function wizard shows."""
MODULE = "kamxl.excel.udf"
"""The module that Excel loads: all functions together."""
_DOC_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument with its help."""

    name: str
    help: Text
    optional: bool

    @property
    def doc(self) -> str:
        """The help in both languages, as Excel's function wizard shows it."""
        return f"{self.help.de} | {self.help.en}"


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function."""

    name: str
    help: Text
    parameters: tuple[Parameter, ...]
    call: Callable[..., object]

    @property
    def doc(self) -> str:
        """The help in both languages, as Excel's function wizard shows it."""
        return f"{self.help.de} | {self.help.en}"

    @property
    def signature(self) -> str:
        """Name and arguments as typed into a cell, optional ones in brackets."""
        names = (f"[{p.name}]" if p.optional else p.name for p in self.parameters)
        return f"{self.name}({'; '.join(names)})"


FUNCTIONS: dict[str, Function] = {}
"""All worksheet functions by name; complete once `kamxl.excel.udf` is imported."""


def excel_function(
    summary: Text, **arguments: Text
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Make a worksheet function of a Python function.

    Args:
        summary: what it computes.
        arguments: the help of each of its arguments, by name.

    Raises:
        ValueError: if the arguments do not match or a help text is longer than Excel takes (255 characters).
    """

    def declare(compute: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(compute)
        def cell_function(*cells: object) -> object:
            return answer(lambda: compute(*cells))

        # xlwings would look for a converter for each annotated type.
        cell_function.__annotations__ = {}
        function = _described(compute, summary, arguments, cell_function)
        cell_function.__doc__ = function.doc
        exposed: Callable[..., object] = cell_function
        for parameter in function.parameters:
            exposed = xw.arg(
                parameter.name, ndim=2, err_to_str=True, doc=parameter.doc
            )(exposed)
        exposed = xw.func(category=CATEGORY)(exposed)
        FUNCTIONS[function.name] = replace(function, call=exposed)
        return exposed

    return declare


def _described(
    compute: Callable[..., object],
    summary: Text,
    arguments: dict[str, Text],
    call: Callable[..., object],
) -> Function:
    signature = inspect.signature(compute)
    if list(arguments) != list(signature.parameters):
        raise ValueError(
            f"{compute.__name__}: help for {list(arguments)}, not {list(signature.parameters)}"
        )
    parameters = tuple(
        Parameter(
            name, arguments[name], parameter.default is not inspect.Parameter.empty
        )
        for name, parameter in signature.parameters.items()
    )
    function = Function(compute.__name__, summary, parameters, call)
    for doc in (function.doc, *(parameter.doc for parameter in parameters)):
        if len(doc) > _DOC_LIMIT:
            raise ValueError(f"{function.name}: {len(doc)} characters of help: {doc}")
    return function
