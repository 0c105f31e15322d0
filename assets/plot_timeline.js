// The timeline on the page: its axis of days, its playhead and what a narrow screen changes.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const NARROW = 600; // px
  const TICK = 110; // px that the name of a month takes
  let drawn = "";

  // The days shown and a little more, so that marks at the ends stand whole.
  function range({ from, to }) {
    const { day, iso } = serval.select;
    const pad = Math.max(1, Math.round((day(to) - day(from)) * 0.015));
    return [iso(day(from) - pad), iso(day(to) + pad)];
  }

  // Names of months stand in the middle of theirs, days at their own place.
  const SHORT = 75; // days
  const labels = ({ from, to }) =>
    (serval.select.day(to) - serval.select.day(from) < SHORT ? "instant" : "period");

  // On a narrow screen the lanes are named by their pictograms, which the legend explains.
  function narrow(layout, { terms }) {
    const ticktext = terms.families.map((family) => serval.draw.familyMark(family, "confirmed"));
    layout.yaxis = { ...layout.yaxis, ticktext, tickfont: { family: "Serval Marks", size: 16 } };
  }

  function first(scene) {
    const { selection, columns, rows, state } = scene;
    const figure = serval.plots.filled(scene.template("timeline"), serval.draw.timeline(columns, rows, state));
    const { layout } = figure;
    const { width } = serval.plots.sizeOf("timeline");
    layout.xaxis = { ...layout.xaxis, range: range(selection), nticks: Math.max(3, Math.floor(width / TICK)),
                     ticklabelmode: labels(selection) };
    layout.shapes = [{ ...layout.shapes[0], x0: selection.at, x1: selection.at }];
    if (width < NARROW) narrow(layout, columns);
    return figure;
  }

  async function redraw({ selection, columns, rows, state }) {
    const plot = serval.plots.plotOf("timeline");
    if (!plot) return;
    const what = JSON.stringify([rows, state.from, state.to]);
    if (what !== drawn) await serval.plots.restyle(plot, serval.draw.timeline(columns, rows, state));
    drawn = what;
    await window.Plotly.relayout(plot, { "shapes[0].x0": selection.at, "shapes[0].x1": selection.at,
                                         "xaxis.range": range(selection),
                                         "xaxis.ticklabelmode": labels(selection) });
  }

  function wire() {
    serval.plots.whenDrawn("timeline", (plot) => {
      plot.on("plotly_click", ({ points }) => serval.plots.choose(points[0]));
    });
  }

  serval.drawings = [...(serval.drawings || []), { id: "timeline", first, redraw, wire }];
})();
