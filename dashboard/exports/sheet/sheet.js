"use strict";

/* Draws the charts of the sheet, then says so in `window.sheetReady`. Wherever it fails, the reason
   is in `window.sheetError`. `window.sheetAsSvg()` gives the sheet as one drawing. */
(() => {
  const LETTERS_OF_ROWS = 13;
  const LEAST_LETTERS = 10;
  const ROOM_OF_AXIS = 60;
  const ROW_AS_DESIGNED = 26;
  /* A drawing without rows may be drawn this much lower than designed. */
  const LEAST_PART = 0.85;
  const SVG = "http://www.w3.org/2000/svg";

  const figures = JSON.parse(document.getElementById("figures").textContent);
  const plots = [...document.querySelectorAll(".plot")];
  const letters = getComputedStyle(document.body).fontFamily;

  // ---------------------------------------------------------------- drawing

  /** Fetch every typeface that the words need, so that plotly measures with the right ones. */
  async function fetchTypefaces() {
    const words = document.body.textContent;
    const weights = ["400", "700"].map((weight) => `${weight} 13px ${letters}`);
    await Promise.all(weights.map((font) => document.fonts.load(font, words)));
    await document.fonts.ready;
  }

  /** Names of the rows, where the vertical axis has names. */
  function rowsOf(figure) {
    const names = figure.data.flatMap((trace) =>
      trace.type === "scatter" && Array.isArray(trace.y)
        ? trace.y.filter((name) => typeof name === "string")
        : []);
    return [...new Set(names)];
  }

  /** Smaller marks and letters for rows that stand closer than designed. */
  function tightened(figure, rows, pitch) {
    const shrink = Math.max(0.75, Math.min(1, pitch / ROW_AS_DESIGNED));
    const smaller = (size) => (typeof size === "number" ? size * shrink : size);
    const data = figure.data.map((trace) => ({
      ...trace,
      ...(trace.marker && { marker: { ...trace.marker, size: smaller(trace.marker.size) } }),
      ...(trace.line && { line: { ...trace.line, width: smaller(trace.line.width) } }),
    }));
    const yaxis = {
      ...figure.layout.yaxis,
      tickmode: "linear",
      dtick: 1,
      tickfont: { size: Math.min(LETTERS_OF_ROWS, Math.max(LEAST_LETTERS, pitch * 0.8)) },
    };
    return { data, layout: { ...figure.layout, yaxis } };
  }

  /** The figure for a box, and by how much larger than the box it is to be drawn. */
  function fitted(figure, width, height) {
    const rows = rowsOf(figure);
    let enlarged = 1;
    let drawn = figure;
    if (rows.length <= 1) {
      enlarged = Math.max(1, LEAST_PART * (figure.layout.height ?? 0) / height);
    } else {
      const least = rows.length * (LEAST_LETTERS / 0.8) + ROOM_OF_AXIS;
      enlarged = Math.max(1, least / height);
      drawn = tightened(figure, rows, (height * enlarged - ROOM_OF_AXIS) / rows.length);
    }
    const size = { width: width * enlarged, height: height * enlarged, autosize: false };
    return { data: drawn.data, layout: { ...drawn.layout, ...size }, enlarged };
  }

  async function draw(plot, figure) {
    const { data, layout, enlarged } = fitted(figure, plot.clientWidth, plot.clientHeight);
    const canvas = plot.appendChild(document.createElement("div"));
    canvas.style.transformOrigin = "0 0";
    canvas.style.transform = enlarged > 1 ? `scale(${1 / enlarged})` : "";
    await Plotly.newPlot(canvas, data, layout, { staticPlot: true });
    if (figure.layout.geo) await cropToMap(plot, canvas);
  }

  /** Take away what a map leaves empty beside or below it. */
  async function cropToMap(plot, canvas) {
    const box = plot.getBoundingClientRect();
    const map = canvas.querySelector(".geo .bg rect").getBoundingClientRect();
    const size = {
      width: box.width - (map.left - box.left) * 2,
      height: box.height - (map.top - box.top) * 2,
    };
    plot.parentElement.classList.add("fitting");
    plot.style.width = `${size.width}px`;
    plot.style.height = `${size.height}px`;
    plot.closest(".front").style.setProperty("--drawing", `${size.width}px`);
    await Plotly.relayout(canvas, size);
  }

  // ---------------------------------------------------------------- one drawing

  function element(name, attributes, content = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = content;
    return made;
  }

  const rounded = (number) => Math.round(number * 100) / 100;
  const isInPlot = (node) => node.parentElement.closest(".plot, script, style") !== null;

  /** Backgrounds and upper borders of the sheet as rectangles. */
  function boxes() {
    return [...document.body.querySelectorAll("*")].flatMap((box) => {
      if (box.matches(".plot, .plot *")) return [];
      const { x, y, width, height } = box.getBoundingClientRect();
      const style = getComputedStyle(box);
      const ruled = parseFloat(style.borderTopWidth);
      const filled = style.backgroundColor !== "rgba(0, 0, 0, 0)";
      const rectangle = (fill, high) =>
        element("rect", { x: rounded(x), y: rounded(y), width: rounded(width), height: high, fill });
      return [
        ...(filled ? [rectangle(style.backgroundColor, rounded(height))] : []),
        ...(ruled ? [rectangle(style.borderTopColor, ruled)] : []),
      ];
    });
  }

  /** The letters of a text node, those of one line together, each line with its place. */
  function linesOf(node) {
    const lines = [];
    const range = document.createRange();
    for (const { segment, index } of new Intl.Segmenter().segment(node.data)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const { left, right, top, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      const line = lines.at(-1);
      if (line && Math.abs(line.top - top) < 2) {
        line.text += segment;
        line.right = right;
      } else {
        lines.push({ text: segment, left, right, top });
      }
    }
    return lines.map((line) => withoutLastSpace(node, line)).filter((line) => line.text);
  }

  function withoutLastSpace(node, line) {
    const text = line.text.replace(/\s/g, " ");
    return text.endsWith(" ") && node.nextSibling === null && node.parentElement.nextSibling === null
      ? { ...line, text: text.trimEnd() }
      : { ...line, text };
  }

  const measuring = document.createElement("canvas").getContext("2d");

  /** Every line of words on the sheet as SVG text at its place. */
  function words() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (isInPlot(node) || !node.data.trim()) continue;
      const style = getComputedStyle(node.parentElement);
      measuring.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const ascent = measuring.measureText("H").fontBoundingBoxAscent;
      for (const { text, left, top } of linesOf(node)) {
        texts.push(element("text", {
          x: rounded(left),
          y: rounded(top + ascent),
          "font-size": style.fontSize,
          "font-weight": style.fontWeight,
          fill: style.color,
          "xml:space": "preserve",
          ...(style.letterSpacing === "normal" ? {} : { "letter-spacing": style.letterSpacing }),
        }, text));
      }
    }
    return texts;
  }

  /** A drawn chart as nested SVG. */
  async function nested(plot) {
    const { x, y, width, height } = plot.getBoundingClientRect();
    const canvas = plot.firstElementChild;
    const size = { width: canvas._fullLayout.width, height: canvas._fullLayout.height };
    const source = await Plotly.toImage(canvas, { format: "svg", imageDataOnly: true, ...size });
    const drawing = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    const place = { x, y, width, height };
    for (const [key, value] of Object.entries(place)) drawing.setAttribute(key, rounded(value));
    drawing.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    return drawing;
  }

  window.sheetAsSvg = async () => {
    const { width, height } = document.body.getBoundingClientRect();
    const drawing = element("svg", {
      width, height, viewBox: `0 0 ${width} ${height}`, "font-family": letters, role: "img",
      "aria-labelledby": "title description", lang: document.documentElement.lang,
    });
    const page = getComputedStyle(document.documentElement).backgroundColor;
    const alt = plots.map((plot) => plot.getAttribute("aria-label")).join(" ");
    drawing.append(
      element("title", { id: "title" }, document.title),
      element("desc", { id: "description" }, alt),
      element("rect", { width, height, fill: page }),
      ...boxes(),
      ...(await Promise.all(plots.map(nested))),
      ...words(),
    );
    return new XMLSerializer().serializeToString(drawing);
  };

  (async () => {
    await fetchTypefaces();
    for (const [at, plot] of plots.entries()) await draw(plot, figures[at]);
    await document.fonts.ready;
    window.sheetReady = true;
  })().catch((reason) => { window.sheetError = String(reason); });
})();
