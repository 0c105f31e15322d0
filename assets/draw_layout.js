// The twin of serval/figures/layout.py: places become clusters, clusters a mark, a disc or a sunflower.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const MERGE = 26;
  const CROWD = 1.1;
  const MARK = 9;
  const SPACING = 9.7;
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));
  const STEP = 2;
  const WIDE_KM = 250;
  const BOUNDS = [-19, 3, 17, 38];
  const LETTERS = [[" iïîlIj.,'’", 0.27], ["tfr()-", 0.38], ["mwMW", 0.92]];
  const CAPITAL = 0.7;
  const LETTER = 0.6;
  const LINE = 1.25;
  const GAP = 3;

  const byNumber = (a, b) => a - b;

  function onMap(places, place) {
    const [west, south, east, north] = BOUNDS;
    const lon = places.lon[place];
    const lat = places.lat[place];
    return west < lon && lon < east && south < lat && lat < north;
  }

  function seats(columns, rows) {
    const { events, places, terms } = columns;
    const country = terms.geo.indexOf("country");
    const at = new Map();
    const vague = [];
    const beyond = [];
    for (const row of [...rows].sort(byNumber)) {
      const place = events.places[row].length ? events.places[row][0] : -1;
      if (place < 0 || events.geo[row] === country || (places.radius[place] || 0) >= WIDE_KM) vague.push(row);
      else if (!onMap(places, place)) beyond.push(row);
      else if (at.has(place)) at.get(place).push(row);
      else at.set(place, [row]);
    }
    return { at, vague, beyond };
  }

  const discRadius = (count) => (count === 1 ? MARK : 9 + 2.2 * Math.sqrt(count));
  const spreadRadius = (count) => (count === 1 ? MARK : MARK + SPACING * Math.sqrt(count - 0.5));

  function arrange(at, where, spread) {
    const size = spread ? spreadRadius : discRadius;
    const found = [];
    const order = [...at.keys()].sort((a, b) => at.get(b).length - at.get(a).length || a - b);
    for (const place of order) {
      const [x, y] = where.get(place);
      let nearest = null;
      let distance = Infinity;
      for (const cluster of found) {
        const away = Math.hypot(where.get(cluster.place)[0] - x, where.get(cluster.place)[1] - y);
        if (away < distance) [nearest, distance] = [cluster, away];
      }
      const reach = nearest && CROWD * (size(nearest.rows.length) + size(at.get(place).length));
      if (nearest && distance < Math.max(MERGE, reach)) nearest.rows.push(...at.get(place));
      else found.push({ place, x, y, rows: [...at.get(place)] });
    }
    for (const cluster of found) {
      cluster.rows.sort(byNumber);
      cluster.radius = size(cluster.rows.length);
      cluster.spread = spread || cluster.rows.length === 1;
    }
    return found;
  }

  function sunflower({ x, y, rows }) {
    if (rows.length === 1) return [[x, y]];
    return rows.map((_, i) => {
      const away = SPACING * Math.sqrt(i + 0.5);
      return [x + away * Math.sin(i * GOLDEN), y - away * Math.cos(i * GOLDEN)];
    });
  }

  function ring(x, y, radius, shares, step) {
    const count = Math.max(8, Math.ceil((2 * Math.PI * radius) / step));
    const total = shares.reduce((sum, [, share]) => sum + share, 0);
    const beads = [];
    let part = 0;
    let limit = shares[0][1];
    for (let i = 0; i < count; i++) {
      while (((i + 0.5) / count) * total > limit && part < shares.length - 1) limit += shares[++part][1];
      const turn = (2 * Math.PI * (i + 0.5)) / count;
      beads.push([x + radius * Math.sin(turn), y - radius * Math.cos(turn), shares[part][0]]);
    }
    return beads;
  }

  function sideCounts(columns, rows) {
    const counts = new Map();
    for (const row of rows) {
      const side = columns.events.side[row];
      counts.set(side, (counts.get(side) || 0) + 1);
    }
    return [...counts].sort((a, b) => a[0] - b[0]);
  }

  const labelSize = (city) => (city ? 13 : 11.5);
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  function letterWidth(letter) {
    const found = LETTERS.find(([letters]) => letters.includes(letter));
    if (found) return found[1];
    return letter === letter.toLowerCase() ? LETTER : CAPITAL;
  }
  const textWidth = (text) => [...text].reduce((sum, letter) => sum + letterWidth(letter), 0);

  function touch(box, [x, y, radius]) {
    const dx = Math.max(box[0] - x, 0, x - box[2]);
    const dy = Math.max(box[1] - y, 0, y - box[3]);
    return dx * dx + dy * dy < radius * radius;
  }

  function labels(wanted, where, blocked) {
    const placed = [];
    const boxes = [];
    for (const { place, text, city, clear } of wanted) {
      const halfWidth = (textWidth(text) * labelSize(city)) / 2;
      const halfHeight = (LINE * labelSize(city)) / 2;
      const across = clear + GAP + halfWidth;
      const down = clear + GAP + halfHeight;
      const [x, y] = where.get(place);
      for (const [dx, dy] of [[across, 0], [-across, 0], [0, down], [0, -down]]) {
        const box = [x + dx - halfWidth, y + dy - halfHeight, x + dx + halfWidth, y + dy + halfHeight];
        if (boxes.some((other) => meet(box, other)) || blocked.some((disc) => touch(box, disc))) continue;
        boxes.push(box);
        placed.push({ place, text, city, x: x + dx, y: y + dy });
        break;
      }
    }
    return placed;
  }

  serval.layout = { MARK, STEP, onMap, seats, arrange, sunflower, ring, sideCounts, labels };
})();
