// What both kinds of offline page share: content, themes, drawing, tables and lists of sources.
"use strict"

const content = JSON.parse(document.getElementById("content").textContent)
const byId = id => document.getElementById(id)

// ------------------------------------------------------------------ words

const MONTHS = "January February March April May June July August September October November December".split(" ")

function inWords(period) {
  const [year, month, day] = period.split("-").map(Number)
  if (!month) return period
  if (said.language) {
    const parts = { year: "numeric", month: "long", ...(day && { day: "numeric" }), timeZone: "UTC" }
    return new Date(Date.UTC(year, month - 1, day || 1)).toLocaleDateString(said.language, parts)
  }
  return `${day ? `${day} ` : ""}${MONTHS[month - 1]} ${year}`
}

// What the page of one chart says in another language, by its English; pages of a whole dataset
// are in English.
const said = content.said ?? {}
const inDigits = number => number.toLocaleString(said.language ?? "en-GB")
const say = (text, values = {}) =>
  (said[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

function counted(number, noun) {
  const known = said[`{number} ${noun}`]
  if (known) return known.replace("{number}", inDigits(number))
  return `${inDigits(number)} ${noun}${number === 1 ? "" : "s"}`
}

function element(name, { text, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  if (text !== undefined) made.textContent = text
  made.append(...children)
  return made
}

function tell(id, text) {
  const node = byId(id)
  if (node.textContent !== text) node.textContent = text
}

const holdsAll = (text, words) => words.every(word => text.includes(word))
const wordsOf = text => text.toLowerCase().split(/\s+/).filter(Boolean)

// ------------------------------------------------------------------ themes

const dark = matchMedia("(prefers-color-scheme: dark)")
let chosenTheme = null
const currentTheme = () => chosenTheme ?? (dark.matches ? "dark" : "light")

function watchTheme(redraw) {
  const button = byId("theme")
  const show = () => {
    const theme = currentTheme()
    document.documentElement.dataset.theme = theme
    button.setAttribute("aria-pressed", String(theme === "dark"))
    redraw()
  }
  button.addEventListener("click", () => {
    chosenTheme = currentTheme() === "dark" ? "light" : "dark"
    show()
  })
  dark.addEventListener("change", show)
  addEventListener("beforeprint", () => withTheme("light", redraw))
  addEventListener("afterprint", () => withTheme(null, redraw))
  show()
}

let themeOfPrint = null
function withTheme(theme, redraw) {
  themeOfPrint = theme
  document.documentElement.dataset.theme = theme ?? currentTheme()
  redraw()
}

const paintedTheme = () => themeOfPrint ?? currentTheme()

const { pairs } = content.themes
const twins = {
  light: Object.fromEntries(Object.entries(pairs).map(([light, twin]) => [twin, light])),
  dark: pairs,
}

function painted(value, from = "light") {
  const theme = paintedTheme()
  return theme === from ? value : repainted(value, twins[theme])
}

// ------------------------------------------------------------------ figures

function unpacked(value) {
  if (Array.isArray(value)) return value.map(unpacked)
  if (value === null || typeof value !== "object") return value
  if (value.runs) return value.runs.flatMap(([item, times]) => Array(times).fill(item))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpacked(item)]))
}

const CONFIG = { displayModeBar: false, responsive: true, showTips: false, typesetMath: false, doubleClick: "reset" }

const PRINTED_WIDTH = 660

function draw(id, data, layout) {
  const node = byId(id)
  const size = themeOfPrint
    ? { width: PRINTED_WIDTH, autosize: false } : { width: undefined, autosize: true }
  return Plotly.react(node, data, { ...layout, ...size, height: node.clientHeight }, CONFIG)
}

// ------------------------------------------------------------------ tables

