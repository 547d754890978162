"""Ctrl+C: a command ends at once and says so in one line, whatever it is at.

Python's own interrupt is an exception, which a library may swallow, and which is a traceback
where it comes while modules are still being imported. So this one, the first, imports little.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace

SAID = "Stopped. Each file is as it was, or written whole."
INTERRUPTED = 130  # what shells expect
_state = SimpleNamespace(held=0, asked=False, cleanups=[])


def _interrupted(*_: object) -> None:
    """End now; while files are replaced, as soon as that is done, or if asked again at once."""
    if not _state.held:
        _end()
    if _state.asked:
        raise KeyboardInterrupt
    _state.asked = True


def _end() -> None:
    """End the process without unwinding: what other modules would do on the way takes long."""
    for clean in reversed(_state.cleanups):
        with contextlib.suppress(Exception):
            clean()
    with contextlib.suppress(Exception):
        print(SAID, flush=True)
    os._exit(INTERRUPTED)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Put off the end while files are replaced."""
    _state.held += 1
    try:
        yield
    finally:
        _state.held -= 1
        if _state.asked and not _state.held:
            _end()


@contextlib.contextmanager
def cleaned(clean: Callable[[], object]) -> Iterator[None]:
    """Do something if the command is stopped meanwhile."""
    _state.cleanups.append(clean)
    try:
        yield
    finally:
        _state.cleanups.remove(clean)


if sys.argv[:1] == ["-m"]:  # a command is about to be imported: nothing has been done yet
    signal.signal(signal.SIGINT, _interrupted)
