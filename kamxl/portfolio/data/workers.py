"""One job for each file, in several processes where that pays, with the results in the files' order.

A process that dies takes only its file with it: the files it left behind are done again, one process at a time, and
whatever kills its process once more is reported as failed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from types import ModuleType
from typing import Protocol, TypeVar

PARALLEL_FROM = 40
"""Number of files from which starting processes pays: one takes about half a second to start."""

_CHUNK = 8  # files that travel together: what their results share is then sent once
_MOST_WORKERS = 8
# Reading makes very many small objects and hardly a cycle: looking for one every 700 takes a tenth of the time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000

_File = TypeVar("_File")
_File_contra = TypeVar("_File_contra", contravariant=True)
_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)


class Job(Protocol[_File_contra, _Result_co]):
    """Something to do with a file; it travels to other processes by pickling."""

    def __call__(self, file: _File_contra, /) -> _Result_co:
        """Do it."""

    def failed(self, file: _File_contra, /) -> _Result_co:
        """The result for a file that killed the process working on it."""


def run_all(
    job: Job[_File, _Result], files: Sequence[_File], tell: Callable[[int, _File], None]
) -> tuple[_Result, ...]:
    """The results of `job` for `files`, in their order; `tell` learns of each file when it is done.

    Nothing of the job may come from the caller's own script, as the processes do not import it.
    """
    results: dict[int, _Result] = {}
    for place, result in _results(job, files):
        results[place] = result
        tell(len(results), files[place])
    return tuple(map(results.__getitem__, range(len(files))))


def _results(
    job: Job[_File, _Result], files: Sequence[_File]
) -> Iterator[tuple[int, _Result]]:
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    if len(files) < PARALLEL_FROM or workers < 2 or not _processes_start():
        yield from enumerate(map(job, files))
        return
    left = set(range(len(files)))
    for place, result in _in_chunks(job, files, workers):
        left.discard(place)
        yield place, result
    yield from _one_by_one(job, files, sorted(left))


def _processes_start() -> bool:
    """Whether this interpreter can start others; inside some hosts (Excel, a frozen program) it cannot."""
    try:
        with _pool(1) as pool:
            return _submit(pool, os.getpid).result() != os.getpid()
    except (BrokenProcessPool, OSError):
        return False


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork would copy the threads' locks of whoever calls us, such as a progress bar's.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, spawn, gc.set_threshold, (_OBJECTS_BETWEEN_COLLECTIONS,)
    )


def _submit(
    pool: ProcessPoolExecutor, work: Callable[..., _Result], *arguments: object
) -> Future[_Result]:
    """Hand work to a pool whose processes know nothing of the caller's script.

    A new process imports the main module, which would run a plain script once more in each of them.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        return pool.submit(work, *arguments)
    finally:
        sys.modules["__main__"] = script


def _in_chunks(
    job: Job[_File, _Result], files: Sequence[_File], workers: int
) -> Iterator[tuple[int, _Result]]:
    """The results of all chunks whose process survived."""
    with _pool(workers) as pool:
        chunks: dict[Future[list[_Result]], int] = {}
        for start in range(0, len(files), _CHUNK):
            try:
                chunks[_submit(pool, _work, job, files[start : start + _CHUNK])] = start
            except BrokenProcessPool:
                break
        for chunk in as_completed(chunks):
            try:
                yield from enumerate(chunk.result(), chunks[chunk])
            except BrokenProcessPool:
                continue


def _work(job: Job[_File, _Result], files: Sequence[_File]) -> list[_Result]:
    return list(map(job, files))


def _one_by_one(
    job: Job[_File, _Result], files: Sequence[_File], places: Sequence[int]
) -> Iterator[tuple[int, _Result]]:
    """The results for what a dead process left behind; nothing else is hurt when it dies again."""
    waiting = list(places)
    while waiting:
        with _pool(1) as pool:
            while waiting:
                place = waiting.pop(0)
                try:
                    result = _submit(pool, _work, job, [files[place]]).result()[0]
                except BrokenProcessPool:
                    yield place, job.failed(files[place])
                    break
                yield place, result
