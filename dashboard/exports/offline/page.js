// The page of a whole dataset: what is known changes at `content.days`; the reader picks a day and
// an item, and everything on the page follows. The choice stands in the address behind the #.
"use strict"

const SECONDS_A_STATEMENT = 1.2
const NO_TOTAL = { figure: "No figure yet", lead: "Nothing that could be drawn was known on this day" }

// ------------------------------------------------------------------ what is known when

const asObjects = ({ fields, rows }) =>
  rows.map(row => Object.fromEntries(fields.map((name, at) => [name, row[at]])))
const isKnown = (turns, change) =>
  isNumber(turns) ? turns <= change : turns.filter(turn => turn <= change).length % 2 === 1

const claims = asObjects(content.claims)
claims.forEach((claim, at) => Object.assign(claim, {
  at, ms: Date.parse(claim.known), known: content.claims.known[at], knownOn: claim.known, links: [],
}))
const sources = asObjects(content.sources)
sources.forEach((source, at) => Object.assign(source, { known: content.sources.known[at] }))
content.links.rows.forEach(([claim, source], at) => {
  claims[claim].links.push({ at, source, known: content.links.known[at] })
})
const items = content.items.map(item => ({ ...item, states: filledStates(item.states) }))
const stops = content.stops
const words = place => content.words[place]

// Documents behind claims, best first, those of the first-named claims before all others.
function documentsBehind(groups, change) {
  const found = new Set()
  for (const group of groups) {
    const links = group.flatMap(at => claims[at].links).sort((one, other) => one.at - other.at)
    for (const link of links) if (isKnown(link.known, change)) found.add(link.source)
  }
  return [...found]
}

// ------------------------------------------------------------------ what the reader chose

const view = { day: null, item: items[0].id }

function viewInAddress() {
  const address = new URLSearchParams(location.hash.slice(1))
  const day = address.get("as_known_on")
  const item = address.get("item")
  return {
    day: day && isDay(day) ? withinReach(day) : null,
    item: items.some(({ id }) => id === item) ? item : items[0].id,
  }
}

const isDay = text =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  && new Date(text).toISOString().startsWith(text)

function withinReach(day) {
  if (day > content.last_day) return null
  return day < stops[0] ? stops[0] : day
}

function addressOf({ day, item }) {
  const address = new URLSearchParams()
  if (day) address.set("as_known_on", day)
  if (item !== items[0].id) address.set("item", item)
  return `#${address}`
}

function choose(choice) {
  Object.assign(view, choice)
  show()
  const address = addressOf(view)
  history.replaceState(null, "", address === "#" ? location.href.split("#")[0] : address)
}

// ------------------------------------------------------------------ everything follows

let drawnMap = null
let turns = 0

// The chart comes first: it is what a reader watches at each step.
async function show() {
  const change = changeOf(content.days, view.day)
  const item = items.find(({ id }) => id === view.item)
  const state = worded(lastFrom(item.states, change), content.words)
  const figure = stepFigure(content.drawing, claims, state, view.day ?? content.last_day)
  const { data, layout } = painted(forScreen(figure, byId("chart").clientWidth))
  const turn = ++turns
  await draw("chart", data, layout)
  if (turn !== turns) return
  showControls()
  showHeadline(state)
  showWordsOfChart(state)
  showMap(lastFrom(content.map.states, change))
  showClaims(state, item, change)
  showSourcesOf(state, change)
}

const knownInWords = () =>
  view.day || content.frozen ? `As known on ${inWords(view.day ?? content.last_day)}`
    : `All reports up to ${inWords(content.last_day)}`

function showControls() {
  const stop = view.day === null ? stops.length - 1
    : Math.max(0, stops.findLastIndex(day => day <= view.day))
  const slider = byId("slider")
  slider.value = stop
  slider.setAttribute("aria-valuetext", inWords(view.day ?? stops[stop]))
  byId("date").value = view.day ?? content.last_day
  byId("item").value = view.item
  byId("newest").disabled = view.day === null
  byId("permalink").href = addressOf(view)
  tell("known", knownInWords())
}

function showHeadline(state) {
  const told = state.headline
  tell("figure", told ? words(told.figure) : NO_TOTAL.figure)
  tell("lead", told ? words(told.lead) : NO_TOTAL.lead)
  tell("who", told ? words(told.who) : "")
  tell("when", told ? words(told.when) : "")
  tell("evidence", told ? words(told.origins) : "")
  byId("evidence").hidden = !told
  byId("evidence").dataset.claim = told ? told.claim : ""
}

function showWordsOfChart(state) {
  tell("chart-title", words(state.title))
  tell("chart-subtitle", words(state.subtitle))
  tell("chart-alt", `${knownInWords()}: ${words(state.alt)}`)
  tell("chart-origins", state.points.length ? `${words(state.origins)}.` : "")
  tell("chart-warnings", state.warnings.map(at => `▸ ${content.warnings[at]}`).join(" "))
}

function showMap(state) {
  const drawn = `${state.from} ${paintedTheme()} ${themeOfPrint}`
  if (drawn === drawnMap) return
  drawnMap = drawn
  tell("map-title", state.title)
  tell("map-subtitle", state.subtitle)
  tell("map-alt", state.alt)
  const figure = painted(unpacked({ data: [...content.map.ground, ...state.traces], layout: content.map.layout }))
  draw("map", figure.data, figure.layout)
  byId("legs").tHead.replaceChildren()
  byId("legs").tBodies[0].replaceChildren()
  sortable("legs", plainColumns(state.columns, state.rows), state.rows)
}

// ------------------------------------------------------------------ claims

