// A picture to take away: turns the spec of serval/export/picture.py into one SVG that carries all it needs.
// It runs in the server's own Chromium and, where that is missing, in the reader's browser.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const SVG = "http://www.w3.org/2000/svg";
  const TEXT = "Inter, 'Helvetica Neue', Arial, sans-serif";
  const HEAD = "'Source Serif 4', Georgia, 'Times New Roman', serif";
  const WIDE = 1280; // px: a wider picture is the same one, larger
  const NARROW = 800;
  const BESIDE = 232; // px of a legend beside its figure
  const [SHRINK, SMALLEST] = [0.94, 0.4]; // steps to smaller letters, and how small they get
  const ruler = document.createElement("canvas").getContext("2d");

  const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;",
                                                                        '"': "&quot;" })[c])
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  const near = (n) => Math.round(n * 100) / 100;

  // What letters of a font take: {size, weight, head}.
  function widthOf(text, { size, weight = 400, head = false }) {
    ruler.font = `${weight} ${size}px ${head ? HEAD : TEXT}`;
    return ruler.measureText(text).width;
  }

  // Words on lines no wider than `room`; a word that is wider is broken.
  function wrapped(text, font, room) {
    const lines = [];
    let line = "";
    const pieces = text.split(" ").flatMap((word) => broken(word, font, room));
    pieces.forEach(({ part, glued }) => {
      const longer = line && !glued ? `${line} ${part}` : line + part;
      if (line && widthOf(longer, font) > room) {
        lines.push(line);
        line = part;
      } else line = longer;
    });
    return line ? [...lines, line] : lines;
  }

  function broken(word, font, room) {
    const parts = [];
    let part = "";
    for (const letter of word) {
      if (part && widthOf(part + letter, font) > room) {
        parts.push(part);
        part = letter;
      } else part += letter;
    }
    return [...parts, part].map((piece, i) => ({ part: piece, glued: i > 0 }));
  }

  function words(text, x, y, font, fill, more = "") {
    const { size, weight = 400, head = false } = font;
    return `<text x="${near(x)}" y="${near(y)}" font-family="${head ? HEAD : TEXT}" font-size="${size}"`
      + ` font-weight="${weight}" fill="${fill}"${more}>${escaped(text)}</text>`;
  }

  // Lines of text from `top` down: {svg, height}.
  function paragraph(text, x, top, room, font, fill) {
    const step = font.size * (font.head ? 1.18 : 1.42);
    const lines = wrapped(text, font, room);
    const drawn = lines.map((line, i) => words(line, x, top + font.size + i * step, font, fill));
    return { svg: drawn.join(""), height: lines.length * step };
  }

  function stack(parts, x, top, room) {
    let y = top;
    const drawn = parts.map(({ text, font, fill, after = 0 }) => {
      const { svg, height } = paragraph(text, x, y, room, font, fill);
      y += height + after;
      return svg;
    });
    return { svg: drawn.join(""), bottom: y };
  }

  // The samples of the legend, each in a box of 26 (WIDER) or 16 by 16 px whose middle is at 0, 0.
  const WIDER = new Set(["soft", "bar", "outline", "thin", "hatch", "slope", "band", "range", "shade", "dotted"]);
  const circle = (r, more, x = 0) => `<circle cx="${x}" r="${r}" ${more}/>`;
  const rect = (w, h, more, x = 0) => `<rect x="${near(x - w / 2)}" y="${-h / 2}" width="${w}" height="${h}" ${more}/>`;
  const line = (x1, y1, x2, y2, more) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${more}/>`;
  const SAMPLES = {
    dot: ({ colour }) => circle(5.5, `fill="${colour}"`),
    mark: ({ colour, mark, size = 15 }) =>
      `<path d="${serval.marks[mark]}" fill="${colour}" transform="scale(${size / 1000})"/>`,
    vague: ({ colour }) => circle(7.5, `fill="${colour}" fill-opacity="0.08" stroke="${colour}" stroke-width="0.9"`),
    disc: ({ colours, paper, ink }) => circle(7.5, `fill="${paper}"`) + arcs(7, colours, 3.4)
      + words("7", 0, 3.2, { size: 9, weight: 600 }, ink, ' text-anchor="middle"'),
    town: ({ colour, tint }) => circle(6, `fill="${tint}" stroke="${colour}" stroke-width="2.4"`),
    contested: ({ colours, paper }) => circle(6, `fill="${paper}"`) + arcs(6, [...colours, ...colours, ...colours], 2.6),
    changing: ({ colours, paper }) => circle(6, `fill="${paper}"`) + arcs(6, colours, 2.6, "2.2 2"),
    soft: ({ colour }) => rect(24, 9, `fill="${colour}" fill-opacity="0.28"`),
    bar: ({ colour }) => rect(24, 11, `fill="${colour}"`),
    outline: ({ colour }) => rect(23, 11, `fill="none" stroke="${colour}" stroke-width="1.2"`),
    thin: ({ colour }) => rect(24, 2, `fill="${colour}"`),
    hatch: ({ colours: [a, b] }) => rect(24, 11, `fill="${a}"`) + [-8, 0, 8].map((x) =>
      `<path d="M${x - 5.5},5.5L${x - 1.5},5.5L${x + 5.5},-5.5L${x + 1.5},-5.5Z" fill="${b}"/>`).join(""),
    slope: ({ colours: [a, b] }) => `<path d="M-12,-5.5L6,-5.5L-6,5.5L-12,5.5Z" fill="${a}"/>`
      + `<path d="M12,-5.5L6,-5.5L-6,5.5L12,5.5Z" fill="${b}"/>`,
    band: ({ colour, tint }) => rect(24, 12, `fill="${tint}"`)
      + line(-12, 0, 12, 0, `stroke="${colour}" stroke-width="2"`),
    range: ({ colour, tint }) => rect(24, 11, `fill="${tint}" stroke="${colour}"`)
      + line(2, -7, 2, 7, `stroke="${colour}" stroke-width="3"`),
    shade: ({ colour, tint }) => rect(22, 11, `fill="${tint}" stroke="${colour}"`),
    dotted: ({ colour }) => line(-12, 0, 12, 0, `stroke="${colour}" stroke-width="2" stroke-dasharray="2 2.5"`),
    upright: ({ colour }) => line(0, -7, 0, 7, `stroke="${colour}" stroke-width="2"`),
    whisker: ({ colour }) => line(0, -7, 0, 7, `stroke="${colour}" stroke-width="1"`)
      + circle(3.6, `fill="${colour}"`),
    square: ({ colour }) => rect(8, 8, `fill="${colour}"`),
    ring: ({ colour }) => circle(4.2, `fill="none" stroke="${colour}" stroke-width="1.5"`),
    up: ({ colour }) => `<path d="M0,-5L5,4L-5,4Z" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    lozenge: ({ colour }) => `<path d="M0,-5.5L5,0L0,5.5L-5,0Z" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    dash: ({ colour }) => line(-5, 0, 5, 0, `stroke="${colour}" stroke-width="1.5"`),
  };

  function arcs(r, colours, width, dashes = "") {
    const at = (share) => {
      const turn = 2 * Math.PI * share;
      return `${near(r * Math.sin(turn))},${near(-r * Math.cos(turn))}`;
    };
    const n = colours.length;
    if (n === 1) return circle(r, `fill="none" stroke="${colours[0]}" stroke-width="${width}"`);
    const more = dashes ? ` stroke-dasharray="${dashes}"` : "";
    return colours.map((colour, i) => `<path d="M${at(i / n)}A${r},${r} 0 ${n < 2 ? 1 : 0} 1 ${at((i + 1) / n)}"`
      + ` fill="none" stroke="${colour}" stroke-width="${width}"${more}/>`).join("");
  }

  // The legend, group after group, each beginning with its name; an item never breaks from its sample.
  function legend(groups, x, top, room, look) {
    const font = { size: 12 };
    const [BOX, DOT, GAP, STEP, APART] = [30, 20, 16, 21, 3];
    let y = top;
    const drawn = groups.map(({ name, items }) => {
      const head = { size: 12, weight: 600 };
      const indent = name ? widthOf(name, head) + 14 : 0;
      let at = x;
      let out = name ? words(name, at, y + 14, head, look.ink) : "";
      at += indent;
      for (const item of items) {
        const own = WIDER.has(item.kind) ? BOX : DOT;
        const lines = wrapped(item.label, font, room - own - 4);
        const wide = own + Math.max(...lines.map((text) => widthOf(text, font)));
        if (at + wide > x + room && at > x) {
          at = x;
          y += STEP;
        }
        out += sample(item, at + own / 2 - 2, y + 10, look);
        lines.forEach((text, i) => {
          out += words(text, at + own, y + 14 + i * 15, font, look.ink);
        });
        y += (lines.length - 1) * 15;
        at += wide + GAP;
      }
      y += STEP + APART;
      return out;
    });
    return { svg: drawn.join(""), bottom: groups.length ? y - APART : top };
  }

  // The legend in a column, a line per item.
  function column(groups, x, top, room, look) {
    const [head, font] = [{ size: 11.5, weight: 600 }, { size: 11.5 }];
    let y = top;
    const drawn = groups.map(({ name, items }) => {
      let out = words(name, x, y + 11, head, look.ink);
      y += 19;
      for (const item of items) {
        const lines = wrapped(item.label, font, room - 24);
        out += sample(item, x + 8, y + 7, look);
        lines.forEach((text, i) => {
          out += words(text, x + 24, y + 11 + i * 14, font, look.ink);
        });
        y += 17.5 + (lines.length - 1) * 14;
      }
      y += 8;
      return out;
    });
    return { svg: drawn.join(""), bottom: y - 8 };
  }

  const sample = (item, x, y, look) =>
    `<g transform="translate(${near(x)},${near(y)})">${SAMPLES[item.kind]({ ...look, ...item })}</g>`;

  // Where everything stands in a picture of so many px: the figure's box, and the SVG of all the rest. The rules
  // are those of serval/export/picture_room.py, which guesses the widths.
  function composed(spec, width, height) {
    const { look } = spec;
    const narrow = width < NARROW;
    const pad = narrow ? 20 : 30;
    const room = width - 2 * pad;
    const title = { size: narrow ? 23 : 28, weight: 600, head: true };
    const plain = { size: narrow ? 13 : 14 };
    const small = { size: 10.5 };
    const kicker = words(spec.kicker.toUpperCase(), pad, pad + 7, { size: 10.5, weight: 600 }, look.accent,
                         ' letter-spacing="0.8"');
    const head = stack([
      { text: spec.title, font: title, fill: look.ink, after: 5 },
      ...spec.subtitle.map((text, i) => ({ text, font: plain, fill: i ? look.soft : look.ink, after: 1 })),
    ], pad, pad + 14, room);
    const foot = stack(spec.footer.map((text) => ({ text, font: small, fill: look.soft })), pad, 0, room);
    const link = paragraph(spec.link, pad, foot.bottom + 1, room, small, look.accent);
    const footTop = height - pad + 8 - foot.bottom - 1 - link.height;
    const { box, key } = placed(spec, pad, room, head.bottom + 8, footTop - 16);
    const svg = kicker + head.svg + key + `<path d="M${pad},${near(footTop - 6)}H${near(width - pad)}" stroke="${look.rule}"/>`
      + `<g transform="translate(0,${near(footTop)})">${foot.svg}`
      + `<a href="${escaped(spec.link)}" target="_blank">${link.svg}</a></g>`;
    return { box, svg };
  }

  // The figure's box and the legend: above it, below it, or beside it where a column of it is not too high.
  function placed({ legend: groups, key, look }, x, width, top, bottom) {
    if (key === "beside") {
      const side = column(groups, x + width - BESIDE, top, BESIDE, look);
      if (side.bottom <= bottom) {
        return { key: side.svg, box: { x, y: top, width: width - BESIDE - 24, height: bottom - top } };
      }
    }
    const high = legend(groups, x, 0, width, look).bottom;
    const above = key === "above";
    const drawn = legend(groups, x, above ? top : bottom - high, width, look).svg;
    const room = bottom - top - high - (high ? (above ? 6 : 10) : 0);
    return { key: drawn, box: { x, y: above && high ? top + high + 6 : top, width, height: room } };
  }

  // The largest layout that leaves the figure its room: small pictures get smaller letters, never cut ones.
  function layout({ width, height, ...spec }) {
    let scale = Math.max(1, width / WIDE);
    let made = composed(spec, width / scale, height / scale);
    while (made.box.height < spec.least && scale > SMALLEST) {
      scale *= SHRINK;
      made = composed(spec, width / scale, height / scale);
    }
    return { ...made, width: width / scale, height: height / scale };
  }

  async function svg(spec) {
    await Promise.all([`600 20px ${HEAD}`, `400 14px ${TEXT}`, `600 14px ${TEXT}`, `italic 14px ${TEXT}`, "15px 'Serval Marks'"]
      .map((font) => document.fonts.load(font, "aé\ue000")));
    const { box, svg: frame, width, height } = layout(spec);
    const figure = await drawn(spec, box);
    const body = frame + (figure || nothing(spec, box));
    return `<svg xmlns="${SVG}" width="${spec.width}" height="${spec.height}" viewBox="0 0 ${near(width)} ${near(height)}"`
      + ` role="img" aria-labelledby="title desc" lang="${spec.lang}"><title id="title">${escaped(spec.title)}</title>`
      + `<desc id="desc">${escaped(spec.alt)}</desc><defs><style>${await letters(body)}</style></defs>`
      + `<rect width="100%" height="100%" fill="${spec.look.paper}"/>${body}</svg>`;
  }

  function nothing(spec, box) {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return words(spec.empty, x, y, { size: 16 }, spec.look.soft, ' text-anchor="middle"');
  }

  // The figure as a nested SVG, without anything that only a page needs; none where there is nothing to draw.
  async function drawn({ figure }, box) {
    if (!figure) return "";
    const size = { width: Math.round(box.width), height: Math.round(box.height) };
    const config = { ...figure.config, staticPlot: true };
    const made = { data: figure.data, layout: { ...figure.layout, ...size, autosize: false }, config };
    const url = await window.Plotly.toImage(made, { format: "svg", ...size, imageDataOnly: true });
    const root = new DOMParser().parseFromString(url, "image/svg+xml").documentElement;
    serval.vectors.tidy(root);
    root.setAttribute("x", near(box.x));
    root.setAttribute("y", near(box.y));
    return new XMLSerializer().serializeToString(root);
  }

  // The faces of the page's style sheet whose letters the picture has, each with its font inside.
  async function letters(body) {
    const used = new Set([...body].map((c) => c.codePointAt(0)));
    const rules = [...document.styleSheets].flatMap(rulesOf).filter((rule) => rule instanceof CSSFontFaceRule);
    const wanted = rules.filter(({ style }) => {
      const family = style.getPropertyValue("font-family").replace(/["']/g, "");
      return ["Inter", "Source Serif 4"].includes(family) && covers(style.getPropertyValue("unicode-range"), used);
    });
    return (await Promise.all(wanted.map(embedded))).join("");
  }

  function rulesOf(sheet) {
    try {
      return [...sheet.cssRules];
    } catch {
      return []; // of another origin
    }
  }

  function covers(ranges, used) {
    const spans = ranges.split(",").map((text) => text.trim().replace(/^U\+/i, "").split("-").map((n) => parseInt(n, 16)));
    return spans.some(([first, last = first]) => [...used].some((c) => c >= first && c <= last));
  }

  async function embedded({ style, parentStyleSheet }) {
    const [, named] = style.getPropertyValue("src").match(/url\("?([^")]+)"?\)/);
    const url = named.startsWith("data:") ? named : await fetched(new URL(named, parentStyleSheet.href || document.baseURI));
    const keep = ["font-family", "font-weight", "unicode-range"].map((key) => `${key}:${style.getPropertyValue(key)};`);
    return `@font-face{${keep.join("")}src:url("${url}") format("woff2")}`;
  }

  async function fetched(url) {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return `data:font/woff2;base64,${btoa(text)}`;
  }

  serval.picture = { svg };
})();
