// Plotly's SVG made fit to travel: marks, halos and hatches as plain paths, nothing that only a page needs.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const SVG = "http://www.w3.org/2000/svg";
  const LEFT = ["class", "data-unformatted", "data-math", "pointer-events", "data-notex", "xml:space"];
  const USELESS = ["white-space", "pointer-events", "cursor", "vector-effect", "text-shadow", "font-variant", "text-transform",
                   "text-decoration-line", "text-decoration", "font-style"];

  const made = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };

  // A letter of our own font becomes its path: the font is not where the picture is opened.
  function marks(root) {
    for (const text of root.querySelectorAll("text")) {
      const path = serval.marks[text.textContent.trim()];
      if (!path) continue;
      const size = parseFloat(text.style.fontSize);
      const moved = (text.getAttribute("transform") || "").match(/translate\(([^)]+)\)/);
      const [dx, dy] = moved ? moved[1].split(/[\s,]+/).map(Number) : [0, 0];
      const anchored = { start: size / 2, end: -size / 2 }[text.getAttribute("text-anchor")] || 0;
      const x = Number(text.getAttribute("x")) + dx + anchored;
      const y = Number(text.getAttribute("y")) + (dy || 0) - size / 4;
      const transform = `translate(${x.toFixed(2)},${y.toFixed(2)}) scale(${size / 1000})`;
      text.replaceWith(made("path", { d: path, fill: text.style.fill, transform }));
    }
  }

  // Blanks at the ends of words, which only a browser would keep.
  function blanks(root) {
    for (const node of root.querySelectorAll("text, tspan")) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) child.data = child.data.replace(/^ +| +$/g, (run) => "\u00a0".repeat(run.length));
      }
    }
  }

  // A glow is a blur, which is no vector: the letters' own outline in its colour does the same.
  function halos(root) {
    for (const text of root.querySelectorAll("text")) {
      const [colour] = (text.style.textShadow || "").match(/rgba?\([^)]*\)|#[0-9a-f]+/i) || [];
      if (!colour) continue;
      const under = text.cloneNode(true);
      Object.assign(under.style, { fill: colour, stroke: colour, strokeWidth: "3px", strokeLinejoin: "round" });
      text.before(under);
    }
  }

  // A pattern would be printed as a picture: the stripes are drawn, and cut to the bar.
  function hatches(root) {
    const patterns = new Map([...root.querySelectorAll("pattern")].map((p) => [p.id, p]));
    for (const bar of root.querySelectorAll("path")) {
      const [, id] = (bar.style.fill || "").match(/url\(["']?[^#]*#([^"')]+)/) || [];
      if (patterns.has(id)) stripe(bar, patterns.get(id), root);
    }
    patterns.forEach((pattern) => pattern.remove());
  }

  function stripe(bar, pattern, root) {
    const [ground] = pattern.querySelectorAll("rect");
    const across = pattern.querySelector("path");
    const numbers = bar.getAttribute("d").match(/-?[\d.]+/g).map(Number);
    const [x0, y0, x1, y1] = corners(bar.getAttribute("d"), numbers);
    const clip = made("clipPath", { id: `cut-${root.querySelectorAll("clipPath").length}` });
    clip.append(made("path", { d: bar.getAttribute("d") }));
    const high = y1 - y0;
    let d = "";
    for (let x = x0 - high; x < x1 + 8; x += 8) d += `M${x},${y1}l${high},${-high}h4l${-high},${high}z`;
    const group = made("g", { "clip-path": `url(#${clip.id})` });
    group.append(made("path", { d: bar.getAttribute("d"), fill: ground.style.fill || ground.getAttribute("fill") }),
                 made("path", { d, fill: across.style.stroke || across.getAttribute("stroke") }));
    bar.style.fill = "none";
    bar.before(clip, group);
  }

  // The box of a path of Plotly's bars, which are M, H, V and Z.
  function corners(d) {
    const xs = [];
    const ys = [];
    for (const [, letter, rest] of d.matchAll(/([MLHV])([^MLHVZ]*)/g)) {
      const [a, b] = rest.split(/[\s,]+/).map(Number);
      if (letter !== "V") xs.push(a);
      if (letter === "V") ys.push(a);
      if (letter === "M" || letter === "L") ys.push(b);
    }
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  // Ids that two drawings of one figure share, so that their bytes are the same.
  function ids(root) {
    const names = new Map([...root.querySelectorAll("[id]")].map(({ id }, i) => [id, `f${i}`]));
    for (const node of root.querySelectorAll("*")) {
      for (const { name, value } of [...node.attributes]) {
        if (name === "id") node.id = names.get(value);
        else if (value.includes("#")) {
          const next = value.replace(/url\((["']|&quot;)?[^#)]*#([^"')&]+)(["']|&quot;)?\)/g,
                                     (whole, _, id) => (names.has(id) ? `url(#${names.get(id)})` : whole));
          if (next !== value) node.setAttribute(name, next);
        }
      }
    }
  }

  const unseen = ({ style, tagName }) => tagName !== "g"
    && (style.fillOpacity === "0" || style.fill === "none") && (style.strokeOpacity === "0"
      || style.strokeWidth === "0px" || (!style.stroke || style.stroke === "none"));

  function tidy(root) {
    marks(root);
    blanks(root);
    halos(root);
    hatches(root);
    for (const node of root.querySelectorAll("*")) {
      if (["path", "rect", "circle"].includes(node.tagName) && !node.closest("clipPath, defs")
          && node.getAttribute("style") && unseen(node)) node.remove();
      for (const name of LEFT) node.removeAttribute(name);
      for (const name of USELESS) {
        if (name !== "font-style" || node.style.fontStyle === "normal") node.style.removeProperty(name);
      }
      if (node.getAttribute("style") === "") node.removeAttribute("style");
    }
    empty(root);
    ids(root);
  }

  function empty(root) {
    let found = [...root.querySelectorAll("g:empty, defs:empty")];
    while (found.length) {
      found.forEach((node) => node.remove());
      found = [...root.querySelectorAll("g:empty, defs:empty")];
    }
  }

  serval.vectors = { tidy };
})();
