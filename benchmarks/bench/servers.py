"""The three servers as processes on free ports of this machine, and what they take of it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processor
from benchmarks.bench.rows import ROOT
from serval import processes
from tests.servers import SERVE, free_port, served, started

BIN = ROOT / "build" / "peers" / "bin"
MB = 1024 * 1024
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A running server: its process leads a group of its own."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    started: float
    """Seconds until it first answered."""

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def cpu(self) -> float:
        """Seconds of processor that the server and its children have taken, ended threads among them."""
        return processor.seconds(self.process.pid)

    def memory(self) -> list[float]:
        """Megabytes (proportional set size) of each process that answers: of Serval its workers."""
        own = self.process.pid
        return [processes.memory(pid) / MB for pid in [*processes.below(own)] or [own]]

    def master(self) -> float:
        """Megabytes of the first process."""
        return processes.memory(self.process.pid) / MB


def serval(port: int, data: Path | None = None) -> tuple[list[str], dict[str, str]]:
    return [*SERVE], {**served(port, WORKERS), **({"SERVAL_DATA": str(data)} if data else {})}


def streamlit(port: int, folder: Path, rows: Path) -> tuple[list[str], dict[str, str]]:
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.enableStaticServing": "true",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    told = [f"--{name}={value}" for name, value in options.items()]
    return [str(BIN / "streamlit"), "run", str(folder / "streamlit_app.py"), *told], {"BENCH_ROWS": str(rows)}


def panel(port: int, folder: Path, rows: Path) -> tuple[list[str], dict[str, str]]:
    told = [
        *("--port", str(port), "--address", "127.0.0.1", "--allow-websocket-origin", "*"),
        *("--index", "panel_app", "--static-dirs", f"base={folder / 'static'}"),
    ]
    command = [str(BIN / "panel"), "serve", str(folder / "panel_app.py"), *told]
    return command, {"BENCH_ROWS": str(rows), "BOKEH_RESOURCES": "server"}


@contextmanager
def running(name: str, log: Path, make, *args) -> Iterator[Server]:
    """A server while it is needed. make(port, *args): its command and environment."""
    port = free_port()
    command, settings = make(port, *args)
    began = time.monotonic()
    with started(command, log, port, patience=180, grace=15, **settings) as process:
        yield Server(name, f"http://127.0.0.1:{port}", process, time.monotonic() - began)
