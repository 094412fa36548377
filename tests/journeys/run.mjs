// Runs the browser journeys: one synthetic council, one Chromium, each journey in a fresh session, in order of name.
//
// A journey is a file `NAME.journey.mjs` that exports `name`, a sentence of who does what, and `run(journey)`.

import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

import { readArguments } from './arguments.mjs'
import { startDemo } from './demo.mjs'
import { Person } from './person.mjs'

const SUFFIX = '.journey.mjs'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const JOURNEY_WITHIN_SECONDS = 120

async function discover(folder, names) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(SUFFIX)).sort()
  const chosen = files.filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
  return Promise.all(
    chosen.map(async (file) => {
      const { name, run, withinSeconds = JOURNEY_WITHIN_SECONDS } = await import(pathToFileURL(join(folder, file)).href)
      if (typeof name !== 'string' || typeof run !== 'function') throw new Error(`${file} must export name and run`)
      return { file: basename(file, SUFFIX), name, run, withinSeconds }
    }),
  )
}

async function perform(journey, browser, demo, out) {
  const person = new Person(browser, demo)
  const started = Date.now()
  let timer
  try {
    const page = await person.arrive()
    const tooLong = new Promise((_, reject) => {
      const late = () => reject(new Error(`not done within ${journey.withinSeconds} s`))
      timer = setTimeout(late, journey.withinSeconds * 1000)
    })
    await Promise.race([journey.run({ ...handed(person, out, journey), page, browser }), tooLong])
    if (person.faults.length > 0) throw new Error(person.faults.join('\n'))
    console.log(`  passed  ${seconds(started)}  ${journey.name}`)
    return true
  } catch (problem) {
    console.log(`  FAILED  ${seconds(started)}  ${journey.name}`)
    console.log(indent(problem.stack ?? String(problem)))
    const picture = join(out, `${journey.file}.png`)
    const taken = await person.page?.screenshot({ path: picture, fullPage: true, timeout: 5000 }).catch(() => null)
    if (taken) console.log(`    the page then: ${picture}`)
    return false
  } finally {
    clearTimeout(timer)
    await person.leave().catch(() => {})
  }
}

// What a journey is given, beside its page.
function handed(person, out, journey) {
  return {
    address: person.address,
    accounts: person.accounts,
    program: person.program,
    person,
    signIn: (page, role, options) => person.signIn(page, role, options),
    axe: (page, options) => person.axe(page, options),
    withoutScripting: (act) => person.withoutScripting(act),
    narrow: (act) => person.narrow(act),
    tabTo: (page, role, name, options) => person.tabTo(page, role, name, options),
    printView: (page, act) => person.printView(page, act),
    screenshot: (page, label) => person.screenshot(page, join(out, `${journey.file}-${label}.png`)),
  }
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`.padStart(7)
}

function indent(text) {
  return text.replace(/^/gm, '    ')
}

async function main() {
  const asked = readArguments(process.argv.slice(2))
  const folder = resolve(asked.journeys ?? fileURLToPath(new URL('.', import.meta.url)))
  const out = resolve(asked.out)
  const journeys = await discover(folder, asked.names)
  if (journeys.length === 0) throw new Error(`no journey is called ${asked.names.join(' or ') || `*${SUFFIX}`}`)
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })

  const started = Date.now()
  const demo = await startDemo(resolve(asked.program))
  const stopEarly = () => demo.stop().finally(() => process.exit(130))
  process.once('SIGINT', stopEarly).once('SIGTERM', stopEarly)
  let passed = 0
  try {
    console.log(`  the synthetic council was ready in ${seconds(started).trim()}`)
    const browser = await chromium.launch({ executablePath: asked.chromium, headless: !asked.headed, args: FLAGS })
    try {
      for (const journey of journeys) passed += (await perform(journey, browser, demo, out)) ? 1 : 0
    } finally {
      await browser.close()
    }
    if (passed < journeys.length) console.log(`  what the program said:\n${indent(demo.output())}`)
  } finally {
    await demo.stop()
  }
  console.log(`journeys: ${passed} passed, ${journeys.length - passed} failed`)
  process.exitCode = passed === journeys.length ? 0 : 1
}

main().catch((problem) => {
  console.error(`journeys: ${problem.stack ?? problem}`)
  process.exitCode = 1
})
