// Composes the chart on screen with its caption into one SVG, and saves it as SVG or sharp PNG.
const WIDTH = 1280
const SCALE = 2
const SVG = "http://www.w3.org/2000/svg"

function textLine(words, x, y, size, weight, anchor, colour) {
  const node = document.createElementNS(SVG, "text")
  node.textContent = words
  for (const [name, value] of Object.entries({
    x, y, fill: colour, "font-size": size, "font-weight": weight, "text-anchor": anchor,
    "font-family": "Inter, 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
  })) node.setAttribute(name, value)
  return node
}

function compose(plot, data, colours) {
  const box = plot.getBoundingClientRect()
  const factor = (WIDTH - 80) / box.width
  const sheet = document.createElementNS(SVG, "svg")
  const background = document.createElementNS(SVG, "rect")
  sheet.append(background)
  let y = 34
  const add = (words, size, weight, gap, anchor = "start") => {
    const x = anchor === "end" ? WIDTH - 40 : 40
    sheet.append(textLine(words, x, y, size, weight, anchor, colours.text))
    y += gap
  }
  add(data.marking, 16, 600, 30, "end")
  for (const line of data.title) add(line, 26, 700, 34)
  for (const line of data.subtitle) add(line, 15, 400, 22)
  for (const layer of plot.querySelectorAll(".main-svg")) {
    const copy = layer.cloneNode(true)
    copy.setAttribute("x", 40)
    copy.setAttribute("y", y)
    copy.setAttribute("width", box.width * factor)
    copy.setAttribute("height", box.height * factor)
    copy.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`)
    copy.style.background = "none"
    sheet.append(copy)
  }
  y += box.height * factor + 24
  for (const line of data.footer) add(line, 13, 400, 19)
  y += 10
  add(data.marking, 16, 600, 26, "end")
  sheet.setAttribute("xmlns", SVG)
  sheet.setAttribute("width", WIDTH)
  sheet.setAttribute("height", y)
  sheet.setAttribute("viewBox", `0 0 ${WIDTH} ${y}`)
  for (const [name, value] of Object.entries({
    width: WIDTH, height: y, fill: colours.background,
  })) background.setAttribute(name, value)
  return { markup: new XMLSerializer().serializeToString(sheet), height: y }
}

function save(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}

async function asPng(markup, height) {
  const picture = new Image()
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(markup)
  await picture.decode()
  const canvas = document.createElement("canvas")
  canvas.width = WIDTH * SCALE
  canvas.height = height * SCALE
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
}

export default function ({ parentElement, data }) {
  const status = parentElement.querySelector("[role=status]")
  const host = parentElement.host ?? parentElement
  const clicked = async (event) => {
    const format = event.currentTarget.dataset.format
    const plot = document.querySelector(`.${data.chart} .js-plotly-plot`)
    if (!plot) {
      status.textContent = "Open the tab Chart first: only what is on screen can be saved."
      return
    }
    const style = getComputedStyle(host)
    const colours = {
      text: style.getPropertyValue("--st-text-color").trim() || "#1b2733",
      background: style.getPropertyValue("--st-background-color").trim() || "#ffffff",
    }
    const { markup, height } = compose(plot, data, colours)
    const blob = format === "svg"
      ? new Blob([markup], { type: "image/svg+xml" })
      : await asPng(markup, height)
    save(blob, `${data.file}-screen.${format}`)
    status.textContent = "Saved."
  }
  const buttons = [...parentElement.querySelectorAll("button")]
  for (const button of buttons) button.addEventListener("click", clicked)
  return () => {
    for (const button of buttons) button.removeEventListener("click", clicked)
  }
}
