// The pictures of a report, where the server has no Chromium to draw them: drawn here from the same specs.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});

  async function draw(figure) {
    const svg = await serval.picture.svg(JSON.parse(document.getElementById(figure.dataset.spec).textContent));
    const room = figure.querySelector(".missing");
    const { width, height } = JSON.parse(document.getElementById(figure.dataset.spec).textContent);
    const image = Object.assign(new Image(width, height), {
      alt: new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("desc").textContent,
      src: `data:image/svg+xml,${encodeURIComponent(svg)}`,
    });
    room.replaceWith(image);
  }

  async function all() {
    for (const figure of document.querySelectorAll("figure[data-spec]")) await draw(figure);
    document.documentElement.dataset.ready = "1";
  }

  all();
})();
