// The twin of serval/figures/timeline.py's fill: rows to the arrays of the timeline's traces.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const SPREAD = 5;
  const MOMENTS = 110;
  const STEP = 0.17;
  const iso = (day) => serval.select.iso(day);

  // Twin of marks.family_mark for the page.
  function familyMark(family, status) {
    const { shapes, fills, families } = serval.palette;
    return String.fromCharCode(0xe000 + shapes.indexOf(families[family] || "hexagon") * fills.length
      + fills.indexOf(status));
  }

  function spotsOf(columns, rows, state) {
    const { events } = columns;
    const moment = Math.max(1, Math.floor((state.to - state.from + 1) / MOMENTS));
    const met = new Map();
    return rows.map((row) => {
      const lane = columns.terms.type_family[events.type[row]];
      const day = Math.min(Math.max(events.start[row], state.from), state.to);
      const key = `${lane} ${Math.floor(day / moment)}`;
      const turn = (met.get(key) || 0) % SPREAD;
      met.set(key, (met.get(key) || 0) + 1);
      const offset = STEP * Math.floor((turn + 1) / 2) * (turn % 2 ? -1 : 1);
      return { row, day, height: lane + offset };
    });
  }

  function barsOf(columns, spots, side) {
    const { events } = columns;
    const x = [];
    const y = [];
    for (const { row, height } of spots) {
      if (events.side[row] === side && events.end[row] > events.start[row]) {
        x.push(iso(events.start[row]), iso(events.end[row]), null);
        y.push(height, height, null);
      }
    }
    return { x, y };
  }

  function pointsOf(columns, spots, state) {
    const { events, terms } = columns;
    const { sides } = serval.palette.themes[state.theme];
    const titles = state.lang === "fr" ? events.title_fr : events.title;
    return {
      x: spots.map((s) => iso(s.day)),
      y: spots.map((s) => s.height),
      text: spots.map(({ row }) =>
        familyMark(terms.families[terms.type_family[events.type[row]]], terms.statuses[events.status[row]])),
      customdata: spots.map(({ row }) => events.id[row]),
      hovertext: spots.map(({ row }) => titles[row]),
      "textfont.color": spots.map(({ row }) => sides[terms.sides[events.side[row]]] || sides.unknown),
    };
  }

  function timeline(columns, rows, state) {
    const spots = spotsOf(columns, rows, state);
    const bars = columns.terms.sides.map((_, side) => barsOf(columns, spots, side));
    return [...bars, pointsOf(columns, spots, state)];
  }

  serval.draw = Object.assign(serval.draw || {}, { timeline, familyMark });
})();
