"""What a visit costs, with our own Plotly bundle and with the stock one, and that nobody else is asked."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.conftest import serving
from tests.servers import ROOT

pytestmark = pytest.mark.browser
WEBGL = True

DRAWN = "#map .js-plotly-plot .main-svg"


@pytest.fixture(scope="module")
def stock_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server in whose build folder our own bundle is missing."""
    build = ROOT / "build" / "stock"
    if (ROOT / "build" / "public").is_dir() and not build.is_dir():
        shutil.copytree(ROOT / "build" / "public", build / "public")
    with serving(tmp_path_factory.mktemp("stock") / "log", SERVAL_BUILD=str(build)) as url:
        yield url


def visit(context: BrowserContext) -> tuple[Page, int]:
    """Open the page in this profile; gives it and the bytes that came over the wire."""
    page = context.new_page()
    sizes: list[float] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    page.goto("/")
    page.wait_for_selector(DRAWN, state="attached")
    page.wait_for_load_state("networkidle")
    return page, int(sum(sizes))


def test_weight_of_two_visits(new_page: Callable[..., Page]):
    first = new_page()
    ours = any((ROOT / "build" / "bundle").glob("plotly.*.min.js"))
    _, wire = visit(first.context)
    assert wire <= (1_100_000 if ours else 1_900_000)
    _, again = visit(first.context)
    assert again <= 60_000
    assert (first.offsite, first.failed) == ([], [])


def test_stock_bundle_draws_the_same_page(new_page: Callable[..., Page], stock_server: str):
    first = new_page(base_url=stock_server)
    page, wire = visit(first.context)
    assert page.evaluate("Object.keys(Plotly.PlotSchema.get().traces).length") > 20
    assert wire <= 1_900_000
    assert (first.offsite, first.failed) == ([], [])


def test_our_bundle_has_only_the_traces_in_use(new_page: Callable[..., Page]):
    if not any((ROOT / "build" / "bundle").glob("plotly.*.min.js")):
        pytest.skip("our own bundle is not built: Node is missing")
    page, _ = visit(new_page().context)
    traces = page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")
    assert sorted(traces) == ["bar", "scatter", "scattermap"]


def test_unknown_page_is_a_real_404(page: Page):
    answer = page.goto("/nothing-here")
    assert answer is not None
    assert answer.status == 404


def test_page_raises_no_error(page: Page):
    page.goto("/")
    page.wait_for_selector(DRAWN, state="attached")
    page.wait_for_load_state("networkidle")
    assert (page.errors, page.failed, page.offsite) == ([], [], [])
