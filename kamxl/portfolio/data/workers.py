"""One job for each file: ordinary ones where we are, all others in processes of their own, each under a budget.

A few ordinary files are done at once, as starting a process takes longer than reading a plan. Many files, and each one
that is too large to be called ordinary, go to processes. A process that takes more time or memory than one file may,
or that dies, takes only that file with it: it is reported as failed, and the others go on in a new process.

For example, of 91 files of which one never ends, ``run_all(job, files, tell, Budget(4, 512))`` gives 91 results, in the
files' order, one of them ``job.failed(file, Failure.TIME)``.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from kamxl.portfolio.data.budget import (
    Budget,
    end_with_parent,
    limit_memory,
    limit_time,
    was_out_of_time,
)

PARALLEL_FROM = 40
"""Number of files from which starting processes pays: one takes about half a second to start."""

_CHUNK = 8  # files that travel together: what their results share is then sent once
_MOST_WORKERS = 8
# Reading makes very many small objects and hardly a cycle: looking for one every 700 takes a tenth of the time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_READY = "ready"
_OUT_OF_MEMORY = 3  # exit status

_File = TypeVar("_File")
_File_contra = TypeVar("_File_contra", contravariant=True)
_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)


class Failure(Enum):
    """Why there is no result of a file's own."""

    DIED = "died"
    TIME = "time"
    MEMORY = "memory"


class Job(Protocol[_File_contra, _Result_co]):
    """Something to do with a file; it travels to other processes by pickling."""

    def __call__(self, file: _File_contra, /) -> _Result_co:
        """Do it, whatever it costs."""

    def at_once(self, file: _File_contra, /) -> _Result_co | None:
        """Do it if the file is an ordinary one, which costs little; `None` for any other."""

    def failed(self, file: _File_contra, failure: Failure, /) -> _Result_co:
        """The result for a file that ended the process working on it."""


def run_all(
    job: Job[_File, _Result],
    files: Sequence[_File],
    tell: Callable[[int, _File], None],
    budget: Budget,
) -> tuple[_Result, ...]:
    """The results of `job` for `files`, in their order; `tell` learns of each file when it is done.

    Nothing of the job may come from the caller's own script, as the processes do not import it.
    """
    results: dict[int, _Result] = {}
    for place, result in _results(job, files, budget):
        results[place] = result
        tell(len(results), files[place])
    return tuple(map(results.__getitem__, range(len(files))))


def _results(
    job: Job[_File, _Result], files: Sequence[_File], budget: Budget
) -> Iterator[tuple[int, _Result]]:
    left = list(range(len(files)))
    if len(files) < PARALLEL_FROM or _most_workers() < 2:
        left = []
        for place, file in enumerate(files):
            result = job.at_once(file)
            if result is None:
                left.append(place)
            else:
                yield place, result
    yield from _Crew(job, files, budget, left).results()


def _most_workers() -> int:
    return min(os.cpu_count() or 1, _MOST_WORKERS)


