// Stated figures over time, drawn as dashboard/figures/steps.py and labels.py draw them: the same
// steps, signs and places of names, with the constants from there. Pure: no document, no clock.
// A browser test compares the two.
"use strict"

const DAY_MS = 86400000

function stepFigure(drawing, claims, state, newestDay) {
  const newest = Date.parse(newestDay)
  const points = state.points.map(([at, name, hover]) => ({ ...claims[at], at, name, hover }))
  const lines = groupedByLine(points)
  const first = points.length
    ? Math.min(...points.map(point => point.ms)) : newest - 365 * DAY_MS
  const start = Math.min(first, newest - drawing.shortest_axis_days * DAY_MS)
  const margin = Math.max(Math.floor((newest - start) / DAY_MS), 60) * 0.03 * DAY_MS
  const canvas = { drawing, points, lines, start: start - margin, end: newest + margin, newest }
  canvas.top = points.length ? Math.max(...points.flatMap(upperEnds)) : 0
  canvas.pixels = pixelsOf(canvas)
  const data = [
    ...lines.flatMap(line => stepTraces(canvas, line)),
    ...lines.map(line => markTrace(canvas, line)),
    answerTrace(state, claims),
    ...(state.step ? [ringTrace(canvas, state)] : []),
  ]
  canvas.drawn = drawnPoints(canvas, state.answers.map(([at]) => claims[at].ms))
  const note = state.step && stepNote(canvas, state)
  const annotations = [
    ...(note ? [note.annotation] : []),
    ...nameNotes(canvas, note ? [note.box] : []),
    keyNote(canvas, state, claims),
  ]
  return { data, layout: layoutOf(canvas, annotations) }
}

function groupedByLine(points) {
  const lines = new Map()
  for (const point of points) {
    if (!lines.has(point.line)) lines.set(point.line, [])
    lines.get(point.line).push(point)
  }
  return [...lines.values()]
}

const upperEnds = point => (point.high === null ? [point.figure] : [point.figure, point.high])
const moment = ms => new Date(ms).toISOString().slice(0, 19)
const last = list => list[list.length - 1]

// ------------------------------------------------------------------ lines

function stepTraces(canvas, line) {
  if (line.length < 2) return []
  const { fresh, silent } = freshAndSilent(canvas, line)
  const look = { color: last(line).colour, shape: "hv" }
  const common = { type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false, connectgaps: false }
  return [
    { ...common, ...corners(fresh), line: { ...look, width: 2.5 }, name: line[0].name },
    { ...common, ...corners(silent), line: { ...look, width: 1.5, dash: "dot" } },
  ]
}

const corners = path => ({
  x: path.map(([ms]) => (ms === null ? null : moment(ms))),
  y: path.map(([, figure]) => figure),
})

function freshAndSilent(canvas, line) {
  const silence = canvas.drawing.silence_days * DAY_MS
  const fresh = []
  const silent = []
  line.forEach((point, at) => {
    const next = line[at + 1]
    const end = next ? next.ms : Math.max(canvas.newest, point.ms)
    const after = next ? next.figure : point.figure
    fresh.push([point.ms, point.figure])
    if (end - point.ms > silence) {
      const stop = point.ms + silence
      fresh.push([stop, point.figure], [null, null], [end, point.figure], [end, after])
      silent.push([stop, point.figure], [end, point.figure], [null, null])
    } else {
      fresh.push([end, point.figure])
    }
  })
  return { fresh, silent }
}

// ------------------------------------------------------------------ marks

function markTrace({ drawing }, line) {
  const page = drawing.template.layout.paper_bgcolor
  const isRange = line.map(point => point.qualifier === "between")
  return {
    type: "scatter",
    mode: "markers",
    x: line.map(point => moment(point.ms)),
    y: line.map(point => point.figure),
    marker: {
      color: line.map(point => (drawing.hollow.includes(point.status) ? page : point.colour)),
      line: { color: line.map(point => point.colour), width: 2 },
      symbol: line.map(point => drawing.symbols[point.qualifier]),
      size: 10,
      opacity: 1,
    },
    error_y: {
      type: "data",
      array: line.map((point, at) => (isRange[at] ? point.high - point.low : 0)),
      arrayminus: line.map(() => 0),
      color: line[0].colour,
      thickness: 1.5,
      width: 5,
      visible: isRange.some(Boolean),
    },
    name: line[0].name,
    ...leading(line),
  }
}

