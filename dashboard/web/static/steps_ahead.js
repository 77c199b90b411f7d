// The growth chart at any stop of the time control, drawn in the browser before the server answers.
// Follows colours.js, steps.js and history.js of the offline page in one module.

// Takes what `dashboard/web/steps_ahead.py` makes.
export class History {
  constructor({ days, stops, last_day, claims, items, words, drawing, pairs }) {
    Object.assign(this, { days, stops, lastDay: last_day, words, drawing, pairs })
    this.claims = claims.rows.map(row => {
      const claim = Object.fromEntries(claims.fields.map((name, at) => [name, row[at]]))
      return { ...claim, ms: Date.parse(claim.known) }
    })
    this.states = Object.fromEntries(items.map(({ id, states }) => [id, filledStates(states)]))
  }

  // The day of a stop; none for the last, which stands for now.
  dayAt(stop) {
    return stop === this.stops.length - 1 ? null : this.stops[stop]
  }

  // The very figure that the server would send.
  figure(item, day, theme) {
    const state = worded(lastFrom(this.states[item], changeOf(this.days, day)), this.words)
    const figure = stepFigure(this.drawing, this.claims, state, day ?? this.lastDay)
    return theme === "dark" ? repainted(figure, this.pairs) : figure
  }
}

export { forScreen }
