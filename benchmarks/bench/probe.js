// Put into each page before its own scripts: tells when map, timeline and words show what is expected.
"use strict";
(() => {
  if (window !== window.top || window.bench) return;
  const EVERY = 60; // ms between looks for plots that are not there yet
  let act = 0; // when the visitor last pressed a key or the mouse
  let plots = {};
  let looked = -Infinity;
  const hooked = new WeakSet();
  const last = { data: 0, rendered: 0, timeline: 0 };

  for (const type of ["mousedown", "keydown"]) {
    addEventListener(type, ({ timeStamp }) => { act = timeStamp; }, true);
  }

  function* deep(root) {
    yield* root.querySelectorAll(".js-plotly-plot");
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) yield* deep(element.shadowRoot);
  }

  const parts = (plot) => plot._fullLayout || {};
  const live = () => plots.map && parts(plots.map).map && parts(plots.map).map._subplot
    && parts(plots.map).map._subplot.map;

  function found() {
    const ours = { map: document.querySelector("#map .js-plotly-plot"),
                   timeline: document.querySelector("#timeline .js-plotly-plot") };
    if (window.serval) return ours;
    const all = [...deep(document)];
    return { map: all.find((plot) => parts(plot).map), timeline: all.find((plot) => parts(plot).xaxis) };
  }

  function look() {
    const there = (plot) => plot && plot.isConnected;
    if (there(plots.map) && there(plots.timeline) && hooked.has(plots.timeline) && hooked.has(live())) return;
    if (performance.now() - looked < EVERY) return;
    looked = performance.now();
    plots = found();
    if (plots.timeline && plots.timeline.on && !hooked.has(plots.timeline)) {
      hooked.add(plots.timeline);
      const note = () => { last.timeline = performance.now(); };
      plots.timeline.on("plotly_afterplot", note);
      new MutationObserver(note).observe(plots.timeline, { childList: true, subtree: true, attributes: true });
    }
    const map = live();
    if (map && !hooked.has(map)) {
      hooked.add(map);
      map.on("data", ({ dataType }) => { if (dataType === "source") last.data = performance.now(); });
      map.on("render", () => { last.rendered = performance.now(); });
    }
  }

  const sizes = (plot, key) => (plot._fullData || []).reduce((sum, trace) => sum + (trace[key] || []).length, 0);

  function counts() {
    if (!window.serval) return { map: sizes(plots.map, "lat"), timeline: sizes(plots.timeline, "x") };
    const discs = plots.map.data.find((trace) => trace.uid === "discs");
    return { map: ((discs && discs.customdata) || []).flat().length, timeline: plots.timeline.data.at(-1).x.length };
  }

  // Whether the timeline, and whether the map shows what is wanted and has drawn it since the act.
  function drawn(wanted, since, before) {
    if (!plots.timeline || !plots.timeline.data || !live()) return [false, false];
    const now = counts();
    const right = (name) => (wanted ? now[name] === wanted[name] : now.timeline > 0 && now.timeline !== before);
    return [right("timeline") && last.timeline >= since,
            right("map") && live().loaded() && last.data >= since && last.rendered >= last.data];
  }

  function texts(root) {
    const own = [...root.querySelectorAll("p strong")];
    for (const e of root.querySelectorAll("*")) if (e.shadowRoot) own.push(...texts(e.shadowRoot));
    return own;
  }
  function worded(wanted) {
    if (window.serval) return window.serval.state && window.serval.state.settled();
    const n = wanted ? wanted.timeline : counts().timeline;
    return texts(document).some((e) => e.textContent === `${n} events`);
  }

  // `wanted`: marks of map and timeline that stand for events; null: others than before.
  // Resolves with ms from the act (or from the start of the page) until the marks, and until all, is shown.
  function expect(wanted, first) {
    const armed = first ? 0 : performance.now();
    const before = first ? 0 : counts().timeline;
    const times = {};
    let steady = 0;
    let shown = 0;
    window.bench.done = new Promise((resolve) => {
      const frame = () => {
        look();
        const from = first ? 0 : act;
        const acted = first || act >= armed;
        if (!times.marks && acted) {
          const [timeline, map] = drawn(wanted, from, before);
          if (timeline && !times.timeline) times.timeline = last.timeline - from;
          steady = timeline && map ? steady + 1 : 0;
          if (steady === 1) shown = Math.max(last.rendered, last.timeline);
          if (steady === 2) times.marks = shown - from; // and nothing has changed since
        }
        if (times.marks && worded(wanted)) {
          times.all = performance.now() - from;
          resolve(times);
        } else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  }

  // Resolves when the words tell of so many events, whatever is drawn.
  async function settled(n) {
    while (!worded({ timeline: n })) await new Promise((done) => setTimeout(done, 50));
  }

  const state = () => {
    looked = -Infinity;
    look();
    return { act, last, loaded: !!live() && live().loaded(), counts: plots.map && plots.timeline && counts(),
             version: window.Plotly && window.Plotly.version };
  };
  const paint = () => (performance.getEntriesByName("first-contentful-paint")[0] || {}).startTime || null;
  window.bench = { expect, settled, state, paint, done: null };
})();
