// The timeline on the page: its axis of days, its playhead and what a narrow screen changes.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const NARROW = 600; // px

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
    layout.xaxis = { ...layout.xaxis, ...serval.axis.axis(selection), nticks: serval.axis.ticks(width) };
    layout.shapes = [{ ...layout.shapes[0], x0: selection.at, x1: selection.at }];
    if (width < NARROW) narrow(layout, columns);
    return figure;
  }

  async function redraw({ selection, columns, rows, state }) {
    const plot = serval.plots.plotOf("timeline");
    if (!plot) return;
    const { range, ticklabelmode } = serval.axis.axis(selection);
    await serval.plots.restyle(plot, serval.draw.timeline(columns, rows, state), {
      "shapes[0].x0": selection.at, "shapes[0].x1": selection.at,
      "xaxis.range": range, "xaxis.ticklabelmode": ticklabelmode,
    });
  }

  function wire() {
    serval.plots.whenDrawn("timeline", (plot) => {
      plot.on("plotly_click", ({ points }) => serval.plots.choose(points[0]));
    });
  }

  serval.drawings = [...(serval.drawings || []), { id: "timeline", first, redraw, wire }];
})();
