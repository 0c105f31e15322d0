// The control strip on the page: drawn while its tab is open, with a place for the keyboard at each change.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  let drawn = "";

  // The towns that the filters of place and region leave; null where there is no such filter.
  function chosen({ places, terms }, { place, region }) {
    const [ids, regions] = [[places.id, place], [terms.regions, region]].map(([all, some]) =>
      new Set(some.map((id) => all.indexOf(id)).filter((i) => i >= 0)));
    if (!ids.size && !regions.size) return null;
    return places.id.map((_, i) => i).filter((i) =>
      (!ids.size || ids.has(i)) && (!regions.size || regions.has(places.region[i])));
  }

  function figureOf(scene) {
    const { selection, columns } = scene;
    const state = { ...scene.state, places: chosen(columns, selection) };
    const figure = serval.plots.filled(scene.template("control"), serval.draw.control(columns, state));
    const { layout } = figure;
    const lanes = serval.draw.controlLanes(columns, state);
    const { width } = serval.plots.sizeOf("control");
    layout.xaxis = { ...layout.xaxis, ...serval.axis.axis(selection), nticks: serval.axis.ticks(width) };
    layout.yaxis = { ...layout.yaxis, ...lanes };
    layout.shapes = [{ ...layout.shapes[0], x0: selection.at, x1: selection.at }];
    document.getElementById("control-strip").style.setProperty("--rows", lanes.ticktext.length);
    return figure;
  }

  const key = ({ selection, state }) =>
    JSON.stringify([state.from, state.to, state.known, selection.place, selection.region]);

  function first(scene) {
    if (scene.selection.tab !== "control") return scene.template("control");
    drawn = key(scene);
    return figureOf(scene);
  }

  async function redraw(scene) {
    const plot = serval.plots.plotOf("control");
    if (!plot || scene.selection.tab !== "control") return;
    const { at } = scene.selection;
    if (key(scene) !== drawn) {
      const { data, layout } = figureOf(scene);
      drawn = key(scene);
      await window.Plotly.react(plot, data, layout);
      place(plot, scene);
    } else await window.Plotly.relayout(plot, { "shapes[0].x0": at, "shapes[0].x1": at });
  }

  // Where the plot's ground lies, for the links at the changes: control.css puts them by day and row.
  function place(plot, { state }) {
    const { l, t, w, h } = plot._fullLayout._size;
    const [from, to] = serval.axis.span(state.from, state.to);
    const values = { left: `${l}px`, top: `${t}px`, width: `${w}px`, height: `${h}px`, from, to };
    for (const [name, value] of Object.entries(values)) {
      document.getElementById("control-strip").style.setProperty(`--${name}`, value);
    }
  }

  function wire() {
    serval.plots.whenDrawn("control", (plot) => {
      plot.on("plotly_click", ({ points }) => serval.plots.choose(points[0]));
      plot.on("plotly_hover", ({ points }) => serval.strip.point(points[0].customdata));
      plot.on("plotly_unhover", () => serval.strip.point(null));
      plot.on("plotly_afterplot", () => place(plot, serval.plots.scene(serval.state.selection())));
    });
  }

  serval.drawings = [...(serval.drawings || []), { id: "control", first, redraw, wire }];
})();
