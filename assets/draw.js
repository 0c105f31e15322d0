// The twin of serval/figures/map.py and scene.py: rows to the arrays of the map's traces.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const NEAR_ZOOM = 8.5;
  const HOME = [-8.9, 11.9, 4.8, 22.3];
  const TILE = 512;
  const EARTH_KM = 111.195;
  const VAGUE_KM = { near: 10, area: 40 };
  const CORNERS = 96;
  const TOWN = 7;
  const TOWN_GAP = 5.5;
  const DOTTED = 5.5;
  const BEAD = 4.4;
  const DOT = 5;
  const OPEN_GAP = 2;
  const RIM = 3;
  const SEGMENTS = 8;
  const CITIES = ["capital", "city"];

  const radians = (degrees) => (degrees * Math.PI) / 180;
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

  function world(lon, lat, zoom) {
    const size = TILE * 2 ** zoom;
    const north = Math.log(Math.tan(Math.PI / 4 + radians(lat) / 2));
    return [((lon + 180) / 360) * size, (0.5 - north / (2 * Math.PI)) * size];
  }

  function unworld(x, y, zoom) {
    const size = TILE * 2 ** zoom;
    const north = (0.5 - y / size) * 2 * Math.PI;
    return [(x / size) * 360 - 180, ((2 * Math.atan(Math.exp(north)) - Math.PI / 2) * 180) / Math.PI];
  }

  // The camera that just shows a box of west, south, east, north in so many pixels.
  function view([west, south, east, north], width, height) {
    const [left, top] = world(west, north, 0);
    const [right, bottom] = world(east, south, 0);
    const zoom = Math.log2(Math.min(width / (right - left), height / (bottom - top)));
    const [lon, lat] = unworld((left + right) / 2, (top + bottom) / 2, 0);
    return { lat, lon, zoom };
  }

  const points = (...more) => Object.fromEntries(["x", "y", ...more].map((key) => [key, []]));
  const put = (fill, ...values) => Object.values(fill).forEach((column, i) => column.push(values[i]));
  const covered = ([x, y], clusters) => clusters.some((c) => Math.hypot(c.x - x, c.y - y) < c.radius);

  function nameOf({ places }, place, lang) {
    return (lang === "fr" && places.name_fr[place]) || places.name[place];
  }

  function vagueOf(columns, at, kind, project) {
    const { events, places, terms } = columns;
    const geo = terms.geo.indexOf(kind);
    const fill = points();
    for (const place of [...at.keys()].sort((a, b) => a - b)) {
      if (!at.get(place).some((row) => events.geo[row] === geo)) continue;
      const lon = places.lon[place];
      const lat = places.lat[place];
      const degrees = (places.radius[place] || VAGUE_KM[kind]) / EARTH_KM;
      for (let i = 0; i <= CORNERS; i++) {
        const turn = (2 * Math.PI * i) / CORNERS;
        const east = (degrees * Math.sin(turn)) / Math.cos(radians(lat));
        put(fill, ...project(lon + east, lat + degrees * Math.cos(turn)));
      }
      put(fill, null, null);
    }
    return fill;
  }

  function townRadii(towns, clusters, where) {
    const leads = new Map(clusters.map((c) => [c.place, c.radius]));
    const radii = new Map();
    for (const { place } of towns) {
      if (leads.has(place)) radii.set(place, leads.get(place) + TOWN_GAP);
      else if (!covered(where.get(place), clusters)) radii.set(place, TOWN);
    }
    return radii;
  }

  function sidesOf(columns, actors) {
    const { sides } = columns.terms;
    const names = (actors || []).map((a) => (a >= 0 ? sides[columns.actors.side[a]] : "unknown"));
    return names.length ? [...new Set(names)] : ["unknown"];
  }

  function arcsOf(state, now, before) {
    const each = (sides, share) => sides.map((side) => [side, share]);
    if (state === "contested") {
      const arcs = Array.from({ length: SEGMENTS }, (_, i) => [now[i % now.length], 1]);
      return [arcs, serval.layout.STEP];
    }
    if (state === "changing") {
      return [[...each(now, 1 / now.length), ...each(before, 1 / before.length)], DOTTED];
    }
    return [each(now, 1), state === "held" ? serval.layout.STEP : DOTTED];
  }

  const colour = (table, side) => table[side] || table.unknown;

  function townsOf(columns, towns, where, radii, idle, look) {
    const discs = points("marker.color", "marker.size");
    const rings = points("marker.color", "marker.size");
    for (const place of idle) put(rings, ...where.get(place), look.soft, DOT);
    for (const town of towns) {
      const [x, y] = where.get(town.place);
      const radius = radii.get(town.place);
      const now = sidesOf(columns, town.holders);
      const tint = town.state === "held" ? colour(look.tints, now[0]) : look.paper;
      put(discs, x, y, tint, 2 * radius);
      const [arcs, step] = arcsOf(town.state, now, sidesOf(columns, town.before));
      for (const [beadX, beadY, side] of serval.layout.ring(x, y, radius, arcs, step)) {
        put(rings, beadX, beadY, colour(look.sides, side), BEAD);
      }
    }
    return [discs, rings];
  }

  function openOf(clusters, event) {
    const fill = points();
    for (const cluster of clusters) {
      const i = cluster.rows.indexOf(event);
      if (i < 0) continue;
      const { MARK, STEP, ring, sunflower } = serval.layout;
      const [x, y] = cluster.spread ? sunflower(cluster)[i] : [cluster.x, cluster.y];
      const radius = cluster.spread ? MARK : cluster.radius;
      for (const bead of ring(x, y, radius + OPEN_GAP, [["", 1]], STEP)) put(fill, bead[0], bead[1]);
    }
    return fill;
  }

  function discsOf(columns, clusters, lang) {
    const fill = points("marker.size", "customdata", "hovertext");
    const { events } = columns;
    const titles = lang === "fr" ? events.title_fr : events.title;
    for (const cluster of clusters) {
      if (cluster.spread) {
        serval.layout.sunflower(cluster).forEach(([x, y], i) => {
          const row = cluster.rows[i];
          const [start, end] = [iso(events.start[row]), iso(events.end[row])];
          const days = start === end ? start : `${start} – ${end}`;
          put(fill, x, y, 2 * serval.layout.MARK, [events.id[row]], `${days}<br>${titles[row]}`);
        });
      } else {
        const word = lang === "fr" ? "événements" : "events";
        const colon = lang === "fr" ? "\u202f:" : ":";
        const text = `${nameOf(columns, cluster.place, lang)}${colon} ${cluster.rows.length} ${word}`;
        put(fill, cluster.x, cluster.y, 2 * cluster.radius, cluster.rows.map((row) => events.id[row]), text);
      }
    }
    return fill;
  }

  function sharesOf(columns, clusters, look) {
    const fill = points("marker.color");
    for (const cluster of clusters.filter((c) => !c.spread)) {
      const shares = serval.layout.sideCounts(columns, cluster.rows);
      const named = shares.map(([side, count]) => [columns.terms.sides[side], count]);
      const beads = serval.layout.ring(cluster.x, cluster.y, cluster.radius - RIM, named, serval.layout.STEP);
      for (const [x, y, side] of beads) put(fill, x, y, colour(look.sides, side));
    }
    return fill;
  }

  function countsOf(clusters) {
    const fill = points("text");
    for (const c of clusters) if (!c.spread) put(fill, c.x, c.y, String(c.rows.length));
    return fill;
  }

  function labelsOf(columns, lang, where, clusters, radii, idle) {
    const { kind, region } = columns.places;
    const city = (place) => CITIES.includes(kind[place]) && region[place] >= 0;
    const clear = new Map(idle.map((place) => [place, DOT / 2]));
    for (const c of clusters) clear.set(c.place, c.radius);
    for (const [place, radius] of radii) clear.set(place, radius);
    const counts = new Map(clusters.map((c) => [c.place, c.rows.length]));
    const order = [...clear.keys()].sort(
      (a, b) => !city(a) - !city(b) || (counts.get(b) || 0) - (counts.get(a) || 0) || a - b);
    const wanted = order.map((place) => ({
      place, text: nameOf(columns, place, lang), city: city(place), clear: clear.get(place),
    }));
    const blocked = order.map((place) => [...where.get(place), clear.get(place)]);
    const cities = points("text");
    const names = points("text");
    for (const label of serval.layout.labels(wanted, where, blocked)) {
      put(label.city ? cities : names, label.x, label.y, label.text);
    }
    return [cities, names];
  }

  function marksOf(columns, clusters) {
    const { events, terms } = columns;
    const { shapes, fills, families } = serval.palette;
    const marks = terms.sides.map(() => points("text"));
    const unknown = terms.sides.indexOf("unknown");
    for (const cluster of clusters.filter((c) => c.spread)) {
      serval.layout.sunflower(cluster).forEach(([x, y], i) => {
        const row = cluster.rows[i];
        const shape = shapes.indexOf(families[terms.families[terms.type_family[events.type[row]]]] || "hexagon");
        const status = terms.statuses[events.status[row]];
        const fill = fills.indexOf(fills.includes(status) ? status : "reported");
        const text = String.fromCharCode(0xe100 + shape * fills.length + fill);
        put(marks[events.side[row]] || marks[unknown], x, y, text);
      });
    }
    return marks;
  }

  function scene(columns, rows, state, project, spread) {
    const { layout, palette } = serval;
    const look = palette.themes[state.theme];
    const { places } = columns;
    const { at } = layout.seats(columns, rows);
    const towns = state.towns.filter((town) => layout.onMap(places, town.place));
    const cities = [...places.kind.keys()].filter(
      (place) => CITIES.includes(places.kind[place]) && layout.onMap(places, place));
    const wanted = new Set([...at.keys(), ...cities, ...towns.map((town) => town.place)]);
    const where = new Map([...wanted].map((p) => [p, project(places.lon[p], places.lat[p])]));
    const clusters = layout.arrange(at, where, spread);
    const radii = townRadii(towns, clusters, where);
    const idle = cities.filter((place) => !radii.has(place) && !covered(where.get(place), clusters));
    return [
      vagueOf(columns, at, "near", project),
      vagueOf(columns, at, "area", project),
      ...townsOf(columns, towns.filter((town) => radii.has(town.place)), where, radii, idle, look),
      discsOf(columns, clusters, state.lang),
      sharesOf(columns, clusters, look),
      openOf(clusters, state.event),
      countsOf(clusters),
      ...labelsOf(columns, state.lang, where, clusters, radii, idle),
      ...marksOf(columns, clusters),
    ];
  }

  function onGlobe({ x, y, ...rest }, zoom) {
    const lat = [];
    const lon = [];
    x.forEach((at, i) => {
      const [east, north] = at === null ? [null, null] : unworld(at, y[i], zoom);
      lon.push(east);
      lat.push(north);
    });
    return { lat, lon, ...rest };
  }

  // state: at and known (days), zoom, lang, theme, event (row or -1). A list of arrays per trace.
  function map(columns, rows, state) {
    const towns = serval.select.holders(columns, state.at, state.known);
    const project = (lon, lat) => world(lon, lat, state.zoom);
    const traces = scene(columns, rows, { ...state, towns }, project, state.zoom >= NEAR_ZOOM);
    return traces.map((trace) => onGlobe(trace, state.zoom));
  }

  function offMap(columns, rows) {
    const { vague, beyond } = serval.layout.seats(columns, rows);
    return { country: vague, beyond };
  }

  // Plotly cannot say that marks may overlap, that they come at once (fading them in draws the map twice as
  // often) or that words have a halo: told to MapLibre itself, after each change of style. Call it once the map
  // is drawn.
  function tune(plot) {
    const { map: live } = plot._fullLayout.map._subplot;
    const settings = plot.data.filter((trace) => trace.mode === "text").map((trace) => [
      `plotly-trace-layer-${trace.uid}-symbol`,
      trace.uid === "counts" ? 12 : trace.uid.startsWith("marks") ? 1 : 2,
    ]);
    const apply = () => {
      const halo = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
      for (const [layer, padding] of settings) {
        if (!live.getLayer(layer)) continue;
        if (live.getLayoutProperty(layer, "text-allow-overlap") !== true) {
          live.setLayoutProperty(layer, "text-allow-overlap", true);
          live.setLayoutProperty(layer, "text-padding", padding);
          live.setLayoutProperty(layer, "text-max-width", 99);
        }
        if (live.getPaintProperty(layer, "text-halo-color") !== halo) {
          live.setPaintProperty(layer, "text-halo-width", 1.5);
          live.setPaintProperty(layer, "text-halo-color", halo);
        }
      }
    };
    if (!live.servalTuned) live.on("styledata", apply);
    live.servalTuned = true;
    live._fadeDuration = 0;
    apply();
    const credits = plot.querySelector(".maplibregl-ctrl-attrib");
    if (credits && plot.clientWidth < 640) {
      credits.removeAttribute("open");
      credits.classList.remove("maplibregl-compact-show");
    }
  }

  const home = (width = 1000, height = 640) => view(HOME, width, height);

  serval.draw = Object.assign(serval.draw || {}, { map, offMap, tune, view, home });
})();