function answerTrace(state, claims) {
  const answers = state.answers.map(([at, hover]) => ({ ...claims[at], hover }))
  const colours = answers.map(answer => answer.colour)
  return {
    type: "scatter",
    mode: "markers",
    name: "Denials and admissions",
    x: answers.map(answer => moment(answer.ms)),
    y: answers.map(() => 0),
    marker: {
      symbol: answers.map(answer => (answer.status === "admitted" ? "star" : "x-thin")),
      size: 9,
      color: colours,
      line: { width: 2, color: colours },
    },
    cliponaxis: false,
    ...leading(answers),
  }
}

const leading = claims => ({
  customdata: claims.map(claim => ["claim", claim.id]),
  hovertext: claims.map(claim => claim.hover),
  hovertemplate: "%{hovertext}<extra></extra>",
  selected: { marker: { opacity: 1 } },
  unselected: { marker: { opacity: 1 } },
  showlegend: false,
})

function ringTrace(canvas, state) {
  const ends = state.step.slice(0, 2).map(at => canvas.points.find(point => point.at === at))
  const ink = canvas.drawing.template.layout.font.color
  return {
    type: "scatter",
    mode: "markers",
    x: ends.map(point => moment(point.ms)),
    y: ends.map(point => point.figure),
    marker: { symbol: "circle-open", size: 19, color: ink, line: { width: 1.5, color: ink } },
    hoverinfo: "skip",
    showlegend: false,
  }
}

// ------------------------------------------------------------------ names

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" }
const plainName = name => name.replace(/&(lt|gt|amp);/g, sign => ENTITIES[sign])
const letters = text => [...text].length

function pixelsOf({ drawing, points, start, end, top }) {
  const [width, height] = drawing.plot_size
  const ceiling = 1.05 * top || 1
  return new Map(points.map(point => [
    point.at, [(point.ms - start) / (end - start) * width, point.figure / ceiling * height],
  ]))
}

function pathOf(canvas, line) {
  const path = line.map(point => canvas.pixels.get(point.at))
  if (path.length < 2) return path
  const { start, end, newest, drawing } = canvas
  return [...path, [drawing.plot_size[0] * ((newest - start) / (end - start)), last(path)[1]]]
}

function stepPoints(path, step) {
  const points = [...path]
  for (let at = 0; at + 1 < path.length; at++) {
    const [x0, y0] = path[at]
    const [x1, y1] = path[at + 1]
    for (let i = 1; i <= Math.floor(Math.abs(x1 - x0) / step); i++) points.push([x0 + step * i, y0])
    const sign = y1 >= y0 ? 1 : -1
    for (let i = 0; i <= Math.floor(Math.abs(y1 - y0) / step); i++) points.push([x1, y0 + sign * step * i])
  }
  return points
}

// Points along everything drawn, each with how much it weighs: marks weigh more.
function drawnPoints(canvas, answered) {
  const { drawing, lines, pixels, start, end } = canvas
  const paths = lines.flatMap(line => stepPoints(pathOf(canvas, line), drawing.label_step))
  const drawn = paths.map(([x, y]) => [x, y, 1])
  const across = answered.map(ms => [(ms - start) / (end - start) * drawing.plot_size[0], 0])
  const marks = [...pixels.values(), ...across]
  return [...drawn, ...marks.map(([x, y]) => [x, y, drawing.mark_weight])]
}

