// What the command line asks of the journeys.

import { parseArgs } from 'node:util'

export function readArguments(words) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      program: { type: 'string' },
      out: { type: 'string' },
      journeys: { type: 'string' },
      chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
      headed: { type: 'boolean', default: false },
    },
  })
  if (!values.program || !values.out) {
    throw new Error('usage: run.mjs --program PROGRAM --out FOLDER [--journeys FOLDER] [NAME]...')
  }
  return { ...values, names: positionals }
}
