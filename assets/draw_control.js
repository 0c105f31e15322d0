// The twin of serval/figures/control.py: who held which town when, as the arrays of the strip's traces.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const HALF = 0.4;
  const LINE = 0.06;
  const FAR = 1e6;
  const DAY = 86400000;
  const MINUTES = 1440;
  const [NOBODY, UNKNOWN] = [-1, -2];

  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const moment = (day) => new Date(Math.floor(day * MINUTES) * 60000).toISOString().slice(0, 16);

  function towns({ places, control }, { places: wanted }) {
    const known = [...new Set(control.place)].filter((p) => wanted === null || wanted.includes(p));
    const { lat, region } = places;
    const north = new Map();
    for (const p of known) north.set(region[p], Math.max(lat[p], north.get(region[p]) ?? -90));
    return known.sort((a, b) => north.get(region[b]) - north.get(region[a]) || region[a] - region[b]
      || lat[b] - lat[a] || a - b);
  }

  function lanes(columns, state) {
    const names = columns.places[state.lang === "fr" ? "name_fr" : "name"];
    const ticktext = towns(columns, state).map((place) => names[place]);
    return { range: [ticktext.length - 0.5, -0.5], tickvals: ticktext.map((_, row) => row), ticktext };
  }

  function ofTown({ control, events }, { known }, row, place) {
    const changes = control.place.map((_, change) => change).filter((change) =>
      control.place[change] === place && (known === null || events.known[control.event[change]] <= known));
    const stops = [...changes.map((change) => control.start[change]), FAR];
    const found = [{ row, place, start: -FAR, end: stops[0], holders: [UNKNOWN], before: null, event: -1 }];
    changes.forEach((change, i) => {
      const stop = stops[i + 1];
      const start = control.start[change];
      const sure = Math.min(control.end[change], stop);
      const spell = { row, place, holders: control.after[change], event: control.event[change] };
      if (start < sure) found.push({ ...spell, start, end: sure, before: control.before[change] });
      if (sure < stop) found.push({ ...spell, start: sure, end: stop, before: null });
    });
    return found;
  }

  function spells(columns, state) {
    const [first, last] = serval.axis.span(state.from, state.to);
    return towns(columns, state).flatMap((place, row) => ofTown(columns, state, row, place))
      .filter((spell) => spell.start < last && spell.end > first);
  }

  // The sides of the holders on one another, always in the same order: [side, top, bottom].
  function bandsOf({ actors }, holders) {
    const found = new Set(holders.filter((holder) => holder >= 0).map((holder) => actors.side[holder]));
    const sides = [...found].sort((a, b) => a - b);
    if (!sides.length) return holders.includes(UNKNOWN) ? [[UNKNOWN, -LINE, LINE]] : [[NOBODY, -HALF, HALF]];
    const step = (2 * HALF) / sides.length;
    return sides.map((side, i) => [side, -HALF + i * step, -HALF + (i + 1) * step]);
  }

  const sideName = ({ terms }, side) => (side >= 0 ? terms.sides[side] : "unknown");
  const colour = (table, side) => table[side] || table.unknown;

  // What a contested town is drawn with: [side of the ground, side of the stripes, top, bottom].
  function stripesOf({ terms }, bands) {
    const sides = bands.map(([side]) => side).filter((side) => side >= 0);
    const ground = sides.filter((side) => terms.blocs[side] === terms.blocs[sides[0]]);
    const across = sides.filter((side) => !ground.includes(side));
    const n = across.length ? Math.max(ground.length, across.length) : 0;
    const step = (2 * HALF) / Math.max(n, 1);
    return Array.from({ length: n }, (_, i) =>
      [ground[i % ground.length], across[i % across.length], -HALF + i * step, -HALF + (i + 1) * step]);
  }

  function endsOf({ start, end }, state) {
    const [first, last] = serval.axis.span(state.from, state.to);
    return [Math.max(start, first), Math.min(end, last)];
  }

  const empty = (...keys) => Object.fromEntries(keys.map((key) => [key, []]));
  const put = (fill, ...values) => Object.values(fill).forEach((column, i) => column.push(values[i]));

  function sureOf(columns, shown, state) {
    const look = serval.palette.themes[state.theme];
    const tone = (side) => colour(look.sides, sideName(columns, side));
    const fills = [["marker.color"], ["marker.pattern.bgcolor", "marker.pattern.fgcolor"], []].map((more) =>
      empty("base", "x", "y", "offset", "width", ...more));
    const [held, contested, nobody] = fills;
    for (const spell of shown) {
      const [start, end] = endsOf(spell, state);
      const span = [iso(start), (end - start) * DAY, spell.row];
      const bands = bandsOf(columns, spell.holders);
      const stripes = stripesOf(columns, bands);
      for (const [side, across, top, bottom] of stripes) {
        put(contested, ...span, top, bottom - top, tone(side), tone(across));
      }
      for (const [side, top, bottom] of stripes.length ? [] : bands) {
        if (side === NOBODY) put(nobody, ...span, top, bottom - top);
        else put(held, ...span, top, bottom - top, tone(side));
      }
    }
    return fills;
  }

  function touchOf(columns, shown, state) {
    const fill = empty("base", "x", "y", "customdata");
    for (const spell of shown) {
      const [start, end] = endsOf(spell, state);
      const what = [spell.event >= 0 ? columns.events.id[spell.event] : "", columns.places.id[spell.place]];
      put(fill, iso(start), (end - start) * DAY, spell.row, what);
    }
    return fill;
  }

  // The holders' names where one colour lies under all of them.
  function namesOf(columns, shown, state) {
    const fill = empty("base", "x", "y", "text", "insidetextfont.color");
    const short = columns.actors[state.lang === "fr" ? "short_fr" : "short"];
    const { on } = serval.palette.themes[state.theme];
    for (const spell of shown) {
      const bands = bandsOf(columns, spell.holders);
      if (bands.length > 1 || bands[0][0] < 0) continue;
      const [start, end] = endsOf(spell, state);
      const text = spell.holders.filter((holder) => holder >= 0).map((holder) => short[holder]).join(" + ");
      put(fill, iso(start), (end - start) * DAY, spell.row, text, colour(on, sideName(columns, bands[0][0])));
    }
    return fill;
  }

  function slopesOf(columns, shown) {
    const fills = Object.fromEntries(columns.terms.sides.map((side) => [side, { x: [], y: [] }]));
    for (const { row, start, end, holders, before } of shown) {
      const border = (height) => start + ((end - start) * (height + HALF)) / (2 * HALF);
      for (const [of, after] of [[before, false], [holders, true]]) {
        for (const [side, top, bottom] of bandsOf(columns, of)) {
          if (side === NOBODY) continue;
          const left = after ? [border(top), border(bottom)] : [start, start];
          const right = after ? [end, end] : [border(top), border(bottom)];
          const fill = fills[sideName(columns, side)];
          fill.x.push(...[left[0], right[0], right[1], left[1]].map(moment), null);
          fill.y.push(...[top, top, bottom, bottom].map((y) => row + y), null);
        }
      }
    }
    return columns.terms.sides.map((side) => fills[side]);
  }

  function control(columns, state) {
    const shown = spells(columns, state);
    const sure = shown.filter((spell) => spell.before === null);
    const turning = shown.filter((spell) => spell.before !== null);
    return [...sureOf(columns, sure, state), touchOf(columns, shown, state), namesOf(columns, sure, state),
            ...slopesOf(columns, turning)];
  }

  serval.draw = Object.assign(serval.draw || {}, { control, controlLanes: lanes });
})();