function nameNotes(canvas, taken) {
  const { drawing, lines, pixels, drawn } = canvas
  const newest = lines.map(line => ({ ...last(line), marks: line.length }))
  newest.sort((one, other) => other.figure - one.figure)
  return newest.flatMap(point => {
    const place = placedName(drawing, plainName(point.name), pixels.get(point.at), drawn, taken)
    if (place.cost > drawing.crowded && point.marks === 1) return []
    return [{
      x: moment(point.ms),
      y: point.figure,
      text: `<b>${point.name}</b>`,
      font: { color: drawing.names[point.colour] ?? point.colour, size: 12 },
      showarrow: false,
      borderpad: 0,
      xanchor: place.xanchor,
      xshift: place.xshift,
      yshift: place.yshift,
    }]
  })
}

function placedName(drawing, name, mark, drawn, taken) {
  const width = drawing.letter_width * letters(name)
  const places = drawing.placements.map(place => {
    const x = mark[0] + place.xshift
    const left = { left: x, center: x - width / 2, right: x - width }[place.xanchor]
    const bottom = mark[1] + place.yshift - drawing.line_height / 2
    const box = [left, bottom, left + width, bottom + drawing.line_height]
    return { ...place, box, cost: costOf(drawing, box, taken, drawn) }
  })
  const best = cheapest(places)
  taken.push(best.box)
  return best
}

const cheapest = places => places.reduce((best, place) => (place.cost < best.cost ? place : best))

function costOf(drawing, [left, bottom, right, top], taken, drawn) {
  const [width, height] = drawing.plot_size
  const outside = Math.max(0, -left) + Math.max(0, right - width)
    + Math.max(0, -bottom) + Math.max(0, top - height)
  let covered = 0
  for (const [x, y, weight] of drawn) {
    if (left <= x && x <= right && bottom <= y && y <= top) covered += weight
  }
  const crossed = taken.filter(
    other => left < other[2] && other[0] < right && bottom < other[3] && other[1] < top,
  ).length
  return 5 * outside + covered + 40 * crossed
}

function stepNote({ drawing, points, pixels, drawn }, state) {
  const words = state.step[2]
  const point = points.find(other => other.at === state.step[1])
  const place = placedNote(drawing, words.replace(/<\/?b>/g, "").split("<br>"), pixels.get(point.at), drawn)
  const template = drawing.template.layout
  const annotation = {
    x: moment(point.ms),
    y: point.figure,
    text: words,
    font: { color: template.font.color, size: 11 },
    align: place.xanchor,
    ax: place.xshift,
    ay: -place.yshift,
    xanchor: place.xanchor,
    arrowcolor: template.modebar.color,
    arrowwidth: 1,
    standoff: 11,
  }
  return { annotation, box: place.box }
}

function placedNote(drawing, texts, mark, drawn) {
  const width = drawing.note_letter_width * Math.max(...texts.map(letters))
  const height = drawing.note_line_height * texts.length
  return cheapest(drawing.note_placements.map(place => {
    const x = mark[0] + place.xshift
    const y = mark[1] + place.yshift
    const left = place.xanchor === "right" ? x - width : x
    const box = [left, y - height / 2, left + width, y + height / 2]
    const inner = [left + drawing.note_overhang, ...box.slice(1)]
    return { ...place, box, cost: costOf(drawing, inner, [], drawn) }
  }))
}

// ------------------------------------------------------------------ layout

function keyNote(canvas, state, claims) {
  const { drawing, points, lines } = canvas
  const answers = state.answers.map(([at]) => claims[at].status)
  const parts = drawing.meanings
    .filter(([, qualifiers]) => points.some(point => qualifiers.includes(point.qualifier)))
    .map(([words]) => words)
  if (points.some(point => drawing.hollow.includes(point.status))) parts.push("○ inferred")
  if (answers.includes("denied")) parts.push("✕ denial")
  if (answers.includes("admitted")) parts.push("★ admission")
  if (lines.some(line => line.length > 1)) parts.push("┄ not restated")
  return {
    text: parts.join("  ") || "No figure in this selection",
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    xshift: 6 - leftMargin(canvas),
    yshift: 6,
    showarrow: false,
    font: { color: drawing.template.layout.modebar.color, size: 11 },
  }
}

