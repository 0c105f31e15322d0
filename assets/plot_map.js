// The map on the page: the camera, the base map's loading, and the drawn map where WebGL2 is missing.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const APART = 9.2; // a zoom at which a town's events stand apart
  const HELD = 1000; // ms that the map may stand still at most
  let loaded = false;
  let moving = 0;
  let turn = Promise.resolve();
  let latest = null; // the scene that was last asked for
  let pointed = null; // the event that the list points at

  const hasWebgl = (() => {
    try {
      return !!document.createElement("canvas").getContext("webgl2");
    } catch {
      return false;
    }
  })();

  const size = () => serval.plots.sizeOf("map");
  const plotted = () => serval.plots.plotOf("map");
  const round = (n, places) => Math.round(n * 10 ** places) / 10 ** places;

  // MapLibre's own map, once Plotly has made it.
  function live() {
    const plot = plotted();
    const part = plot && plot._fullLayout && plot._fullLayout.map;
    return part && part._subplot && part._subplot.map;
  }

  // Plotly must not be asked for anything before the base map has loaded: it would fail for good.
  const stands = () => loaded && !!live();

  // Where the camera stands: as the link says, else so that the theatre just fills the panel.
  function cameraOf({ lat, lon, zoom }) {
    const { width, height } = size();
    const home = serval.draw.home(width || undefined, height || undefined);
    return { center: { lat: lat ?? home.lat, lon: lon ?? home.lon }, zoom: zoom ?? home.zoom };
  }

  // A trace without points loses its place among the layers, and Plotly then makes those of its neighbour anew.
  const placed = (trace) => (trace.lat.length ? trace : { ...trace, lat: [null], lon: [null] });

  function arrays({ selection, columns, rows, state }) {
    const zoom = stands() ? live().getZoom() : cameraOf(selection).zoom;
    const event = pointed ? columns.events.id.indexOf(pointed) : state.event;
    const drawn = serval.playhead.drawn(rows, columns, state.at);
    return serval.draw.map(columns, drawn, { ...state, zoom, event }).map(placed);
  }

  // Plotly loses changes of a map that come while it is still at work on another.
  function inTurn(act) {
    turn = turn.then(act, act);
    return turn;
  }

  // Whether the camera stands elsewhere than a selection says; what is less than can be seen does not count.
  function elsewhere(selection) {
    const { center, zoom } = cameraOf(selection);
    const now = live().getCenter();
    const off = [now.lat - center.lat, now.lng - center.lon, live().getZoom() - zoom];
    return off.some((by) => Math.abs(by) > 1e-3);
  }

  function fits() {
    const { width, height } = size();
    const drawn = plotted()._fullLayout;
    return drawn.width === width && drawn.height === height;
  }

  // A change of the camera or size that is ours, so that it is not taken for the reader's own.
  const move = (changes) => inTurn(async () => {
    const wanted = changes();
    if (!wanted) return;
    moving += 1;
    await window.Plotly.relayout(plotted(), wanted);
    setTimeout(() => (moving -= 1), 50);
  });

  function camera(selection) {
    const { center, zoom } = cameraOf(selection);
    return { "map.center": center, "map.zoom": zoom };
  }

  async function first(scene) {
    if (!hasWebgl) {
      document.querySelector(".map-panel").classList.add("printed");
      document.getElementById("map-print").parentElement.hidden = false;
      return window.dash_clientside.no_update;
    }
    await document.fonts.load("900 16px 'Metropolis Black'", "\ue100");
    await document.fonts.load("600 16px 'Open Sans Semibold'");
    const figure = serval.plots.filled(scene.template("map"), arrays(scene));
    figure.layout.map = { ...figure.layout.map, ...cameraOf(scene.selection) };
    Object.assign(figure.layout, size());
    return figure;
  }

  // A scene that was overtaken while it waited for its turn is not drawn: the map would follow a drag long after it.
  async function redraw(scene, how) {
    if (!stands()) return;
    latest = scene;
    if (how.fly && elsewhere(scene.selection)) await move(() => camera(scene.selection));
    await inTurn(async () => {
      if (scene === latest) await held(() => serval.plots.restyle(plotted(), arrays(scene)));
    });
  }

  // Plotly gives every source its data again; a filter leaves half of them as they were.
  function spare(source) {
    if (!source || !source.setData || source.spared) return;
    const give = source.setData.bind(source);
    let given = "";
    source.spared = true;
    source.setData = (data) => {
      const text = JSON.stringify(data);
      if (text === given) return source;
      given = text;
      return give(data);
    };
  }

  // MapLibre draws the map anew for each source whose new data are there: a dozen times what one drawing takes.
  // So it draws nothing while any is on its way. Not drawing for long would show: a drag must move the map.
  async function held(change) {
    const map = live();
    const ids = Object.keys(map.getStyle().sources);
    const there = () => ids.every((id) => !map.getSource(id) || map.isSourceLoaded(id));
    ids.forEach((id) => spare(map.getSource(id)));
    map.triggerRepaint = () => {};
    const until = performance.now() + HELD;
    const changed = change(); // is done only when the map is drawn
    try {
      do await new Promise((resume) => setTimeout(resume, 8)); while (!there() && performance.now() < until);
    } finally {
      delete map.triggerRepaint;
      map.triggerRepaint();
    }
    await changed;
  }

  // Ring an event as if it were open; null rings the open one again.
  function point(id) {
    if (id === pointed) return;
    pointed = id;
    if (stands()) redraw(serval.plots.scene(serval.state.selection()), {});
  }

  function zoomBy(step) {
    if (stands()) window.Plotly.relayout(plotted(), { "map.zoom": live().getZoom() + step });
  }

  // MapLibre names its canvas in English and makes it a landmark; ours is the section around it.
  function name() {
    const canvas = live().getCanvas();
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", canvas.closest("section").getAttribute("aria-label"));
  }

  // On a narrow map MapLibre folds away whose map it is, behind a button.
  function credit() {
    const credits = plotted().querySelector("details.maplibregl-ctrl-attrib");
    const open = () => (credits.open = true);
    credits.addEventListener("toggle", open);
    open();
  }

  // From the moment the base map stands: the marks for where the camera is, and the panel's size.
  function stand() {
    loaded = true;
    name();
    credit();
    const now = () => serval.state.selection();
    const redrawNow = () => redraw(serval.plots.scene(now()), {});
    const fit = () => move(() => (fits() && !elsewhere(now()) ? null : { ...size(), ...camera(now()) }));
    serval.draw.tune(plotted());
    live().on("zoomend", redrawNow);
    new ResizeObserver(fit).observe(document.getElementById("map").parentElement);
    fit().then(redrawNow); // the link may have changed since the start
  }

  function watchCamera(plot) {
    plot.on("plotly_relayout", (moved) => {
      if (moving || (!("map.zoom" in moved) && !("map.center" in moved))) return;
      const { center, zoom } = plot._fullLayout.map;
      serval.state.change({ lat: round(center.lat, 4), lon: round(center.lon, 4), zoom: round(zoom, 2) },
                          { replace: true, small: true });
    });
  }

  // A mark opens its event; a counted disc is flown to, where its events stand apart.
  function choose(point) {
    const { customdata, lat, lon } = point;
    if (!Array.isArray(customdata) || customdata.length < 2) serval.plots.choose(point);
    else serval.state.fly({ lat: round(lat, 4), lon: round(lon, 4), zoom: APART });
  }

  // Without WebGL2 the server draws the map, for the panel's size; null where the browser draws it.
  const printSize = () => (hasWebgl ? null : Object.values(size()));

  function watchPrint() {
    let asking = 0;
    new ResizeObserver(() => {
      clearTimeout(asking);
      asking = setTimeout(() => window.dash_clientside.set_props("print-size", { data: printSize() }), 300);
    }).observe(document.querySelector(".stage"));
    serval.plots.whenDrawn("map-print", (plot) => {
      plot.on("plotly_click", ({ points }) => serval.plots.choose(points[0]));
    });
  }

  function wire() {
    if (!hasWebgl) return watchPrint();
    serval.plots.whenDrawn("map", (plot) => {
      plot.on("plotly_click", ({ points }) => choose(points[0]));
      watchCamera(plot);
    });
    serval.plots.soon(live, () => {
      if (live().loaded()) stand();
      else live().once("load", () => setTimeout(stand));
    });
    return undefined;
  }

  serval.map = { zoomBy, printSize, point };
  serval.drawings = [...(serval.drawings || []), { id: "map", first, redraw, wire }];
})();
