"""What one file may cost a process: processor time and memory, bounded by the system and not by the process itself.

A process that is busy inside a pattern or a parser looks at no clock of its own. So the system keeps the bounds: on
POSIX `resource` limits, on Windows a job object. Where it knows no bound, the parent's patience is what is left.
For example ``Budget(seconds=4, megabytes=512)`` ends a process that works on one file for more than four seconds.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import wait

if sys.platform != "win32":
    import resource

_MEGABYTE = 1 << 20
_PATIENCE = 8
"""Seconds on the clock for each second of processor time: other processes work, disks and networks are slow."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one file may cost.

    Attributes:
        seconds: processor time, above 0.
        megabytes: memory of the process, of which Python itself needs some 60.
    """

    seconds: float
    megabytes: int

    @property
    def patience(self) -> float:
        """Seconds by the clock after which a file is given up, whatever its process is waiting for."""
        return self.seconds * _PATIENCE


def limit_memory(budget: Budget) -> None:
    """Let this process get no more memory than the budget has; it then fails with `MemoryError`."""
    size = budget.megabytes * _MEGABYTE
    with contextlib.suppress(OSError, ValueError):
        if sys.platform == "win32":
            _limit_memory_of_job(size)
        else:
            resource.setrlimit(resource.RLIMIT_DATA, (size, size))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(budget: Budget) -> None:
    """Let this process work for the budget's time from now on; it is ended after that."""
    if sys.platform == "win32":
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    last = math.ceil(time.process_time() + budget.seconds)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (last, most))


def was_out_of_time(exit_code: int | None) -> bool:
    """Whether a process ended because `limit_time` did."""
    return sys.platform != "win32" and exit_code == -signal.SIGXCPU


def end_with_parent() -> None:
    """Let this process end as soon as the one that started it has ended, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if sys.platform == "win32":

    def _limit_memory_of_job(size: int) -> None:
        """Put this process into a job of its own; pywin32 comes with xlwings."""
        import win32api  # noqa: PLC0415
        import win32job  # noqa: PLC0415

        job = win32job.CreateJobObject(None, "")
        kind = win32job.JobObjectExtendedLimitInformation
        limits = win32job.QueryInformationJobObject(job, kind)
        flags = win32job.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits["BasicLimitInformation"]["LimitFlags"] |= flags
        limits["ProcessMemoryLimit"] = size
        win32job.SetInformationJobObject(job, kind, limits)
        win32job.AssignProcessToJobObject(job, win32api.GetCurrentProcess())