const leftMargin = ({ drawing, top }) =>
  drawing.axis_margin + drawing.digit_width * top.toLocaleString("en-GB").length

function layoutOf(canvas, annotations) {
  const days = Math.floor((canvas.end - canvas.start) / DAY_MS)
  return {
    template: canvas.drawing.template,
    annotations,
    height: 430,
    margin: { l: leftMargin(canvas), r: 14, t: 28, b: 8 },
    hovermode: "closest",
    clickmode: "event+select",
    dragmode: false,
    xaxis: {
      type: "date",
      range: [moment(canvas.start), moment(canvas.end)],
      fixedrange: true,
      ...(days < 500 ? { tickformat: "%b %Y" } : {}),
      ...(days < canvas.drawing.monthly_ticks_days ? { nticks: Math.ceil(days / 30) } : {}),
      showgrid: false,
    },
    yaxis: {
      rangemode: "tozero",
      tickformat: ",~r",
      fixedrange: true,
      automargin: false,
      visible: canvas.points.length > 0,
    },
  }
}

// ------------------------------------------------------------------ for the screen

const TICK_WIDTH = 66
const MOST_TICKS = 8

// The same drawing, made so that a browser of this width has less to do.
function forScreen({ data, layout }, width) {
  const annotations = layout.annotations.map(withPlainText)
  return {
    data: withJoinedMarks(data), layout: withKnownMargins({ ...layout, annotations }, width),
  }
}

// A name that is all bold says so by its font, and has no tags to be read.
function withPlainText(annotation) {
  const name = /^<b>([^<]*)<\/b>$/.exec(annotation.text)?.[1]
  return name ? { ...annotation, text: name, font: { ...annotation.font, weight: 700 } } : annotation
}

// Where the names of months have room side by side, the drawing library need not measure them, and
// then draw everything a second time within other margins.
function withKnownMargins(layout, width) {
  const ticks = layout.xaxis.nticks ?? MOST_TICKS
  if (width < layout.margin.l + ticks * TICK_WIDTH) return layout
  return {
    ...layout,
    margin: { ...layout.margin, r: 18, b: 32 },
    xaxis: { ...layout.xaxis, automargin: false, ticklabeloverflow: "allow" },
    yaxis: { ...layout.yaxis, ticklabeloverflow: "allow" },
  }
}

// All marks in one trace, for each trace takes time. Ranges stay apart: a trace has one colour of
// error bars.
function withJoinedMarks(data) {
  const isJoined = trace =>
    trace.mode === "markers" && !trace.error_y?.visible && Array.isArray(trace.y)
  const marks = data.filter(isJoined)
  const ofEach = (pick, otherwise) => marks.flatMap(trace => {
    const value = pick(trace) ?? otherwise
    return Array.isArray(value) ? value : trace.x.map(() => value)
  })
  const joined = {
    type: "scatter",
    mode: "markers",
    x: ofEach(trace => trace.x),
    y: ofEach(trace => trace.y),
    marker: {
      color: ofEach(trace => trace.marker.color),
      line: {
        color: ofEach(trace => trace.marker.line.color),
        width: ofEach(trace => trace.marker.line.width),
      },
      symbol: ofEach(trace => trace.marker.symbol),
      size: ofEach(trace => trace.marker.size),
      opacity: 1,
    },
    cliponaxis: false,
    customdata: marks.flatMap(trace => trace.customdata ?? trace.x.map(() => [])),
    hovertext: ofEach(trace => trace.hovertext, ""),
    hovertemplate: ofEach(trace => trace.hovertemplate, ""),
    hoverinfo: ofEach(trace => trace.hoverinfo, "all"),
    selected: { marker: { opacity: 1 } },
    unselected: { marker: { opacity: 1 } },
    showlegend: false,
  }
  return [...data.filter(trace => !isJoined(trace)), joined]
}
