// Long work of the take-away dialog: fetched with its progress in words, stopped when the reader likes, saved as a
// file. Where the server cannot draw a picture, the browser draws it (assets/picture.js).
"use strict";
(() => {
  const serval = window.serval;
  const { dataset: said } = document.getElementById("take-away-dialog");
  const SCRIPTS = ["/assets/marks.js", "/assets/vectors.js", "/assets/picture.js"];
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const running = new Map(); // what is waited for -> the controller that stops it

  // Begins a job in place of the one that this element still waits for.
  function begin(owner) {
    stop(owner);
    const control = new AbortController();
    running.set(owner, control);
    return control.signal;
  }

  function stop(owner) {
    if (running.has(owner)) running.get(owner).abort();
    running.delete(owner);
  }

  function stopAll() {
    [...running.keys()].forEach(stop);
  }

  // Why the server did not give it, in its own words where it has any: {status, message}.
  async function reason(answer) {
    const problem = await answer.json().catch(() => ({}));
    return Object.assign(new Error(problem.detail || `${answer.status} ${answer.statusText}`), { status: answer.status });
  }

  async function get(url, signal) {
    const answer = await fetch(url, { signal }).catch((error) => {
      throw signal.aborted ? error : new Error(said.noAnswer);
    });
    if (!answer.ok) throw await reason(answer);
    return answer;
  }

  function nameOf(answer, url) {
    const given = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
    const path = new URL(url, location.href).pathname;
    return given ? given[1] : `serval-${path.split("/").pop()}`;
  }

  function sizeOf(bytes) {
    const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
    const digits = { maximumSignificantDigits: 2, style: "unit", unit };
    return amount.toLocaleString(document.documentElement.lang, digits);
  }

  function save(blob, name) {
    const href = URL.createObjectURL(blob);
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    return filled(said.saved, { name, size: sizeOf(blob.size) });
  }

  function load(src) {
    return new Promise((resolve, reject) => {
      document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
    });
  }

  let scripts = null;
  async function drawn(url, signal) {
    const spec = await (await get(url.replace(/\.(png|svg|pdf)(?=\?|$)/, ".json"), signal)).json();
    scripts = scripts || SCRIPTS.reduce((before, src) => before.then(() => load(src)), Promise.resolve());
    await scripts;
    const svg = new Blob([await serval.picture.svg(spec)], { type: "image/svg+xml" });
    return { svg, width: spec.width, height: spec.height };
  }

  async function painted({ svg, width, height }, scale) {
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  // A file as the server gives it or, of a picture that it cannot draw, as the browser does: {blob, name, note}.
  async function made(url, signal) {
    try {
      const answer = await get(url, signal);
      return { blob: await answer.blob(), name: nameOf(answer, url), note: "" };
    } catch (error) {
      if (error.status !== 503 || !url.startsWith("/figure/")) throw error;
      const { pathname, searchParams } = new URL(url, location.href);
      const [name, format] = pathname.split("/").pop().split(".");
      const note = filled(said.own, { reason: error.message });
      if (format === "pdf") throw new Error(`${error.message}. ${said.ownPdf}`);
      const picture = await drawn(url, signal);
      const blob = format === "svg" ? picture.svg : await painted(picture, Number(searchParams.get("scale") || 1));
      return { blob, name: `serval-${name}.${format}`, note };
    }
  }

  // Saves what a link leads to. `act` holds the link, what stops it, and the words about it.
  async function run(act, url) {
    const part = (name) => act.querySelector(`[data-${name}]`);
    const signal = begin(act);
    const since = Date.now();
    const tick = () => {
      const n = Math.round((Date.now() - since) / 1000);
      part("seconds").textContent = n ? filled(said.seconds, { n }) : "";
    };
    const timer = setInterval(tick, 1000);
    part("cancel").hidden = false;
    part("status").textContent = said.making;
    try {
      const { blob, name, note } = await made(url, signal);
      if (!signal.aborted) part("status").textContent = [save(blob, name), note].filter(Boolean).join(". ");
    } catch (error) {
      if (!signal.aborted) part("status").textContent = filled(said.failed, { reason: error.message });
    } finally {
      clearInterval(timer);
      if (running.get(act)?.signal === signal) running.delete(act);
      if (!running.has(act)) {
        part("seconds").textContent = "";
        if (document.activeElement === part("cancel")) part("link").focus();
        part("cancel").hidden = true;
        if (signal.aborted) part("status").textContent = said.cancelled;
      }
    }
  }

  // Shows a picture; `words` says how it goes.
  async function show(image, words, url) {
    const signal = begin(image);
    words.textContent = said.drawing;
    try {
      const { blob, note } = await made(url, signal);
      if (signal.aborted) return;
      URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(blob);
      image.hidden = false;
      words.textContent = note;
    } catch (error) {
      if (!signal.aborted) words.textContent = filled(said.failed, { reason: error.message });
    }
  }

  // The text that a link leads to, or why there is none.
  async function read(owner, url) {
    const signal = begin(owner);
    try {
      const text = await (await get(url, signal)).text();
      return signal.aborted ? null : text;
    } catch (error) {
      return signal.aborted ? null : filled(said.failed, { reason: error.message });
    }
  }

  serval.jobs = { run, show, read, stop, stopAll };
})();
