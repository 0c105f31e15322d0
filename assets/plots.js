// Map and timeline: drawn once from the empty figures, then only their arrays change.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const draw = serval.draw;
  let given = null;
  let columns = null;
  let search = null;

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
    const day = draw.dayNumber;
    const rows = (chosen) => serval.select.rows(columns, chosen, search);
    return {
      at: day(selection.at), known: selection.known ? day(selection.known) : null,
      from: day(selection.from), to: day(selection.to),
      context: rows({ ...selection, from: given.first, to: given.last, dates: "possible" }),
      zoom, lang: given.lang, theme: theme(),
      event: selection.event ? columns.events.id.indexOf(selection.event) : -1,
    };
  }

  function zoomNow(selection) {
    const plot = plotOf("map");
    const live = plot && plot._fullLayout && plot._fullLayout.map && plot._fullLayout.map._subplot;
    return live && live.map ? live.map.getZoom() : cameraOf(selection).zoom;
  }

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

  const playhead = (selection) => ({ "shapes[0].x0": selection.at, "shapes[0].x1": selection.at });
  const span = (selection) => {
    const pad = (days, by) => draw.iso(draw.dayNumber(days) + by);
    return { "xaxis.range": [pad(selection.from, -1), pad(selection.to, 1)],
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
    return figure;
  }

  function mapFigure(selection) {
    const figure = filled(given.figures[theme()].map, draw.map(columns, shown(selection),
                                                               stateOf(selection, zoomNow(selection))));
    figure.layout.map = { ...figure.layout.map, ...cameraOf(selection) };
    return figure;
  }

  // Where the camera stands: as the link says, else so that the theatre just fills the panel.
  function cameraOf({ lat, lon, zoom }) {
    const { clientWidth, clientHeight } = document.getElementById("map");
    const home = draw.home(clientWidth || undefined, clientHeight || undefined);
    return { center: { lat: lat ?? home.lat, lon: lon ?? home.lon }, zoom: zoom ?? home.zoom };
  }
  const shown = (selection) => serval.select.rows(columns, selection, search);

  async function redraw(selection, how) {
    if (!columns) return;
    if (selection.q && !search) search = (await json(given.search)).text;
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
    if (!plot || !plot._fullLayout || !hasWebgl()) return;
    if (how && how.fly) await window.Plotly.relayout(plot, fly(selection));
    const arrays = draw.map(columns, rows, stateOf(selection, zoomNow(selection)));
    await restyle(plot, arrays);
  }

  function fly(selection) {
    const { center, zoom } = cameraOf(selection);
    return { "map.center": center, "map.zoom": zoom };
  }

  function zoomBy(step) {
    const plot = plotOf("map");
    if (plot) window.Plotly.relayout(plot, { "map.zoom": plot._fullLayout.map.zoom + step });
  }

  function watchCamera(plot) {
    plot.on("plotly_relayout", (moved) => {
      if (!("map.zoom" in moved) && !("map.center" in moved)) return;
      const { center, zoom } = plot._fullLayout.map;
      const round = (n, places) => Math.round(n * 10 ** places) / 10 ** places;
      serval.state.change({ lat: round(center.lat, 4), lon: round(center.lon, 4), zoom: round(zoom, 2) },
                          { replace: true, small: true });
    });
  }

  const openEvent = (point) => {
    const id = Array.isArray(point.customdata) ? point.customdata[0] : point.customdata;
    if (id) serval.state.change({ event: id });
  };

  function wire(id, each) {
    const timer = setInterval(() => {
      const plot = plotOf(id);
      if (!plot || !plot.on) return;
      clearInterval(timer);
      each(plot);
    }, 60);
  }

  serval.plots = { plotOf, theme, redraw, zoomBy };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.serval = {
    async start(data) {
      given = data;
      const selection = serval.state.selection();
      columns = await json(given.columns);
      if (selection.q) search = (await json(given.search)).text;
      serval.page.given = given;
      serval.state.listen(redraw);
      const timeline = timelineFigure(selection);
      wire("timeline", (plot) => plot.on("plotly_click", ({ points }) => openEvent(points[0])));
      if (!hasWebgl()) {
        document.getElementById("map").style.display = "none";
        document.getElementById("map-print").style.display = "";
        serval.page.ready();
        return [window.dash_clientside.no_update, timeline, true, theme()];
      }
      await document.fonts.load("900 16px 'Metropolis Black'", "\ue100");
      await document.fonts.load("600 16px 'Open Sans Semibold'");
      wire("map", (plot) => {
        plot.on("plotly_click", ({ points }) => openEvent(points[0]));
        watchCamera(plot);
      });
      serval.page.ready();
      return [mapFigure(selection), timeline, false, theme()];
    },
    query: () => serval.state.first(),
  };
})();
