// Draws a chart, and redraws it in place when another figure comes for it.
const root = new URL("../../", document.querySelector("script[src*='static/js/']").src)

function once(make) {
  let promise
  return path => promise ??= make(new URL(path, root)).catch(fault => {
    promise = null
    throw fault
  })
}

const library = once(address => new Promise((resolve, reject) => {
  const script = document.createElement("script")
  script.src = address
  script.onload = () => resolve(window.Plotly)
  script.onerror = reject
  document.head.append(script)
}))

const land = once(async address => (await fetch(address)).json())

// A map comes without its outlines of land and waters, which are the same for all.
function withLand(traces, outlines) {
  for (const trace of traces) {
    if (trace.meta?.outline) Object.assign(trace, outlines[trace.meta.outline])
  }
}

const FULL_SCREEN = {
  name: "Full screen",
  title: "Full screen",
  icon: {
    width: 24, height: 24,
    path: "M5 14H3v7h7v-2H5zM3 10h2V5h5V3H3zm16 9h-5v2h7v-7h-2zM14 3v2h5v5h2V3z",
  },
  click: plot => document.fullscreenElement
    ? document.exitFullscreen() : plot.parentElement.requestFullscreen(),
}

class ChartView {
  constructor(parent) {
    this.node = parent.querySelector(".chart-view")
    this.plot = this.node.querySelector(".plot")
    this.watch = new ResizeObserver(() => this.fit())
    this.drawn = Promise.resolve()
  }

  show(text, pick) {
    this.pick = pick
    if (text === this.text) return
    this.text = text
    this.drawn = this.drawn.then(() => this.draw(text)).catch(fault => this.fail(fault))
  }

  async draw(text) {
    if (text !== this.text || this.ended) return
    const { figure, files, alt, height, config } = JSON.parse(text)
    this.node.style.height = `${height}px`
    this.node.setAttribute("aria-label", alt)
    const isMap = figure.data.some(trace => trace.meta?.outline)
    const [Plotly, outlines] = await Promise.all([library(files.library), isMap && land(files.land)])
    if (isMap) withLand(figure.data, outlines)
    this.Plotly = Plotly
    const buttons = document.fullscreenEnabled ? [FULL_SCREEN] : []
    const { offsetWidth: width, offsetHeight } = this.plot
    const layout = { ...figure.layout, width, height: offsetHeight, autosize: false }
    await Plotly.react(this.plot, figure.data, layout, { ...config, modeBarButtonsToAdd: buttons })
    this.size = [width, offsetHeight]
    delete this.node.dataset.fault
    if (this.isWatched) return
    this.isWatched = true
    this.plot.on("plotly_click", ({ points }) => this.pick(points[0]?.customdata ?? []))
    this.watch.observe(this.plot)
  }

  fail(fault) {
    console.warn(fault)
    this.text = null
    this.node.dataset.fault = "The chart could not be drawn. Load the page again."
  }

  fit() {
    const { offsetWidth: width, offsetHeight: height } = this.plot
    const isSame = width === this.size[0] && height === this.size[1]
    if (isSame || !width || this.ended) return
    this.size = [width, height]
    this.Plotly.relayout(this.plot, { width, height })
  }

  end() {
    this.ended = true
    this.watch.disconnect()
    this.Plotly?.purge(this.plot)
  }
}

const views = new WeakMap()
const decoder = new TextDecoder()

export default function ({ parentElement, data, setTriggerValue }) {
  let view = views.get(parentElement)
  if (!view) views.set(parentElement, view = new ChartView(parentElement))
  view.show(decoder.decode(data), mark => setTriggerValue("mark", mark))
  return () => {
    views.delete(parentElement)
    view.end()
  }
}
