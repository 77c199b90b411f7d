// What the growth chart tells at each change of what is known, of which `days` are the days. Pure.
"use strict"

const lastFrom = (states, change) => states.findLast(state => state.from <= change) ?? states[0]

// A state holds only what differs from the one before it.
function filledStates(states) {
  let full = {}
  return states.map(state => (full = { ...full, ...state }))
}

// No day stands for now.
function changeOf(days, day) {
  if (day === null) return days.length
  const later = days.findIndex(changed => changed > day)
  return Math.max(0, (later < 0 ? days.length : later) - 1)
}

function worded(state, words) {
  return {
    ...state,
    points: state.points.map(([at, name, hover]) => [at, words[name], words[hover]]),
    answers: state.answers.map(([at, hover]) => [at, words[hover]]),
    step: state.step && [state.step[0], state.step[1], words[state.step[2]]],
  }
}
