"""The static layer, on a small app of its own."""

import gzip
import json
import re
from importlib.metadata import version
from pathlib import Path

import brotli
import dash
import pytest
from dash import Input, Output, dcc, html

from components import static
from components.static import Shelf

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    files = {
        "map/style.json": '{"data": "/assets/map/a.geojson", "other": "/assets/none.json"}',
        "map/a.geojson": '{"type": "FeatureCollection", "features": []}',
        "css/a.css": "@font-face { src: url(../fonts/x.woff2) } b { src: url('/assets/map/a.geojson') }",
        "css/b.css": "i { background: url(data:image/png;base64,AAAA) }",
        "fonts/x.woff2": "not really a font",
        "boot.js": "document.documentElement.dataset.booted = 1",
        "draw.js": "window.drawn = 1; // " + "x" * 2000,
        "favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    for name, text in files.items():
        path = tmp_path / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Shelf(tmp_path / "assets", tmp_path / "public", quality=1)


@pytest.fixture
def site(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A client of an app with the static layer, which leaves the callbacks of the real one alone."""
    for name, empty in {"LIST": [], "MAP": {}}.items():
        monkeypatch.setattr(dash._callback, f"GLOBAL_CALLBACK_{name}", empty)
    monkeypatch.setattr(dash._callback, "GLOBAL_INLINE_SCRIPTS", [])
    app = dash.Dash("small")
    app.layout = html.Div([dcc.Graph(id="graph"), html.Button(id="b"), html.P(id="p"), html.P(id="q")])
    app.callback(Output("p", "children"), Input("b", "n_clicks"))(lambda n: "words " * 500)
    app.clientside_callback("n => n", Output("q", "children"), Input("b", "n_clicks"))
    app.server.add_url_rule("/rows", "rows", lambda: {"rows": list(range(1000))})
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle/plotly.0123.min.js").write_text("window.Plotly = {}")
    static.install(app, preload=[shelf.publish("columns.json", b"[1]")], shelf=shelf, build=tmp_path)
    return app.server.test_client()


def served(site, url: str, encoding: str = "identity"):
    return site.get(url, headers={"Accept-Encoding": encoding}, buffered=True)  # buffered: closes the file


def test_url_carries_the_hash_of_the_contents(shelf: Shelf):
    first = shelf.url("map/a.geojson")
    assert re.fullmatch(r"/static/map/a\.[0-9a-f]{12}\.geojson", first)
    (shelf.assets / "map/a.geojson").write_text("{}")
    assert Shelf(shelf.assets, shelf.public, quality=1).url("map/a.geojson") != first


def test_references_in_css_and_json_become_published_urls(shelf: Shelf):
    style = json.loads((shelf.public / shelf.url("map/style.json").lstrip("/")).read_text())
    assert style == {"data": shelf.url("map/a.geojson"), "other": "/assets/none.json"}
    css = (shelf.public / shelf.stylesheet().lstrip("/")).read_text()
    assert f"url({shelf.url('fonts/x.woff2')})" in css
    assert f"url('{shelf.url('map/a.geojson')}')" in css
    assert "url(data:image/png;base64,AAAA)" in css


def test_missing_and_circular_assets_are_errors(shelf: Shelf):
    with pytest.raises(FileNotFoundError):
        shelf.url("none.css")
    (shelf.assets / "one.json").write_text('"/assets/two.json"')
    (shelf.assets / "two.json").write_text('"/assets/one.json"')
    with pytest.raises(ValueError, match="refers to itself"):
        shelf.url("one.json")


def test_nothing_is_published_once_the_shelf_is_served(shelf: Shelf, site):
    known = shelf.publish("columns.json", b"[1]")
    assert served(site, known).data == b"[1]"
    with pytest.raises(RuntimeError, match="too late"):
        shelf.publish("late.json", b"[2]")


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)]
)
def test_static_files_come_compressed_and_for_ever(site, shelf: Shelf, encoding: str, unpack):
    answer = served(site, shelf.url("draw.js"), encoding)
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    assert unpack(answer.data) == (shelf.assets / "draw.js").read_bytes()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_page_names_fingerprinted_files_only(site, shelf: Shelf):
    page = served(site, "/").text
    urls = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert shelf.url("draw.js") in urls
    assert shelf.stylesheet() in urls
    assert not [u for u in urls if u.startswith("/assets/") or "?" in u]
    assert not [u for u in urls if served(site, u).status_code != 200]
    for url in urls:
        if url.startswith("/static/") or ".v4_" in url:
            assert "immutable" in served(site, url).headers["Cache-Control"], url


def test_every_inline_script_is_allowed_by_the_policy(site):
    answer = served(site, "/")
    policy = answer.headers["Content-Security-Policy"]
    scripts = re.findall(
        r"<script(?: id=\"_dash-renderer\"[^>]*)?>(.*?)</script>",
        re.sub(r"<!--.*?-->", "", answer.text, flags=re.S),
        re.S,
    )
    assert any("booted" in code for code in scripts)
    assert any("_dashPlotlyJSURL" in code for code in scripts)
    assert any("n => n" in code for code in scripts)
    assert not [code for code in scripts if static._csp_hash(code) not in policy]
    assert "unsafe-eval" not in policy
    script_sources = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in script_sources


def test_parts_loaded_on_demand_are_checked_by_etag(site):
    url = "/_dash-component-suites/dash/dcc/async-graph.js"
    first = served(site, url, "br")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = site.get(url, headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("url", ["/", "/rows", "/_dash-layout", "/_dash-dependencies"])
def test_answers_are_compressed_and_a_second_visit_gets_304(site, url: str):
    plain = served(site, url)
    packed = served(site, url, "gzip, deflate, br, zstd")
    if len(plain.data) >= 600:
        assert packed.headers["Content-Encoding"] == "br"
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert len(brotli.decompress(packed.data)) == len(plain.data)
    if url != "/":  # Dash gives each page an id of its own
        assert site.get(url, headers={"If-None-Match": packed.headers["ETag"]}).status_code == 304


def test_callback_answers_are_compressed(site):
    body = {
        "output": "p.children",
        "outputs": {"id": "p", "property": "children"},
        "inputs": [{"id": "b", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["b.n_clicks"],
    }
    answer = site.post("/_dash-update-component", json=body, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "words" in json.loads(gzip.decompress(answer.data))["response"]["p"]["children"]


@pytest.mark.parametrize("url", ["/nothing", "/static/none.js", "/assets/none.js", "/a/b/c", "/robots.tx"])
def test_unknown_paths_are_404(site, url: str):
    assert served(site, url).status_code == 404


def test_well_known_files(site):
    assert served(site, "/robots.txt").mimetype == "text/plain"
    assert served(site, "/favicon.ico").mimetype == "image/svg+xml"


@pytest.mark.parametrize("url", ["/", "/rows", "/nothing"])
def test_security_headers(site, url: str):
    headers = served(site, url).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_stock_plotly_is_served_where_ours_is_not_built(shelf: Shelf, tmp_path: Path):
    stock = (shelf.public / static.plotly_url(shelf, tmp_path).lstrip("/")).read_bytes()
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle/plotly.0123.min.js").write_text("ours")
    ours = (shelf.public / static.plotly_url(shelf, tmp_path).lstrip("/")).read_bytes()
    assert ours == b"ours"
    assert len(stock) > 4_000_000


def test_our_bundle_has_the_plotly_of_the_package():
    from plotly.offline import get_plotlyjs_version

    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]["plotly.js"]
    assert wanted == get_plotlyjs_version(), f"plotly {version('plotly')} brings another plotly.js"
