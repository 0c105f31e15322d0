// One panel in the frame of another site: the drawing, and a line about the event whose mark was pressed.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const { given, draw, start } = serval.alone;
  const ROOMY = 640; // px of width from which the key stands open
  const byId = (id) => document.getElementById(id);
  let columns = null;

  async function tell({ event }) {
    const line = byId("pressed");
    if (!event) return;
    columns = columns || (await (await fetch(given.columns)).json());
    const row = columns.events.id.indexOf(event);
    if (row < 0) return;
    const { events } = columns;
    const link = line.querySelector("a");
    link.textContent = `${serval.select.iso(events.start[row])} · ${events[given.lang === "fr" ? "title_fr" : "title"][row]}`;
    link.href = `${line.dataset.event}/${event}?lang=${given.lang}`;
    line.hidden = false;
  }

  // The link to the full view leads to what is seen: the camera and the event, too.
  function follow(selection) {
    byId("full").search = serval.select.query(selection);
    tell(selection);
  }

  function zoom({ target }) {
    const step = { "zoom-in": 1, "zoom-out": -1 }[target.id];
    if (step) serval.map.zoomBy(step);
  }

  function troops() {
    const figure = given.troops[serval.plots.theme()];
    draw("troops", figure).then((plot) => {
      serval.plots.whenDrawn("troops", () => serval.drawings.forEach((drawing) => drawing.wire()));
      return plot;
    });
  }

  serval.state.change({ tab: given.tab }, { replace: true });
  addEventListener("click", zoom);
  for (const key of document.querySelectorAll("details.key-of")) key.open = innerWidth >= ROOMY;
  if (given.troops) troops();
  else {
    serval.state.listen(follow);
    tell(serval.state.selection());
    start();
  }
})();
