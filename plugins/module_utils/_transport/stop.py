# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends a run from outside: nothing is sent any more, and anyone who waits stops waiting."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from .errors import Stopped

# Seconds after which a thread that waits looks whether it should stop.
SLICE = 0.2
# The first is Ctrl-C; the second is sent by what ends jobs, services and containers.
SIGNALS = {signal.SIGINT: "Interrupted", signal.SIGTERM: "Terminated"}


class Stop:
    """Shared by all threads of a run.

    A signal handler may set it, which interrupts the main thread anywhere: so there is no lock in it.

    Attributes:
        reason: why the run has to end; empty while it may continue.
        signals: those that ended it, in the order in which they came; of a run that was abandoned, SIGTERM.
    """

    def __init__(self, is_abandoned: Callable[[], bool] = lambda: False) -> None:
        """`is_abandoned` reports whether nobody waits for the result any more, so that the run has to end."""
        self.reason = ""
        self.signals: list[int] = []
        self._is_abandoned = is_abandoned

    def set(self, reason: str) -> None:
        """End the run. Requests that were sent already are waited for."""
        self.reason = self.reason or reason

    def check(self) -> None:
        """Raises Stopped when the run has to end."""
        if not self.reason and self._is_abandoned():
            self.set("Ansible has ended")
            self.signals.append(signal.SIGTERM)
        if self.reason:
            raise Stopped(self.reason)

    def wait(self, seconds: float) -> None:
        """Sleep. Raises Stopped as soon as the run has to end."""
        self.check()
        while seconds > 0:
            time.sleep(min(seconds, SLICE))
            seconds -= SLICE
            self.check()


@contextlib.contextmanager
def stopped_by_signals(stop: Stop, grace: float, timeout: str = "") -> Iterator[None]:
    """Let SIGINT, SIGTERM and the end of a task's timeout stop the work, and do nothing else.

    The work comes to its end by itself then, and reports and notes what it has done; `end_by_signal` comes after that. What
    has not ended `grace` seconds later (no request takes longer) is ended at once, and so is what gets a second SIGINT.

    Args:
        timeout: the reason of a run that SIGALRM stops. Without one, that signal is left alone until another one came.
    """
    if threading.current_thread() is not threading.main_thread():  # no other thread may change what signals do
        yield
        return
    previous: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGALRM, *SIGNALS)}

    def end_now(number: int, frame: FrameType | None) -> None:
        signal.signal(number, previous[number])
        end_by_signal(number, frame)

    def on_signal(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT and number in stop.signals:
            end_now(number, frame)
            return
        if not stop.signals:
            stop.set(SIGNALS[signal.Signals(number)])
            signal.signal(signal.SIGALRM, on_alarm)
            signal.alarm(int(grace) + 1)
        stop.signals.append(number)

    def on_alarm(number: int, frame: FrameType | None) -> None:
        if stop.signals:
            end_now(stop.signals[0], frame)
            return
        stop.set(timeout)
        signal.signal(number, previous[number])
        signal.alarm(int(grace) + 1)

    # A handler that Python does not know, and a signal that is ignored, are left alone.
    wrapped = [number for number in SIGNALS if callable(previous[number]) or previous[number] is signal.SIG_DFL]
    for number in wrapped:
        signal.signal(number, on_signal)
    if timeout and callable(previous[signal.SIGALRM]):
        signal.signal(signal.SIGALRM, on_alarm)
    try:
        yield
    finally:
        if stop.reason:
            signal.alarm(0)
        for number in (signal.SIGALRM, *wrapped):
            signal.signal(number, previous[number])


def end_by_signal(number: int, frame: FrameType | None = None) -> None:
    """Do what a signal does."""
    handler = signal.getsignal(number)
    if callable(handler):
        handler(number, frame)
    else:
        os.kill(os.getpid(), number)
