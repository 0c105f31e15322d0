"""What a visit costs, with our own Plotly bundle and with the stock one, and that nobody else is asked."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from components import static
from tests.browser.visit import MAP_STANDS, open_map, until
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
        static.plotly_url(static.Shelf(static.ASSETS, build / "public", quality=9), build)  # 11 takes 15 s
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
    assert again <= 20_000
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


def test_page_raises_no_error_and_asks_for_no_more_words(page: Page):
    asked = []
    page.on("request", lambda request: asked.append(request.post_data) if request.method == "POST" else None)
    page.goto("/")
    page.wait_for_selector(DRAWN, state="attached")
    page.wait_for_load_state("networkidle")
    assert (page.errors, page.failed, page.offsite) == ([], [], [])
    assert asked == []


DRAG = """async () => {
  const slider = document.getElementById("playhead");
  const mode = document.getElementById("play-mode");
  mode.value = "sofar"; // every day has another map
  mode.dispatchEvent(new Event("change"));
  const restyle = Plotly.restyle;
  window.drawings = 0;
  Plotly.restyle = (plot, ...rest) => {
    if (plot.parentElement.id === "map") window.drawings += 1;
    return restyle(plot, ...rest);
  };
  for (let day = 0; day < 20; day += 1) {
    slider.value = Number(slider.min) + day;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resume) => setTimeout(resume, 5));
  }
}"""


def test_a_drag_draws_the_map_of_the_day_on_which_it_ends(page: Page):
    """And not of every day on its way: the map would follow long after."""
    open_map(page, "from=2013-01-10&at=2013-01-10")
    page.evaluate(DRAG)
    until(page, "() => serval.state.settled()")
    page.evaluate("() => serval.plots.drawn()")
    drawings = page.evaluate("window.drawings")
    assert "at=2013-01-29" in page.url
    assert 1 <= drawings <= 10
    page.evaluate("() => serval.plots.redraw()")
    assert page.evaluate("window.drawings") == drawings, "the map shows another day"


@pytest.mark.parametrize("address", ["/", "/embed/map"])
def test_whose_map_it_is_stands_on_a_narrow_one(new_page: Callable[..., Page], address: str):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    until(page, MAP_STANDS)
    expect(page.locator("#map .maplibregl-ctrl-attrib-inner")).to_be_visible()
    expect(page.locator("#map .maplibregl-ctrl-attrib-inner")).to_contain_text("© OpenStreetMap")
