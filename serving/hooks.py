"""What gunicorn does beside serving: keep the counts of its workers, and take up a changed record on HUP.

gunicorn.conf.py names these as its hooks. The record is loaded before the workers are made, so workers made
anew would have the old one. On HUP the master therefore tries, in another process, whether the app can be
made as it is now; if so it becomes a new master of the same id and with the same socket, which makes new
workers and ends the old. If not, the log says why, and the record that is loaded stays.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from queue import Empty
from typing import Any

from serving import counts, metrics

OLD = "SERVAL_OLD_WORKERS"
"""Ids of the workers that the master before had."""
FIRST = 3
"""The file descriptor of the first socket that a process is given, as systemd does it."""
STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}
TRY = 120.0
"""Seconds that the trial may take."""


def post_fork(server: Any, worker: Any) -> None:
    gc.enable()
    if not counts.begin(worker.pid):
        metrics.silence()
        server.log.warning("No room in %s: this worker counts nothing", os.environ[counts.FOLDER])


def child_exit(_: Any, worker: Any) -> None:
    counts.end(worker.pid)


def on_reload(server: Any) -> None:
    fault = _trial()
    if fault:
        server.log.error("Not reloaded, the record and the program stay as they were loaded:\n%s", fault)
    elif not _told_to_stop(server):
        server.log.info("Reloading: the app can be made as it is now")
        _become_new(server)


def when_ready(server: Any) -> None:
    gc.freeze()
    old = [int(pid) for pid in os.environ.pop(OLD, "").split()]
    for pid in old:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    if old:
        counts.tidy()
        server.log.info("Reloaded; the workers of before end when their requests are answered")


def _told_to_stop(server: Any) -> bool:
    """Whether a signal to stop came during the trial; a new program would not know of it."""
    waiting = []
    with suppress(Empty):
        while True:
            waiting.append(server.SIG_QUEUE.get_nowait())
    for one in waiting:
        server.SIG_QUEUE.put_nowait(one)
    return not STOPS.isdisjoint(waiting)


def _trial() -> str:
    """What is wrong with the app as it is now; nothing if it can be made."""
    with tempfile.TemporaryFile() as said:  # not a pipe, which a child of the trial might hold open
        try:
            done = subprocess.run(
                [sys.executable, "-c", "import app; print('well', flush=True)"],
                stdout=subprocess.PIPE,
                stderr=said,
                timeout=TRY,
            )
        except subprocess.TimeoutExpired:
            return f"the trial took longer than {TRY:g} s"
        if done.stdout.strip().endswith(b"well"):
            return ""
        said.seek(0)
        return said.read().decode(errors="replace").strip() or "the trial ended without a word"


def _become_new(server: Any) -> None:
    os.environ[OLD] = " ".join(map(str, server.WORKERS))
    os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(server.LISTENERS)))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the new master listens to signals
    counts.outlive_exec()
    high = [os.dup(listener.fileno()) for listener in server.LISTENERS]
    for number, (fd, listener) in enumerate(zip(high, server.LISTENERS, strict=True)):
        listener.close()  # else the new program would have it a second time, and could not close it
        os.dup2(fd, FIRST + number, inheritable=True)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *sys.argv[1:]])