// Columns: {heading, cell(row) -> text or node, sort(row), className}. Rows stay the same objects;
// which of them show is for `table.show` to say.
function sortable(id, columns, rows) {
  const table = byId(id)
  const body = table.tBodies[0]
  const built = rows.map(row => ({ row, line: lineOf(columns, row) }))
  for (const one of built) one.text = one.line.textContent.toLowerCase()
  let order = { at: -1, sign: 1 }
  const headings = columns.map((column, at) => {
    const button = element("button", { type: "button", text: column.heading })
    const heading = element("th", { scope: "col", className: column.className ?? "" }, button)
    button.addEventListener("click", () => {
      order = { at, sign: order.at === at ? -order.sign : 1 }
      headings.forEach(other => other.removeAttribute("aria-sort"))
      heading.setAttribute("aria-sort", order.sign > 0 ? "ascending" : "descending")
      built.sort((one, other) => order.sign * compared(column.sort(one.row), column.sort(other.row)))
      body.append(...built.map(({ line }) => line))
    })
    return heading
  })
  table.tHead.append(element("tr", {}, ...headings))
  body.append(...built.map(({ line }) => line))
  return {
    lines: new Map(built.map(({ row, line }) => [row, line])),
    show(isShown, words) {
      let shown = 0
      for (const { row, line, text } of built) {
        const hidden = !isShown(row) || !holdsAll(text, words)
        if (line.hidden !== hidden) line.hidden = hidden
        if (!hidden) shown++
      }
      return shown
    },
  }
}

function lineOf(columns, row) {
  const cells = columns.map(({ cell, className }) => {
    const made = element("td", { className: className ?? "" })
    made.append(cell(row) ?? "")
    return made
  })
  return element("tr", {}, ...cells)
}

const COLLATOR = new Intl.Collator("en", { numeric: true })

function compared(one, other) {
  if (one === null || other === null) return (one === null) - (other === null)
  return typeof one === "number" ? one - other : COLLATOR.compare(one, other)
}

const isNumber = value => typeof value === "number"
const shownValue = value =>
  value === null ? "" : isNumber(value) ? inDigits(value)
    : value === true ? say("yes") : value === false ? say("no") : String(value)

function plainColumns(headings, rows) {
  return headings.map((heading, at) => ({
    heading,
    cell: row => shownValue(row[at]),
    sort: row => row[at],
    className: rows.some(row => isNumber(row[at])) ? "number nowrap"
      : rows.some(row => String(row[at]).length > 60) ? "said" : "",
  }))
}

// ------------------------------------------------------------------ sources

const FEW_SOURCES = 12

function sourceItem(source, number) {
  const isLink = /^https?:\/\//i.test(source.link)
  const title = isLink
    ? element("a", { href: source.link, rel: "noopener noreferrer", target: "_blank", text: source.title })
    : element("span", { text: source.title })
  const when = source.published_on ? inWords(source.published_on) : say("date not seen")
  const about = `${source.publisher} · ${when} · ${source.language}${isLink ? "" : ` · ${say("no link")}`}`
  const item = element("li", {}, title, element("small", { text: about }))
  item.dataset.number = number
  return item
}

const searchable = source =>
  (source.text ??= `${source.title} ${source.publisher} ${source.language} ${source.published_on}`.toLowerCase())

// A numbered list of which the first few show until the reader asks for all.
function sourceList() {
  const list = byId("sources")
  const more = byId("sources-more")
  const filter = byId("sources-filter")
  let sources = []
  let isWhole = false
  const show = () => {
    const words = wordsOf(filter.value)
    const numbered = sources.map((source, at) => [source, at + 1])
    const found = numbered.filter(([source]) => holdsAll(searchable(source), words))
    const shown = isWhole ? found : found.slice(0, FEW_SOURCES)
    list.replaceChildren(...shown.map(([source, number]) => sourceItem(source, number)))
    more.hidden = found.length === shown.length
    more.textContent = say("Show all {number}", { number: inDigits(found.length) })
    const told = counted(found.length, "document")
    const number = inDigits(sources.length)
    const ofAll = say("{shown} of {number}", { shown: told, number })
    tell("sources-count", words.length ? ofAll : told)
  }
  const unfold = whole => () => {
    isWhole = whole
    show()
  }
  more.addEventListener("click", unfold(true))
  filter.addEventListener("input", show)
  addEventListener("beforeprint", unfold(true))
  return found => {
    sources = found
    show()
  }
}
