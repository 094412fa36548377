// The journeys' own machinery, on a stub: it passes what works, and says what doesn't.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { nextStepAt, oneTimeCode } from '../one-time-code.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

async function journeys(fault, ...names) {
  const out = await mkdtemp(join(tmpdir(), 'headway-harness-'))
  const words = [here('../run.mjs'), '--program', here('stub.mjs'), '--out', out, '--journeys', here('journeys')]
  try {
    const child = spawn(process.execPath, [...words, ...names], { env: { ...process.env, STUB_FAULT: fault } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    const code = await new Promise((resolve) => child.once('close', resolve))
    return { code, said, pictures: await readdir(out) }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

test('the codes are those of the standard', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const published = [[59, '287082'], [1111111109, '081804'], [1234567890, '005924'], [20000000000, '353130']]
  for (const [seconds, code] of published) assert.equal(oneTimeCode(secret, seconds * 1000), code)
  assert.equal(nextStepAt(59_999), 60_000)
  assert.equal(nextStepAt(60_000), 90_000)
})

test('journeys that work pass, and are counted', async () => {
  const { code, said, pictures } = await journeys('')
  assert.equal(code, 0, said)
  assert.match(said, /^journeys: 3 passed, 0 failed$/m)
  assert.deepEqual(pictures, [])
})

for (const [fault, complaint] of [
  ['axe', /breaches WCAG 2\.2 AA:[\s\S]*image-alt/],
  ['wide', /px wide on a screen of 320 px/],
  ['script', /script failed: broken/],
]) {
  test(`a page with the fault ${fault} fails its journey, with a picture`, async () => {
    const { code, said, pictures } = await journeys(fault, 'front')
    assert.equal(code, 1)
    assert.match(said, complaint)
    assert.match(said, /^journeys: 0 passed, 1 failed$/m)
    assert.deepEqual(pictures, ['front.png'])
  })
}

test('a program that ends before it answers fails with what it said', async () => {
  const { code, said } = await journeys('dead', 'front')
  assert.equal(code, 1)
  assert.match(said, /ended with exit code 1; it said:\s*the store cannot be opened/)
})

test('asking for a journey that is not there fails', async () => {
  const { code, said } = await journeys('', 'nobody')
  assert.equal(code, 1)
  assert.match(said, /no journey is called nobody/)
})
