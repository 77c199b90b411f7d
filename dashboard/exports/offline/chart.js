// The page of one chart.
"use strict"

const figure = unpacked(content.figure)
const fields = content.sources.fields
const showSources = sourceList()
const table = sortable("rows", plainColumns(content.columns, content.rows), content.rows)

function showRows() {
  const words = wordsOf(byId("rows-filter").value)
  const shown = table.show(() => true, words)
  tell("rows-count", counted(shown, "row"))
}

byId("chart").style.height = `${content.height}px`
byId("rows-filter").addEventListener("input", showRows)
showRows()
showSources(content.sources.rows.map(row => Object.fromEntries(fields.map((name, at) => [name, row[at]]))))
watchTheme(() => {
  const { data, layout } = painted(figure, content.theme)
  draw("chart", data, layout)
})
// A mark leads to its row, where the table has one.
byId("chart").on("plotly_click", ({ points }) => {
  const id = points[0]?.customdata?.[1]
  const row = content.rows.find(cells => cells.includes(id))
  if (!row) return
  byId("rows-filter").value = ""
  showRows()
  for (const line of table.lines.values()) line.removeAttribute("aria-current")
  table.lines.get(row).setAttribute("aria-current", "true")
  table.lines.get(row).scrollIntoView({ block: "center" })
})
document.documentElement.dataset.ready = "true"
