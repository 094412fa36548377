// Last month's extract comes again, with other faults in it: the analyst uploads it, sees what it would change, and makes it count.

import { ok, strictEqual } from 'node:assert'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const name = 'an analyst loads a month, sees what it changes and makes it count'

export const withinSeconds = 240

// Reading figures with a load that does not count yet takes a debug build some seconds.
const SLOW = { timeout: 60_000 }

const lastMonth = () => {
  const last = new Date()
  last.setUTCDate(0)
  return last
}

// The same council with other faults in its last month.
async function takenAgain(program) {
  const folder = await mkdtemp(join(tmpdir(), 'headway-again-'))
  try {
    const month = lastMonth().toISOString().slice(0, 7)
    const order = ['--children', '400', '--months', '36', '--until', month, '--seed', '1', '--dirty', '0.02']
    await promisify(execFile)(program, ['synth', '--out', join(folder, 'extracts'), ...order])
    return await readFile(join(folder, 'extracts', month, 'annex-a.xlsx'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function typeDay(page, day) {
  await page.getByLabel('Day', { exact: true }).fill(String(day.getUTCDate()))
  await page.getByLabel('Month', { exact: true }).fill(String(day.getUTCMonth() + 1))
  await page.getByLabel('Year', { exact: true }).fill(String(day.getUTCFullYear()))
}

export async function run({ page, program, signIn, axe, narrow, withoutScripting }) {
  const workbook = await takenAgain(program)
  await signIn(page, 'performance-analyst')
  await page.goto('/loads')
  const before = await page.locator('main table').first().locator('tbody tr').count()
  await page.getByRole('button', { name: 'Load an extract' }).click()
  await page.getByRole('heading', { level: 1, name: 'Load an extract' }).waitFor()
  await axe(page)

  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.getByRole('heading', { name: /there is a problem/i }).waitFor()
  await typeDay(page, lastMonth())
  await page.getByLabel('The files').setInputFiles({ name: 'unsound.xlsx', mimeType: 'text/plain', buffer: Buffer.from('<!DOCTYPE a><a/>') })
  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.getByText('nothing was stored').waitFor(SLOW)
  await axe(page)
  strictEqual(await page.getByLabel('Year', { exact: true }).inputValue(), String(lastMonth().getUTCFullYear()), 'the day typed is lost')

  // Without scripting, as on a locked-down desktop.
  await withoutScripting(async (plain) => {
    await plain.goto('/loads/new')
    await typeDay(plain, lastMonth())
    const buffer = workbook
    await plain.getByLabel('The files').setInputFiles({ name: 'annex-a.xlsx', mimeType: 'application/octet-stream', buffer })
    await plain.getByRole('button', { name: 'Read the files' }).click(SLOW)
    await plain.waitForURL(/\/loads\/[0-9a-f]{32}/, SLOW)
    await page.goto(plain.url().replace(/\?.*/, ''), SLOW)
  })
  const load = page.url()
  const words = await page.locator('main').innerText()
  ok(/No figure rests on this load yet/.test(words), 'it is not said that the load does not count')
  ok(/What it changes, against the load before it/.test(words), 'what it changes is not shown')
  ok(/headline measure/i.test(words), 'what the measures would be is not shown')
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto(load, SLOW))

  await page.getByRole('link', { name: 'See what changed, child by child' }).click()
  await page.getByRole('heading', { name: 'What this load changed' }).waitFor()
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto(page.url()))
  await page.getByLabel('What changed').selectOption('changed')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/manner=changed/)

  await page.goto(load, SLOW)
  await page.getByRole('button', { name: 'Make this load count' }).click(SLOW)
  await page.getByText('The load counts. Figures now rest on it.').waitFor(SLOW)
  await page.goto('/loads')
  strictEqual(await page.getByText('Waiting to count').count(), 0, 'the load still waits')
  const after = await page.locator('main table').first().locator('tbody tr').count()
  strictEqual(after, before + 1)
  await narrow((narrowPage) => narrowPage.goto('/loads'))
}
