// The map where WebGL2 is missing: the marks of draw.js on the ground that the server drew, true to area.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const RADIUS = 6371.007; // km, of the sphere with the earth's surface
  const [LAT, LON] = [17, -2.5]; // middle of the projection of serval/figures/print_ground.py
  const NARROW = 600; // px; below it the ground's own names would lie on one another
  let ground = null;

  const radians = (degrees) => (degrees * Math.PI) / 180;

  function project(lat, lon) {
    const [north, east, middle] = [radians(lat), radians(lon - LON), radians(LAT)];
    const cos = Math.sin(middle) * Math.sin(north) + Math.cos(middle) * Math.cos(north) * Math.cos(east);
    const k = RADIUS * Math.sqrt(2 / (1 + cos));
    return [k * Math.cos(north) * Math.sin(east),
            k * (Math.cos(middle) * Math.sin(north) - Math.sin(middle) * Math.cos(north) * Math.cos(east))];
  }

  // What the map's own traces are on a plane: twin of `_drawn` in serval/figures/print_map.py.
  function looks({ uid, mode, marker, textfont }, paper) {
    if (mode === "markers") return { marker: { opacity: 1, line: { width: 0 }, ...marker } };
    if (mode !== "text") return {};
    if (uid.startsWith("marks-")) return { textfont: { ...textfont, family: "Serval Marks", weight: 400 } };
    const shadow = Array(3).fill(`0 0 2px ${paper}`).join(", ");
    return { textfont: { ...textfont, family: "Inter", weight: 600, shadow } };
  }

  function flat({ lat, lon, below, ...trace }, paper) {
    const spots = lat.map((at, i) => (at === null ? [null, null] : project(at, lon[i])));
    const [x, y] = [0, 1].map((i) => spots.map((spot) => spot[i]));
    return { ...trace, ...looks(trace, paper), type: "scatter", x, y };
  }

  function figure({ columns, rows, state, template }) {
    const { width, height } = serval.plots.sizeOf("map-print");
    const { zoom } = serval.draw.home(width, height);
    const arrays = serval.draw.map(columns, rows, { ...state, zoom });
    const { data } = serval.plots.filled(template("map"), arrays);
    const { paper } = serval.palette.themes[state.theme];
    const annotations = ground.layout.annotations.filter(({ xref }) => width >= NARROW || xref === "paper");
    return { data: [...ground.data, ...data.map((trace) => flat(trace, paper))],
             layout: { ...ground.layout, annotations } };
  }

  async function first({ state }) {
    if (serval.map.printSize() === null) return;
    const kept = serval.page.given.ground[state.theme];
    ground = typeof kept === "string" ? await (await fetch(kept)).json() : kept;
  }

  async function redraw(scene) {
    if (!ground) return;
    const { data, layout } = figure(scene);
    await window.Plotly.react(serval.alone.place("map-print"), data, layout, serval.alone.config("map-print"));
  }

  const wire = () => redraw(serval.plots.scene(serval.state.selection()));

  serval.drawings = [...(serval.drawings || []), { id: "map-print", first, redraw, wire }];
})();
