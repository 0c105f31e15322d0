"""The static layer: every file the page needs, fingerprinted, compressed once, cached for ever.

`asset_url` and `publish` give URLs while the layout is being built; `install` comes last. URLs under
/static/ carry a hash of what they give, so they never change. The compressed forms are made once and
kept in the build folder (SERVAL_BUILD, by default build/ beside app.py), ready to be made at set-up.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from wsgiref.headers import Headers

import brotli
import dash
from whitenoise import WhiteNoise

from components import responses

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
BUILD = Path(os.environ.get("SERVAL_BUILD") or ROOT / "build")

ALONE = "alone/"  # scripts and style sheets of pages without Dash, which the dashboard does not load
LATER = ("take_away.js", "take_jobs.js", "picture.js", "vectors.js", "marks.js")
"""Scripts that the dashboard fetches when they are first needed."""
BOOT = "boot.js"  # the one script that runs before the first paint; it is put into the page itself
REWRITTEN = {".css", ".js", ".json", ".webmanifest"}  # files in which /assets/… becomes the published URL
NAMED = re.compile(r"/assets/([\w./-]*\w)")
CSS_RELATIVE = re.compile(r"""(url\(\s*["']?)(?!data:|https?:|/|#)([^"')?#]+)""")
SUITES = "/_dash-component-suites/"
ON_DEMAND = re.compile(r"dcc/async-(?!mathjax)\w+\.js$")
TABLE = re.compile(rf'<script src="{SUITES}dash/dash_table/[^"]*"></script>')
POLYFILL = re.compile(
    rf'<script src="{SUITES}dash/deps/polyfill@[^"]*"></script>'
)  # for browsers before ES2020
MEDIA_TYPES = {".geojson": "application/geo+json", ".webmanifest": "application/manifest+json"}


class Shelf:
    """A folder of published files, each beside its brotli and gzip form, laid out as its URLs are.

    assets: the folder whose files are published; public: the folder they are published in; quality: of
    brotli, 1 (quick) to 11 (small).
    """

    def __init__(self, assets: Path, public: Path, quality: int = 11) -> None:
        self.assets = assets
        self.public = public
        self.quality = quality
        self.sealed = False
        self._urls: dict[str, str] = {}
        self._underway: list[str] = []

    def url(self, path: str) -> str:
        """The fingerprinted URL of a file of the assets folder; FileNotFoundError if there is none."""
        if path in self._underway:
            raise ValueError(f"assets/{path} refers to itself, directly or through other files")
        if path not in self._urls:
            self._underway.append(path)
            self._urls[path] = self.publish(path, self._contents(path))
            self._underway.remove(path)
        return self._urls[path]

    def publish(self, name: str, data: bytes) -> str:
        """Publish bytes made at start-up under /static/<name with a hash>; gives the URL.

        RuntimeError if they are new and the shelf is already being served.
        """
        stem, suffix = posixpath.splitext(name)
        url = f"/static/{stem}.{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
        self.put(url, data)
        return url

    def put(self, url: str, data: bytes) -> None:
        """Keep the bytes under this very URL."""
        target = self.public / url.lstrip("/")
        if target.is_file() and target.read_bytes() == data:
            return
        if self.sealed:
            raise RuntimeError(f"{url} comes too late: publish before install()")
        target.parent.mkdir(parents=True, exist_ok=True)
        # The plain file comes last: where it lies, its compressed forms are complete.
        _write(target.with_name(target.name + ".br"), brotli.compress(data, quality=self.quality))
        _write(target.with_name(target.name + ".gz"), gzip.compress(data, 9, mtime=0))
        _write(target, data)

    def names(self, suffix: str = "") -> list[str]:
        """Paths of the asset files with this suffix, in name order."""
        found = (p for p in self.assets.rglob("*" + suffix) if p.is_file() and not p.name.startswith("."))
        return sorted(p.relative_to(self.assets).as_posix() for p in found)

    def stylesheet(self) -> str | None:
        """The URL of the dashboard's style sheets in name order as one file; None if there are none."""
        sheets = [self._contents(name) for name in self.names(".css") if not name.startswith(ALONE)]
        return self.publish("style.css", b"\n".join(sheets)) if sheets else None

    def _contents(self, path: str) -> bytes:
        data = (self.assets / path).read_bytes()
        if posixpath.splitext(path)[1] not in REWRITTEN:
            return data
        text = NAMED.sub(lambda m: self._reference(m[1]) or m[0], data.decode())
        if path.endswith(".css"):
            here = posixpath.dirname(path)
            text = CSS_RELATIVE.sub(
                lambda m: m[1] + (self._reference(posixpath.normpath(posixpath.join(here, m[2]))) or m[2]),
                text,
            )
        return text.encode()

    def _reference(self, path: str) -> str | None:
        return self.url(path) if (self.assets / path).is_file() else None


SHELF = Shelf(ASSETS, BUILD / "public")
asset_url = SHELF.url
publish = SHELF.publish


def plotly_url(shelf: Shelf = SHELF, build: Path = BUILD) -> str:
    """The URL of Plotly's code: our own bundle if it was built, the one of the plotly package if not."""
    stock = files("plotly").joinpath("package_data/plotly.min.js")
    return shelf.publish("plotly.js", (_built("plotly", build) or stock).read_bytes())


def install(
    app: dash.Dash,
    *,
    preload: Sequence[str] = (),
    language: Callable[[], str] = lambda: "en",
    shelf: Shelf = SHELF,
    build: Path = BUILD,
) -> None:
    """Serve the app's static files from the shelf and give its answers headers, compression and real 404s.

    Call it last: after the layout, the callbacks and all routes, since it warms the app by asking for its
    page once. `preload`: URLs that the page needs soon and cannot name early, such as its data; `language`:
    gives that of the page being asked for.
    """
    urls = {name: shelf.url(name) for name in shelf.names() if name != BOOT and not name.endswith(".css")}
    plotly = plotly_url(shelf, build)
    sheet = shelf.stylesheet()
    icon = _icon(shelf)
    icon_tag = f'<link rel="icon" href="{shelf.url(icon.name)}">' if icon else ""
    inline = [_plotly_loader(plotly)]
    if (shelf.assets / BOOT).is_file():
        inline.insert(0, (shelf.assets / BOOT).read_text().strip())

    app.config.assets_ignore = "."  # Dash would add every file again, without fingerprint
    app.config.external_stylesheets = [*app.config.external_stylesheets, *([sheet] if sheet else [])]
    first = [
        name for name in urls if name.endswith(".js") and not name.startswith(ALONE) and name not in LATER
    ]
    scripts = [urls[name] for name in first]
    app.config.external_scripts = [*app.config.external_scripts, *scripts]
    early = [plotly, f"{SUITES}dash/dcc/async-graph.js", "/_dash-layout", "/_dash-dependencies", *preload]
    _lighten(app, shelf, build, language)
    app.index_string = _index(app.index_string, inline, early, icon_tag)

    hashes = [*app.csp_hashes(), *(_csp_hash(code) for code in inline)]
    responses.install(app.server, hashes, catch_all=app.config.routes_pathname_prefix + "<path:path>")
    responses.add_well_known(app.server, icon)
    _put_component_files(app, shelf)
    shelf.sealed = True
    app.server.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.server.wsgi_app,
        root=str(shelf.public),
        mimetypes=MEDIA_TYPES,
        allow_all_origins=False,
        add_headers_function=_file_headers,
    )


def _built(stem: str, build: Path) -> Path | None:
    return next((build / "bundle").glob(f"{stem}.*.min.js"), None)


def _put_component_files(app: dash.Dash, shelf: Shelf) -> None:
    client = app.server.test_client()
    page = client.get("/")
    if page.status_code != 200:
        raise RuntimeError(f"the page answers {page.status}, so it cannot be served")
    urls = re.findall(rf'(?:src|href)="({SUITES}[^"]+)"', page.text)
    for path in app.registered_paths["dash"]:  # parts loaded on demand have no fingerprint
        if ON_DEMAND.search(path):
            urls.append(f"{SUITES}dash/{path}")
    for url in dict.fromkeys(urls):
        shelf.put(url, client.get(url).data)


def _lighten(app: dash.Dash, shelf: Shelf, build: Path, language: Callable[[], str]) -> None:
    """Leave out what Dash sends to every page and ours has no use for: 36 kB. Name the page's language."""
    regenerator = _built("regenerator", build)
    swap = {TABLE: ""}
    if regenerator:
        swap[POLYFILL] = (
            f'<script src="{shelf.publish("regenerator.js", regenerator.read_bytes())}"></script>'
        )
    whole = app.interpolate_index

    def interpolate_index(scripts: str = "", **parts: str) -> str:
        for pattern, tag in swap.items():
            scripts = pattern.sub(tag, scripts)
        return whole(scripts=scripts, **parts).replace("<html>", f'<html lang="{language()}">', 1)

    app.interpolate_index = interpolate_index  # type: ignore[method-assign]


def _index(template: str, inline: list[str], early: list[str], icon: str) -> str:
    tags = [f"<script>{code}</script>" for code in inline] + [_preload(url) for url in early]
    head = "\n".join(["{%metas%}", *tags])
    # Dash keeps its scripts in a footer, a landmark beside the page's own.
    template = template.replace("<footer>", "<div>").replace("</footer>", "</div>")
    return template.replace("{%metas%}", head).replace("{%favicon%}", icon)


def _preload(url: str) -> str:
    kind = {".js": "script", ".css": "style", ".woff2": "font"}.get(posixpath.splitext(url)[1], "fetch")
    origin = "" if kind in ("script", "style") else " crossorigin"
    return f'<link rel="preload" as="{kind}" href="{url}"{origin}>'


def _plotly_loader(url: str) -> str:
    # dcc.Graph loads Plotly when it is first needed from this variable, which Dash would set to its own URL.
    return f'Object.defineProperty(window,"_dashPlotlyJSURL",{{get:()=>"{url}",set(){{}}}})'


def _icon(shelf: Shelf) -> Path | None:
    return next(
        (shelf.assets / n for n in ("favicon.ico", "favicon.svg") if (shelf.assets / n).is_file()), None
    )


def _csp_hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _file_headers(headers: Headers, path: str, url: str) -> None:
    forever = url.startswith("/static/") or re.search(r"\.v[\w-]+m\d+\.", url)
    headers["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "public, no-cache"
    headers["ETag"] = f'"{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:24]}"'
    for name, value in responses.file_headers(headers["Content-Type"].partition(";")[0]).items():
        headers[name] = value


def _write(target: Path, data: bytes) -> None:
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(target)