const swatches = claims.map(() => element("span", { className: "swatch" }))
const articles = claims.map(() => document.createTextNode(""))
const claimTable = sortable("claims", [
  { heading: "Stated on", className: "nowrap", cell: claim => claim.stated, sort: claim => claim.knownOn + claim.id },
  {
    heading: "Who",
    cell: claim => element("span", { className: "who" }, swatches[claim.at], claim.who),
    sort: claim => claim.who,
  },
  { heading: "Figure", className: "figure", cell: figureButton, sort: claim => claim.figure },
  { heading: "Item", cell: claim => claim.item, sort: claim => claim.item },
  { heading: "Articles", className: "number", cell: claim => articles[claim.at], sort: claim => Number(articles[claim.at].data) },
  { heading: "Grade", cell: claim => element("span", { text: claim.grade, title: words(claim.meaning) }), sort: claim => claim.grade },
  { heading: "What was said", className: "said", cell: claim => claim.paraphrase, sort: claim => claim.paraphrase },
], [...claims].sort((one, other) => COLLATOR.compare(other.knownOn + other.id, one.knownOn + one.id)))

function figureButton(claim) {
  const button = element("button", { type: "button", className: "link", text: claim.said })
  button.addEventListener("click", () => openClaim(claim))
  return button
}

const scopeOf = name => document.querySelector(`input[name=${name}]:checked`).value
const linksKnown = (claim, change) => claim.links.filter(link => isKnown(link.known, change))

function showClaims(state, item, change) {
  const drawn = new Set([...state.points, ...state.answers].map(([at]) => at))
  const isShown = {
    drawn: claim => drawn.has(claim.at),
    item: claim => claim.item === item.label && isKnown(claim.known, change),
    all: claim => isKnown(claim.known, change),
  }[scopeOf("claims")]
  for (const claim of claims) {
    const number = String(linksKnown(claim, change).length)
    if (articles[claim.at].data !== number) articles[claim.at].data = number
    swatches[claim.at].style.background = painted(claim.colour)
  }
  const shown = claimTable.show(isShown, wordsOf(byId("claims-filter").value))
  tell("claims-count", counted(shown, "claim"))
}

function openClaim(claim) {
  const change = changeOf(content.days, view.day)
  const links = linksKnown(claim, change)
  tell("claim-figure", claim.said)
  tell("claim-who", `${words(claim.body)}, ${inWords(claim.stated)}`)
  tell("claim-paraphrase", claim.paraphrase)
  const facts = [["Item", claim.item], ["Grade", `${claim.grade}: ${words(claim.meaning)}`], ["Claim", claim.id]]
  byId("claim-facts").replaceChildren(
    ...facts.flatMap(([name, value]) => [element("dt", { text: name }), element("dd", { text: value })]),
  )
  tell("claim-count", `${counted(links.length, "document")} seen`)
  byId("claim-sources").replaceChildren(...links.map((link, at) => sourceItem(sources[link.source], at + 1)))
  byId("claim").showModal()
  byId("claim").scrollTop = 0
}

// ------------------------------------------------------------------ sources

const showSources = sourceList()

function showSourcesOf(state, change) {
  const drawn = [...state.points, ...state.answers].map(([at]) => at)
  const central = state.step ? [[state.step[1]], [state.step[0]]] : []
  const places = {
    chart: () => documentsBehind([...central, drawn], change),
    map: () => lastFrom(content.map.states, change).sources.filter(at => isKnown(sources[at].known, change)),
    all: () => [...sources.keys()].filter(at => isKnown(sources[at].known, change)),
  }[scopeOf("sources")]()
  showSources(places.map(at => sources[at]))
}

// ------------------------------------------------------------------ play

let ticking = null

function setPlaying(isPlaying) {
  clearInterval(ticking)
  ticking = isPlaying ? setInterval(step, 1000 * SECONDS_A_STATEMENT) : null
  byId("play").textContent = isPlaying ? "❚❚ Pause" : "▶ Play"
  byId("play").setAttribute("aria-pressed", String(isPlaying))
}

function step() {
  const { label } = items.find(({ id }) => id === view.item)
  const days = claims.filter(claim => claim.item === label).map(claim => claim.knownOn)
  const following = days.filter(day => view.day === null || day > view.day).sort()[0]
  if (following === undefined || following >= stops[stops.length - 1]) {
    setPlaying(false)
    choose({ day: null })
  } else {
    choose({ day: following })
  }
}

// ------------------------------------------------------------------ listen

function listen() {
  const follow = (id, kind, act) => byId(id).addEventListener(kind, act)
  const byHand = choice => {
    setPlaying(false)
    choose(choice)
  }
  byId("slider").max = stops.length - 1
  follow("slider", "input", ({ target }) => {
    const stop = Number(target.value)
    byHand({ day: stop === stops.length - 1 ? null : stops[stop] })
  })
  follow("date", "change", ({ target }) => byHand({ day: target.value ? withinReach(target.value) : null }))
  follow("item", "change", ({ target }) => byHand({ item: target.value }))
  follow("newest", "click", () => byHand({ day: null }))
  follow("play", "click", () => setPlaying(ticking === null))
  follow("controls", "submit", event => event.preventDefault())
  follow("evidence", "click", ({ target }) => openClaim(claims[Number(target.dataset.claim)]))
  for (const id of ["claims-scope", "sources-scope"]) follow(id, "change", show)
  follow("claims-filter", "input", show)
  addEventListener("hashchange", () => {
    Object.assign(view, viewInAddress())
    show()
  })
}

Object.assign(view, viewInAddress())
byId("legs-more").open = matchMedia("(min-width: 901px)").matches
listen()
watchTheme(show)
byId("chart").on("plotly_click", ({ points }) => {
  const id = points[0]?.customdata?.[1]
  const claim = claims.find(other => other.id === id)
  if (claim) openClaim(claim)
})
document.documentElement.dataset.ready = "true"
