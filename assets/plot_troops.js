// Troops on the page: drawn by the server; the playhead moves here, a mark leads to its row.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});

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
})();
