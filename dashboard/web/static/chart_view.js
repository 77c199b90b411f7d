// Draws a chart, and redraws it in place when another figure comes for it.
const root = new URL("../../", document.querySelector("script[src*='static/js/']").src)

// Each file is fetched once; after a failure, again.
function once(fetched) {
  const kept = new Map()
  return (...paths) => {
    const name = paths.join(" ")
    if (!kept.has(name)) {
      kept.set(name, fetched(...paths.map(path => new URL(path, root).href)).catch(fault => {
        kept.delete(name)
        throw fault
      }))
    }
    return kept.get(name)
  }
}

const library = once(address => new Promise((resolve, reject) => {
  const script = document.createElement("script")
  script.src = address
  script.onload = () => resolve(window.Plotly)
  script.onerror = () => reject(new Error(`no answer from ${address}`))
  document.head.append(script)
}))

const land = once(async address => (await fetch(address)).json())

const script = once(address => import(address))

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
    this.steps = new StepsAhead(this)
  }

  // Takes what the server says, which has the last word.
  take(text) {
    if (text === this.text) return
    this.text = text
    this.told = JSON.parse(text)
    this.node.style.height = `${this.told.height}px`
    this.node.setAttribute("aria-label", this.told.alt)
    if (!this.steps.outdo(this.told.ahead)) this.draw(this.told.figure)
  }

  // Of figures that come while one is being drawn, the last is drawn next.
  draw(figure) {
    this.next = figure
    this.working ??= this.drawAll().finally(() => { this.working = null })
  }

  async drawAll() {
    try {
      while (this.next && !this.ended) {
        const figure = this.next
        this.next = null
        await this.redraw(figure)
      }
    } catch (fault) {
      console.warn(fault)
      this.text = null
      this.node.dataset.fault = "The chart could not be drawn. Load the page again."
    }
  }

  async redraw(figure) {
    const { files, config, ahead } = this.told
    const isMap = figure.data.some(trace => trace.meta?.outline)
    const [Plotly, outlines, stepping] = await Promise.all([
      library(files.library), isMap && land(files.land), ahead && script(ahead.script),
    ])
    if (this.ended) return
    this.size = [this.plot.offsetWidth, this.plot.offsetHeight]
    const [width, height] = this.size
    const { data, layout } = stepping ? stepping.forScreen(figure, width) : figure
    const buttons = document.fullscreenEnabled ? [FULL_SCREEN] : []
    await Plotly.react(
      this.plot,
      isMap ? data.map(trace => withLand(trace, outlines)) : data,
      { ...layout, width, height, autosize: false },
      { ...config, modeBarButtonsToAdd: buttons },
    )
    delete this.node.dataset.fault
    if (!this.Plotly) {
      this.Plotly = Plotly
      this.plot.on("plotly_click", ({ points }) => this.pick(points[0]?.customdata ?? []))
      this.watch.observe(this.plot)
    }
    this.steps.watch()
  }

  fit() {
    const { offsetWidth: width, offsetHeight: height } = this.plot
    if (!width || (width === this.size[0] && height === this.size[1])) return
    this.size = [width, height]
    this.Plotly.relayout(this.plot, { width, height })
  }

  end() {
    this.ended = true
    this.steps.end()
    this.watch.disconnect()
    this.Plotly?.purge(this.plot)
  }
}

// A map comes without its outlines of land and waters, which are the same for all.
const withLand = (trace, outlines) =>
  trace.meta?.outline ? { ...trace, ...outlines[trace.meta.outline] } : trace

// ------------------------------------------------------------------ steps of the time control

const SLIDER = ".st-key-as-known-slider"
const PATIENCE_MILLISECONDS = 2000

const history = once(async (address, content) => {
  const answer = await fetch(content)
  if (answer.status !== 200) throw new Error("the history is still being made")
  const [{ History }, told] = await Promise.all([script(address), answer.json()])
  return new History(told)
})

// Draws the chart at the stop to which the reader moves the slider, before the server answers.
class StepsAhead {
  constructor(view) {
    this.view = view
    this.changes = new MutationObserver(() => this.moved())
    this.touched = event => {
      clearTimeout(this.again)
      if (event.target.closest?.(SLIDER)) this.ready()
    }
    for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, this.touched)
  }

  // Begins to fetch what every day tells, where this chart can be stepped.
  async ready() {
    const { ahead } = this.view.told
    if (!ahead || this.view.ended) return
    try {
      this.history = await history(ahead.script, ahead.history)
      this.historyOf = ahead.history
      this.watch()
    } catch {
      // Until it is there, the server draws every step.
      const isInHand = document.querySelector(SLIDER)?.matches(":hover, :focus-within")
      if (isInHand) this.again = setTimeout(() => this.ready(), PATIENCE_MILLISECONDS)
    }
  }

  watch() {
    const slider = this.history && document.querySelector(`${SLIDER} input[type=range]`)
    if (!slider || slider === this.slider) return
    this.slider = slider
    this.changes.disconnect()
    this.changes.observe(slider, { attributes: true, attributeFilter: ["value"] })
  }

  // Only what the reader's own hand moved is drawn ahead: a date between two stops moves it too.
  moved() {
    const { ahead } = this.view.told
    if (!ahead || !this.slider.matches(":focus")) return
    // The data may have changed since: what was told of the old ones draws nothing any more.
    if (ahead.history !== this.historyOf) {
      this.ready()
      return
    }
    const day = this.history.dayAt(Number(this.slider.value))
    if (this.drawn?.day === day) return
    this.drawn = { ...ahead, day }
    this.isWaiting = true
    this.view.draw(this.history.figure(ahead.item, day, ahead.theme))
  }

  // Returns whether what is drawn may stay: it is what the server tells, or the server still works
  // on an earlier step. Should no later word come, the server's is drawn after all.
  outdo(told) {
    clearTimeout(this.timer)
    const isEqual = name => this.drawn && told?.[name] === this.drawn[name]
    const isSame = ["item", "day", "theme", "history"].every(isEqual)
    const isLate = !isSame && this.isWaiting && isEqual("item") && isEqual("history")
    if (isLate) this.timer = setTimeout(() => this.giveIn(), PATIENCE_MILLISECONDS)
    if (!isLate) this.isWaiting = false
    if (!isLate && !isSame) this.drawn = null
    return isLate || isSame
  }

  giveIn() {
    this.drawn = null
    this.isWaiting = false
    this.view.draw(this.view.told.figure)
  }

  end() {
    clearTimeout(this.timer)
    clearTimeout(this.again)
    this.changes.disconnect()
    for (const kind of ["focusin", "pointerover"]) document.removeEventListener(kind, this.touched)
  }
}

// ------------------------------------------------------------------ the component

const views = new WeakMap()
const decoder = new TextDecoder()

export default function ({ parentElement, data, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, new ChartView(parentElement))
  const view = views.get(parentElement)
  view.pick = mark => setTriggerValue("mark", mark)
  view.take(decoder.decode(data))
  return () => {
    views.delete(parentElement)
    view.end()
  }
}
