// Colours of one theme for those of another, in a figure or any part of it. Pure.
"use strict"

function repainted(value, colours) {
  if (typeof value === "string") {
    return value.replace(/#[0-9a-f]{6}\b/gi, colour => colours[colour.toLowerCase()] ?? colour)
  }
  if (Array.isArray(value)) return value.map(item => repainted(item, colours))
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value
  const made = {}
  for (const key in value) made[key] = key === "bdata" ? value[key] : repainted(value[key], colours)
  return made
}