@dataclass(eq=False)
class _Worker:
    """A process, and what it is doing: the places of its files, and the one it has come to."""

    process: SpawnProcess
    pipe: Connection
    is_ready: bool = False
    has_worked: bool = False
    places: tuple[int, ...] = ()
    place: int | None = None
    deadline: float = float("inf")

    def is_idle(self) -> bool:
        """Whether the process is ready and has nothing to do."""
        return self.is_ready and not self.places

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass
class _Crew(Generic[_File, _Result]):
    """Processes working on the files at `places`.

    Attributes:
        job: what they do.
        files: all files.
        budget: what one file may cost.
        places: of the files to be done.
        waiting: places of files that travel together, in the order in which they are to be done.
        workers: the processes that live.
        suspects: places of files that have ended a process once, though not by the time they took.
        can_start: whether processes start here at all; inside some hosts (a frozen program) they do not.
    """

    job: Job[_File, _Result]
    files: Sequence[_File]
    budget: Budget
    places: Sequence[int]
    waiting: deque[tuple[int, ...]] = field(default_factory=deque)
    workers: list[_Worker] = field(default_factory=list)
    suspects: set[int] = field(default_factory=set)
    can_start: bool = True

    def results(self) -> Iterator[tuple[int, _Result]]:
        """Place and result of each file, as they are done."""
        places = tuple(self.places)
        size = min(_CHUNK, -(-len(places) // _most_workers()) or 1)
        starts = range(0, len(places), size)
        self.waiting.extend(places[start : start + size] for start in starts)
        try:
            while self.waiting or self.workers:
                yield from self._next_results()
        finally:
            for worker in self.workers:
                worker.end()

    def _next_results(self) -> Iterator[tuple[int, _Result]]:
        """Give idle processes work, and take what the others say next."""
        self._staff()
        if not self.workers:
            yield from self._without_processes()
            return
        deadline = min(worker.deadline for worker in self.workers)
        pause = max(deadline - time.monotonic(), 0.0)
        pipes = {worker.pipe: worker for worker in self.workers}
        said = wait(list(pipes), None if deadline == float("inf") else pause)
        for pipe in said:
            yield from self._hear(pipes[pipe])  # type: ignore[index]  # it is one of those given
        now = time.monotonic()
        for worker in [late for late in self.workers if late.deadline <= now]:
            yield from self._lost(worker, Failure.TIME)

    def _staff(self) -> None:
        """Start as many processes as there is work for; let those go for which there is none."""
        for worker in filter(_Worker.is_idle, list(self.workers)):
            if self._may_take_the_next(worker):
                self._assign(worker)
            else:
                self._dismiss(worker)
        starting = sum(not worker.is_ready for worker in self.workers)
        room = _most_workers() - len(self.workers)
        wanted = min(room, len(self.waiting) - starting) if self.can_start else 0
        try:
            self.workers += [_started(self.job, self.budget) for _ in range(wanted)]
        except OSError:
            self.can_start = False

    def _may_take_the_next(self, worker: _Worker) -> bool:
        """Whether there is work, and a process for it in which nobody left anything that may be harmful to it."""
        if not self.waiting:
            return False
        # What ended a process may have been what others had left in it.
        is_suspect = self.suspects.intersection(self.waiting[0])
        return not (worker.has_worked and is_suspect)

    def _assign(self, worker: _Worker) -> None:
        places = self.waiting.popleft()
        worker.places, worker.has_worked = places, True
        # A process that has ended meanwhile is noticed when it is listened to.
        with suppress(OSError):
            worker.pipe.send([(place, self.files[place]) for place in places])

    def _dismiss(self, worker: _Worker) -> None:
        worker.end()
        self.workers.remove(worker)

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, _Result]]:
        """Take what a process says: that it is ready, which file it has come to, or the results of its files."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(worker, Failure.DIED)
            return
        if said == _READY:
            worker.is_ready = True
        elif isinstance(said, int):
            worker.place = said
            worker.deadline = time.monotonic() + self.budget.patience
        else:
            places, worker.places = worker.places, ()
            worker.place, worker.deadline = None, float("inf")
            yield from zip(places, said, strict=True)

    def _lost(self, worker: _Worker, failure: Failure) -> Iterator[tuple[int, _Result]]:
        """Go on without a process: blame the file it had come to, and give the others to another one."""
        self._dismiss_dead(worker)
        self.can_start &= worker.is_ready
        place, code = worker.place, worker.process.exitcode
        if was_out_of_time(code):
            failure = Failure.TIME
        elif code == _OUT_OF_MEMORY:
            failure = Failure.MEMORY
        others = [(other,) for other in worker.places if other != place]
        self.waiting.extendleft(reversed(others))
        if place is None:
            return
        if failure is Failure.TIME or place in self.suspects:
            yield place, self.job.failed(self.files[place], failure)
        else:
            self.suspects.add(place)
            self.waiting.append((place,))

    def _dismiss_dead(self, worker: _Worker) -> None:
        """Let a process go that ended by itself, or is to: its exit status tells why."""
        worker.process.join(0 if worker.deadline <= time.monotonic() else 1)
        self._dismiss(worker)

    def _without_processes(self) -> Iterator[tuple[int, _Result]]:
        while self.waiting:
            for place in self.waiting.popleft():
                try:
                    yield place, self.job(self.files[place])
                except MemoryError:
                    yield place, self.job.failed(self.files[place], Failure.MEMORY)


def _started(job: Job[_File, _Result], budget: Budget) -> _Worker:
    """A new process, which says so when it is ready. Raises `OSError` where there is none to be had."""
    # A fork would copy the threads' locks of whoever calls us, such as a progress bar's.
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, job, budget), daemon=True)
    with _no_script():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _no_script() -> Iterator[None]:
    """Let a process start that knows nothing of the caller's script.

    It imports the main module, which would run a plain script once more in each of them.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _serve(pipe: Connection, job: Job[_File, _Result], budget: Budget) -> None:
    """What a process does until it is ended: the job for one file after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    end_with_parent()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    limit_memory(budget)
    try:
        pipe.send(_READY)
        while True:
            pipe.send([_done(pipe, job, budget, *given) for given in pipe.recv()])
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except (EOFError, OSError):
        os._exit(0)  # nobody listens any more


def _done(
    pipe: Connection,
    job: Job[_File, _Result],
    budget: Budget,
    place: int,
    file: _File,
) -> _Result:
    """The result of one file; whoever started us learns first that it is begun."""
    pipe.send(place)
    limit_time(budget)
    return job(file)
