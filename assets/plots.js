// Map and timeline: drawn once from the empty figures, then only their arrays change.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const draw = serval.draw;
  const NARROW = 600; // px
  const APART = 9.2; // a zoom at which a town's events stand apart
  let given = null;
  let columns = null;
  let search = null;
  let loaded = false;
  let moving = 0;
  let turn = Promise.resolve();

  const theme = () => {
    const named = document.documentElement.dataset.theme;
    return named || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  };
  const plotOf = (id) => document.querySelector(`#${id} .js-plotly-plot`);
  const json = async (url) => (await fetch(url)).json();

  function hasWebgl() {
    try {
      return !!document.createElement("canvas").getContext("webgl2");
    } catch {
      return false;
    }
  }

  function stateOf(selection, zoom) {
    const { day } = serval.select;
    const rows = (chosen) => serval.select.rows(columns, chosen, search);
    return {
      at: day(selection.at), known: selection.known ? day(selection.known) : null,
      from: day(selection.from), to: day(selection.to),
      context: rows({ ...selection, from: given.first, to: given.last, dates: "possible" }),
      zoom, lang: given.lang, theme: theme(),
      event: selection.event ? columns.events.id.indexOf(selection.event) : -1,
    };
  }

  // MapLibre's own map, once Plotly has made it.
  function liveMap() {
    const plot = plotOf("map");
    const part = plot && plot._fullLayout && plot._fullLayout.map;
    return part && part._subplot && part._subplot.map;
  }

  // Plotly must not be asked for anything before the base map has loaded: it would fail for good.
  const mapStands = () => loaded && !!liveMap();
  const zoomNow = (selection) => (mapStands() ? liveMap().getZoom() : cameraOf(selection).zoom);

  // Arrays of a fill put into the traces of an empty figure.
  function filled(figure, arrays) {
    const data = figure.data.map((trace, i) => {
      const next = { ...trace };
      for (const [path, values] of Object.entries(arrays[i] || {})) {
        const [head, tail] = path.split(".");
        next[head] = tail ? { ...next[head], [tail]: values } : values;
      }
      return next;
    });
    return { data, layout: { ...figure.layout } };
  }

  function restyle(plot, arrays) {
    const keys = new Set(arrays.flatMap((trace) => Object.keys(trace)));
    const update = {};
    const which = arrays.map((_, i) => i);
    for (const key of keys) {
      update[key] = arrays.map((trace, i) => (key in trace ? trace[key] : current(plot.data[i], key)));
    }
    return window.Plotly.restyle(plot, update, which);
  }

  function current(trace, path) {
    return path.split(".").reduce((part, key) => (part ? part[key] : undefined), trace);
  }

  const round = (n, places) => Math.round(n * 10 ** places) / 10 ** places;
  const playhead = (selection) => ({ "shapes[0].x0": selection.at, "shapes[0].x1": selection.at });
  const span = (selection) => {
    const { day, iso } = serval.select;
    const pad = Math.max(1, Math.round((day(selection.to) - day(selection.from)) * 0.015));
    return { "xaxis.range": [iso(day(selection.from) - pad), iso(day(selection.to) + pad)],
             "xaxis2.range": [given.first, given.last] };
  };
  const nest = (flat) => Object.entries(flat).reduce((layout, [path, value]) => {
    const [, axis, key] = path.match(/^(xaxis2?)\.(.*)$/) || [];
    return axis ? { ...layout, [axis]: { ...layout[axis], [key]: value } } : layout;
  }, {});

  function timelineFigure(selection) {
    const figure = filled(given.figures[theme()].timeline, draw.timeline(columns, shown(selection),
                                                                         stateOf(selection, 0)));
    const axes = nest(span(selection));
    const { layout } = figure;
    layout.xaxis = { ...layout.xaxis, ...axes.xaxis };
    layout.xaxis2 = { ...layout.xaxis2, ...axes.xaxis2 };
    layout.shapes = [{ ...layout.shapes[0], x0: selection.at, x1: selection.at }];
    const { width } = sizeOf("timeline");
    layout.xaxis.nticks = Math.max(3, Math.floor(width / 110));
    if (width < NARROW) narrow(layout);
    return figure;
  }

  // On a narrow screen the lanes are named by their pictograms, which the legend explains.
  function narrow(layout) {
    const ticktext = columns.terms.families.map((family) => draw.familyMark(family, "confirmed"));
    layout.yaxis = { ...layout.yaxis, ticktext, tickfont: { family: "Serval Marks", size: 16 } };
    layout.xaxis2 = { ...layout.xaxis2, nticks: 4 };
  }

  function mapFigure(selection) {
    const figure = filled(given.figures[theme()].map, draw.map(columns, shown(selection),
                                                               stateOf(selection, zoomNow(selection))));
    figure.layout.map = { ...figure.layout.map, ...cameraOf(selection) };
    Object.assign(figure.layout, sizeOf("map"));
    return figure;
  }

  function sizeOf(id) {
    const { clientWidth: width, clientHeight: height } = document.getElementById(id).parentElement;
    return { width, height };
  }

  // Where the camera stands: as the link says, else so that the theatre just fills the panel.
  function cameraOf({ lat, lon, zoom }) {
    const { width, height } = sizeOf("map");
    const home = draw.home(width || undefined, height || undefined);
    return { center: { lat: lat ?? home.lat, lon: lon ?? home.lon }, zoom: zoom ?? home.zoom };
  }
  const shown = (selection) => serval.select.rows(columns, selection, search);

  async function redraw(selection, how) {
    if (!columns) return;
    if (selection.q && !search) search = await json(given.search);
    const rows = shown(selection);
    const timeline = plotOf("timeline");
    if (timeline) {
      await restyle(timeline, draw.timeline(columns, rows, stateOf(selection, 0)));
      await window.Plotly.relayout(timeline, { ...playhead(selection), ...span(selection) });
    }
    await redrawMap(selection, rows, how);
  }

  async function redrawMap(selection, rows, how) {
    const plot = plotOf("map");
    if (!mapStands()) return;
    if (how && how.fly) await move(plot, fly(selection));
    await inTurn(() => restyle(plot, draw.map(columns, rows, stateOf(selection, zoomNow(selection)))));
  }

  function fly(selection) {
    const { center, zoom } = cameraOf(selection);
    return { "map.center": center, "map.zoom": zoom };
  }

  function zoomBy(step) {
    if (mapStands()) window.Plotly.relayout(plotOf("map"), { "map.zoom": liveMap().getZoom() + step });
  }

  // From the moment the base map stands: the marks for where the camera is, and the panel's size.
  function stand(plot) {
    loaded = true;
    const now = () => serval.state.selection();
    const redrawNow = () => redrawMap(now(), shown(now()));
    const fit = () => move(plot, () => (now().zoom === null ? { ...sizeOf("map"), ...fly(now()) } : sizeOf("map")));
    draw.tune(plot);
    liveMap().on("zoomend", redrawNow);
    new ResizeObserver(fit).observe(document.getElementById("map").parentElement);
    fit().then(redrawNow);
  }

  // A change that is ours, so that it is not taken for the reader's own.
  const move = (plot, changes) => inTurn(async () => {
    moving += 1;
    await window.Plotly.relayout(plot, typeof changes === "function" ? changes() : changes);
    setTimeout(() => (moving -= 1), 50);
  });

  // Plotly loses changes of a map that come while it is still at work on another.
  function inTurn(act) {
    turn = turn.then(act, act);
    return turn;
  }

  // Without WebGL2 the server draws the map, for the panel's size.
  const printSize = () => Object.values(sizeOf("map"));

  function watchPrint() {
    let asking = 0;
    new ResizeObserver(() => {
      clearTimeout(asking);
      asking = setTimeout(() => window.dash_clientside.set_props("print-size", { data: printSize() }), 300);
    }).observe(document.querySelector(".stage"));
    const plot = () => plotOf("map-print");
    soon(() => plot() && plot().on, () => plot().on("plotly_click", ({ points }) => choose(points[0])));
  }

  function soon(ready, act) {
    const timer = setInterval(() => {
      if (!ready()) return;
      clearInterval(timer);
      act();
    }, 40);
  }

  function wireTimeline() {
    const plot = () => plotOf("timeline");
    soon(() => plot() && plot().on, () => {
      plot().on("plotly_click", ({ points }) => choose(points[0]));
      plot().on("plotly_afterplot", () => {
        const { xaxis2 } = plot()._fullLayout;
        if (xaxis2) serval.brush.place(xaxis2);
      });
    });
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
  function choose({ customdata, lat, lon }) {
    const ids = [customdata || []].flat();
    if (ids.length > 1 && lat !== undefined) serval.state.fly({ lat: round(lat, 4), lon: round(lon, 4), zoom: APART });
    else if (ids.length) serval.state.change({ event: ids[0] });
  }

  function wireMap() {
    soon(liveMap, () => {
      const plot = plotOf("map");
      plot.on("plotly_click", ({ points }) => choose(points[0]));
      watchCamera(plot);
      if (liveMap().loaded()) stand(plot);
      else liveMap().once("load", () => setTimeout(() => stand(plot)));
    });
  }

  serval.plots = { plotOf, theme, redraw, zoomBy };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.serval = Object.assign(window.dash_clientside.serval || {}, {
    async start(data) {
      given = data;
      const selection = serval.state.selection();
      columns = await json(given.columns);
      if (selection.q) search = await json(given.search);
      serval.page.given = given;
      serval.state.listen(redraw);
      const timeline = timelineFigure(selection);
      wireTimeline();
      if (!hasWebgl()) {
        document.querySelector(".map-panel").classList.add("printed");
        document.getElementById("map-print").parentElement.hidden = false;
        serval.page.ready();
        watchPrint();
        return [window.dash_clientside.no_update, timeline, printSize(), theme()];
      }
      await document.fonts.load("900 16px 'Metropolis Black'", "\ue100");
      await document.fonts.load("600 16px 'Open Sans Semibold'");
      wireMap();
      serval.page.ready();
      return [mapFigure(selection), timeline, null, theme()];
    },
    query: () => serval.state.first(),
  });
})();
