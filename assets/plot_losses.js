// Losses on the page: drawn by the server; how they are divided, and the figures behind a bar.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});

  function divide(button) {
    for (const other of button.parentElement.children) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    document.getElementById("losses-room").dataset.shown = button.dataset.split;
    window.dash_clientside.set_props("losses-split", { data: button.dataset.split });
  }

  // Only the rows of a line and a kind, or all of them.
  function show(line, kind, words) {
    const details = document.getElementById("losses-rows");
    if (!details) return;
    for (const row of details.querySelectorAll("tbody tr")) {
      row.hidden = line !== null && !(row.dataset.kind === kind && row.dataset.lines.split(" ").includes(line));
    }
    const said = document.getElementById("losses-behind");
    said.hidden = line === null;
    said.querySelector("span").textContent = words;
    details.open = true;
    if (line === null) return details.querySelector("summary").focus();
    said.scrollIntoView({ block: "center" });
    said.querySelector("button").focus({ preventScroll: true });
  }

  addEventListener("click", ({ target }) => {
    const split = target.closest("[data-split]");
    if (split) divide(split);
    const sum = target.closest("[data-behind]");
    if (sum) show(sum.dataset.behind, sum.dataset.kind, sum.title);
    if (target.closest("#losses-behind button")) show(null, "", "");
  });

  function wire() {
    serval.plots.whenDrawn("losses", (plot) => {
      plot.on("plotly_click", ({ points }) => {
        const bar = points.find(({ customdata }) => customdata);
        if (bar) show(...bar.customdata);
      });
    });
  }

  serval.drawings = [...(serval.drawings || []), { id: "losses", first: () => null, redraw: () => null, wire }];
})();
