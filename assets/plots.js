// The drawings that the browser makes itself: started once from the empty figures, then only arrays change.
// A drawing is {id, first(scene) -> figure, redraw(scene, how), wire()}; see plot_map.js and plot_timeline.js.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const PATIENCE = 1000; // ms
  let given = null;
  let columns = null;
  let search = null;
  let drawing = null; // is done when the last change is drawn

  const theme = () => {
    const named = document.documentElement.dataset.theme;
    return named || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  };
  const plotOf = (id) => document.querySelector(`#${id} .js-plotly-plot`);
  const json = async (url) => (await fetch(url)).json();

  function sizeOf(id) {
    const { clientWidth: width, clientHeight: height } = document.getElementById(id).parentElement;
    return { width, height };
  }

  // All that a drawing needs to know of a selection. `template`: its empty figure in the theme of the page.
  function scene(selection) {
    const { day, rows } = serval.select;
    return {
      selection, columns, rows: rows(columns, selection, search),
      template: (id) => given.figures[theme()][id],
      state: {
        at: day(selection.at), known: selection.known ? day(selection.known) : null,
        from: day(selection.from), to: day(selection.to), lang: given.lang, theme: theme(),
        event: selection.event ? columns.events.id.indexOf(selection.event) : -1,
      },
    };
  }

  function put(part, [head, ...rest], values) {
    if (!rest.length) part[head] = values;
    else put((part[head] = { ...part[head] }), rest, values);
  }

  // Arrays of a fill put into the traces of an empty figure.
  function filled(figure, arrays) {
    const data = figure.data.map((trace, i) => {
      const next = { ...trace };
      for (const [path, values] of Object.entries(arrays[i] || {})) put(next, path.split("."), values);
      return next;
    });
    return { data, layout: { ...figure.layout } };
  }

  const current = (trace, path) => path.split(".").reduce((part, key) => (part ? part[key] : undefined), trace);

  // Whether a plot shows these arrays already: Plotly would send all of a map to be drawn anew.
  const shows = (plot, arrays) => arrays.every((trace, i) => Object.entries(trace).every(
    ([path, values]) => JSON.stringify(current(plot.data[i], path)) === JSON.stringify(values)));

  // Gives traces new arrays and, in the same drawing, the layout new settings.
  async function restyle(plot, arrays, layout = {}) {
    if (shows(plot, arrays)) return Object.keys(layout).length ? window.Plotly.relayout(plot, layout) : undefined;
    const keys = new Set(arrays.flatMap((trace) => Object.keys(trace)));
    const update = {};
    for (const key of keys) {
      update[key] = arrays.map((trace, i) => (key in trace ? trace[key] : current(plot.data[i], key)));
    }
    const traces = arrays.map((_, i) => i);
    // Plotly would take an axis of days without a day for one of numbers.
    const days = ((plot.layout || {}).xaxis || {}).type === "date";
    const settings = days ? { ...layout, "xaxis.type": "date" } : layout;
    return Object.keys(settings).length ? window.Plotly.update(plot, update, settings, traces)
      : window.Plotly.restyle(plot, update, traces);
  }

  async function searching(selection) {
    if (selection.q && !search) search = await json(given.search);
  }

  async function redraw(selection, how) {
    if (!columns) return;
    await searching(selection);
    const now = scene(selection);
    serval.brush.count(contextOf(selection), now);
    serval.playhead.note(now);
    const all = serval.drawings.map((one) => one.redraw(now, how || {}));
    drawing = Promise.allSettled(all);
    await Promise.all(all);
  }

  // The last change is drawn, or has been on its way for so long that nothing should wait for it.
  const drawn = () => Promise.race([drawing, new Promise((resume) => setTimeout(resume, PATIENCE))]);

  // The events under all filters but the dates.
  function contextOf(selection) {
    const whole = { ...selection, from: given.first, to: given.last, dates: "possible" };
    return serval.select.rows(columns, whole, search);
  }

  function soon(ready, act) {
    const timer = setInterval(() => {
      if (!ready()) return;
      clearInterval(timer);
      act();
    }, 40);
  }

  // A mark opens its event.
  function choose({ customdata }) {
    const [id] = [customdata || []].flat();
    if (id) serval.state.change({ event: id });
  }

  // Acts on a plot once it is there and Dash has put its own listeners. Dash's answer to a change of layout is
  // to draw the whole figure once more, which nothing here needs.
  function whenDrawn(id, act) {
    const ready = (plot) => plot && plot.on && !plot.classList.contains("dash-graph--pending");
    soon(() => ready(plotOf(id)), () => {
      plotOf(id).removeAllListeners("plotly_relayout");
      act(plotOf(id));
    });
  }

  serval.drawings = serval.drawings || [];
  serval.plots = {
    plotOf, sizeOf, theme, scene, filled, restyle, soon, choose, whenDrawn, drawn,
    redraw: () => redraw(serval.state.selection()),
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.serval = Object.assign(window.dash_clientside.serval || {}, {
    async start(data) {
      given = data;
      serval.page.given = given;
      const selection = serval.state.selection();
      columns = await json(given.columns);
      await searching(selection);
      serval.state.listen(redraw);
      serval.page.ready();
      const now = scene(selection);
      serval.brush.count(contextOf(selection), now);
      const figures = {};
      for (const drawing of serval.drawings) figures[drawing.id] = await drawing.first(now);
      serval.drawings.forEach((drawing) => drawing.wire());
      return [figures.map, figures.timeline, figures.control];
    },
    query: (_, had) => serval.state.first(had),
  });
})();
