// The twin of serval/figures/axis.py: what every drawing over time shares of its axis of days.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const SHORT = 75; // days
  const TICK = 110; // px that the name of a month takes

  // The days shown and a little more, so that marks at the ends stand whole.
  function span(from, to) {
    const pad = Math.max(1, Math.floor((to - from) * 0.015 + 0.5));
    return [from - pad, to + pad];
  }

  // Names of months stand in the middle of theirs, days at their own place.
  function axis({ from, to }) {
    const { day, iso } = serval.select;
    return {
      range: span(day(from), day(to)).map(iso),
      ticklabelmode: day(to) - day(from) < SHORT ? "instant" : "period",
    };
  }

  const ticks = (width) => Math.max(3, Math.floor(width / TICK));

  serval.axis = { span, axis, ticks };
})();
