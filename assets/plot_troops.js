// Troops on the page: drawn by the server; the playhead moves here, a mark leads to its row.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  let drawn = null;

  // The row of the table that a mark stands for, with its source.
  function toRow(id) {
    const row = document.getElementById(`troop-${id}`);
    if (!row) return;
    row.closest("details").open = true;
    row.scrollIntoView({ block: "center" });
    row.setAttribute("tabindex", "-1");
    row.focus();
  }

  async function redraw({ selection }) {
    const plot = serval.plots.plotOf("troops");
    const there = plot && plot.layout && plot.layout.shapes && plot.layout.shapes.length;
    if (selection.tab !== "troops" || !there) return;
    await window.Plotly.relayout(plot, { "shapes[0].x0": selection.at, "shapes[0].x1": selection.at });
  }

  function wire() {
    serval.plots.whenDrawn("troops", (plot) => {
      plot.on("plotly_click", ({ points }) => points[0].customdata && toRow(points[0].customdata));
    });
  }

  serval.drawings = [...(serval.drawings || []), { id: "troops", first: () => null, redraw, wire }];

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.serval = Object.assign(window.dash_clientside.serval || {}, {
    // The figures made of sums do not depend on the playhead, nor on which event is open.
    sums(query) {
      if (query === undefined || query === null) return window.dash_clientside.no_update;
      const { to, ...rest } = serval.select.parse(query);
      const next = serval.select.query({ ...rest, to, at: to, event: null });
      if (next === drawn) return window.dash_clientside.no_update;
      drawn = next;
      return next;
    },
  });
})();
