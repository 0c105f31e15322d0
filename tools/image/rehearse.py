"""The Dockerfile's steps without an engine: rehearse.py [FOLDER].

Stages become folders. COPY copies what `.dockerignore` lets through; RUN runs as written, with /serval and
/venv in the stage's folder; steps that change the system itself are named and left out. In the end the page
is served from its stage as its user, who may write into the stand-in of /tmp alone: its health is checked,
and a page and a picture are asked for.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = ("tools/image/system.sh", "tools/image/chromium.sh")
"""Steps of the system's own: users and packages."""
INSIDE = ("serval", "venv")
"""Folders of the image that the project makes."""
READY = 90.0


@dataclass
class Stage:
    """What a stage says, in its order."""

    name: str
    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def stages(text: str) -> dict[str, Stage]:
    """The stages of a Dockerfile by name."""
    found: dict[str, Stage] = {}
    joined = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    for line in filter(None, map(str.strip, joined.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found[name] = Stage(name, base)
        elif found:
            [*found.values()][-1].steps.append((word, rest.strip()))
    return found


def let_through(ignore: str, path: str) -> bool:
    """Whether `.dockerignore` lets a path into the build; the last line that fits decides."""
    kept = True
    for line in (line.strip() for line in ignore.splitlines()):
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!")
            names = [path, *map(str, Path(path).parents)][:-1] if "/" in path else [path]
            if any(_fits(name, pattern) for name in names):
                kept = line.startswith("!")
    return kept


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch(name.rpartition("/")[2], pattern[3:])
    return "/" not in name and fnmatch(name, pattern)


class Rehearsal:
    """Builds the stages in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stages = stages((ROOT / "Dockerfile").read_text())
        self.environment: dict[str, dict[str, str]] = {}

    def build(self, name: str) -> Path:
        """The folder of a stage, with all its steps done; as the engine does, those it needs come first."""
        stage, home = self.stages[name], self.folder / name
        home.mkdir(parents=True)
        own = self.environment[name] = {}
        if stage.base in self.stages:
            base = self.build(stage.base)
            for inside in INSIDE:
                shutil.copytree(base / inside, home / inside, symlinks=True)
            own |= self.environment[stage.base]
        (home / "serval").mkdir(exist_ok=True)
        for word, rest in stage.steps:
            print(f"[{name}] {word} {rest}", flush=True)
            getattr(self, f"_{word.lower()}", lambda *_: None)(name, home, rest)
        return home

    def _copy(self, name: str, home: Path, rest: str) -> None:
        words = shlex.split(rest)
        at = home / "serval"
        if words[0].startswith("--from="):
            other = words.pop(0).partition("=")[2]
            source = self.folder / other
            if not source.exists():
                self.build(other)
            shutil.copytree(source / words[0].lstrip("/"), at / self._inside(home, words[1]), symlinks=True)
            return
        *sources, target = words
        for source in sources:
            _copied(source, at / target if (ROOT / source).is_dir() else at / target / source)

    def _env(self, name: str, home: Path, rest: str) -> None:
        for pair in shlex.split(rest):
            key, _, value = pair.partition("=")
            self.environment[name][key] = value

    def _run(self, name: str, home: Path, rest: str) -> None:
        if rest.startswith(SYSTEM):
            print(f"[{name}]   left out: it changes the system", flush=True)
            return
        started = time.monotonic()
        subprocess.run(
            self._inside(home, rest), shell=True, check=True, cwd=home / "serval", env=self.env(name)
        )
        print(f"[{name}]   {time.monotonic() - started:.0f} s", flush=True)

    def env(self, name: str, **more: str) -> dict[str, str]:
        """The environment of a stage; nothing of ours but the path, and what reaches the packages."""
        usual = {
            key: os.environ[key] for key in os.environ if key.lower().startswith(("path", "pip_", "npm_"))
        }
        usual |= {
            key: os.environ[key]
            for key in ("HTTPS_PROXY", "HTTP_PROXY", "SSL_CERT_FILE")
            if key in os.environ
        }
        own = {k: self._inside(self.folder / name, v) for k, v in self.environment[name].items()}
        path = own.pop("PATH", "$PATH").replace("$PATH", usual["PATH"])
        return {"HOME": str(self.folder), **usual, **own, "PATH": path, **more}

    def _inside(self, home: Path, words: str) -> str:
        return re.sub(rf"(?<![\w.])/({'|'.join(INSIDE)})\b", lambda m: str(home / m[1]), words)

    def last(self, name: str, word: str) -> str:
        """The last step of a kind, of a stage or what it is built on."""
        stage = self.stages[name]
        said = [rest for step, rest in stage.steps if step == word]
        return said[-1] if said else self.last(stage.base, word)


def _copied(source: str, target: Path) -> None:
    ignore = (ROOT / ".dockerignore").read_text()
    files = list((ROOT / source).rglob("*")) if (ROOT / source).is_dir() else [ROOT / source]
    for file in filter(Path.is_file, files):
        if let_through(ignore, file.relative_to(ROOT).as_posix()):
            to = target / file.relative_to(ROOT / source) if file != ROOT / source else target
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, to)


def serve(build: Rehearsal, name: str) -> None:
    """Serve the stage read-only as its user, and ask it for what an engine and a visitor would."""
    home, user = build.folder / name, build.last(name, "USER")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    temporary = build.folder / "tmp"
    temporary.mkdir()
    as_user: list[str] = []
    if os.getuid() == 0:
        uid, gid = user.split(":")
        os.chown(temporary, int(uid), int(gid))
        # It may read all, since the Python of this machine can lie in root's own folder, but write no more.
        read = "+dac_read_search"
        as_user = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
        as_user += [f"--inh-caps={read}", f"--ambient-caps={read}"]
    subprocess.run(["chmod", "-R", "a-w,a+rX", str(home)], check=True)
    here = {"TMPDIR": str(temporary), "HOME": str(temporary), "SERVAL_CACHE": str(temporary / "cache")}
    env = build.env(name, PORT=port, HOST="127.0.0.1", **here)
    command = json.loads(build.last(name, "CMD"))
    health = json.loads(build.last(name, "HEALTHCHECK").partition("CMD ")[2])
    log = (build.folder / "log").open("w")
    server = subprocess.Popen([*as_user, *command], cwd=home / "serval", env=env, stdout=log, stderr=log)
    try:
        end = time.monotonic() + READY
        while subprocess.run(
            [*as_user, *health], cwd=home / "serval", env=env, capture_output=True
        ).returncode:
            if server.poll() is not None or time.monotonic() > end:
                sys.exit(f"it does not serve:\n{(build.folder / 'log').read_text()}")
            time.sleep(0.3)
        for path in ("/", "/readyz", "/figure/losses.svg?lang=en", "/report.html?place=konna"):
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=90) as answer:
                print(f"[{name}] {path}: {answer.status}, {len(answer.read()):,} bytes", flush=True)
        written = sorted(p.name for p in temporary.iterdir())
        print(f"[{name}] as {user}, written into /tmp: {', '.join(written)}", flush=True)
    finally:
        server.send_signal(signal.SIGTERM)
        print(f"[{name}] SIGTERM: exit code {server.wait(40)}", flush=True)


def main(folder: str | None) -> None:
    """Build all stages, and serve the page."""
    with tempfile.TemporaryDirectory(prefix="rehearsal-", dir=folder) as made:
        Path(made).chmod(0o755)
        build = Rehearsal(Path(made))
        build.build("page")
        serve(build, "page")


if __name__ == "__main__":
    main(*sys.argv[1:] or [None])
