// What Dash does for the drawings of the dashboard, for pages without Dash: embeds and copies in one file.
// It starts from the JSON in #given: what components/data.py gives the dashboard, and Plotly's configuration.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const given = JSON.parse(document.getElementById("given").textContent);

  const place = (id) => document.querySelector(`#${id} > div`);
  const config = (id) => ({ ...given.config, responsive: id !== "map", scrollZoom: id === "map" && !!given.scroll });

  function draw(id, { data, layout }) {
    return window.Plotly.newPlot(place(id), data, layout, config(id));
  }

  // A step in the history of a frame would be one for the Back button of the page around it, and a file may
  // have none at all.
  const replace = history.replaceState.bind(history);
  history.pushState = history.replaceState = (...how) => {
    try {
      replace(...how);
    } catch {
      // The address stays; the view is right all the same.
    }
  };

  async function start() {
    const [map, timeline, control] = await window.dash_clientside.serval.start(given);
    const drawn = Object.entries({ map, timeline, control }).filter(([id, figure]) => figure && place(id));
    drawn.forEach(([id, figure]) => draw(id, figure));
  }

  serval.page = { given, ready() {} };
  serval.playhead = { drawn: (rows) => rows, note() {} };
  serval.brush = { count() {} };
  serval.map = serval.map || { printSize: () => null };
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { set_props() {} });
  serval.alone = { given, draw, start, place, config };
})();
