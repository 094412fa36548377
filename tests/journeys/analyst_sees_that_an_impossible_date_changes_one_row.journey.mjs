// The same list twice, the second time with 31/02 in one row: that row's answer changes, and nothing else.

import { deepStrictEqual, ok, strictEqual } from 'node:assert'

export const name = 'a 31/02 date in one row changes that row’s answer and nothing else'

export const withinSeconds = 180

const SLOW = { timeout: 60_000 }

const HEADINGS =
  'Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of referral,Referral Source,Referral NFA?,' +
  'Number of Referrals in Last 12 Months,Allocated Team,Allocated Worker'

const ROWS = 40

// One row has a fault from the beginning: another rule's finding that must stay as it is.
function referrals(spoilt) {
  const row = (number) => {
    const day = number === spoilt ? '31/02/2025' : `${String(1 + (number % 28)).padStart(2, '0')}/03/2025`
    const source = number === 7 ? 'the moon' : 'q) 6: Police'
    return `journey-${number},b) Female,a) WBRI,01/02/2016,9,${day},${source},b) No,1,North,A Worker`
  }
  const rows = Array.from({ length: ROWS }, (_, number) => row(number))
  return Buffer.from(`${HEADINGS}\n${rows.join('\n')}\n`)
}

async function stage(page, buffer) {
  await page.goto('/loads/new')
  await page.getByLabel('Day', { exact: true }).fill('30')
  await page.getByLabel('Month', { exact: true }).fill('4')
  await page.getByLabel('Year', { exact: true }).fill('2025')
  await page.getByLabel('What are they?').selectOption('annex-a')
  await page.getByLabel('The files').setInputFiles({ name: 'referrals.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: 'Read the files' }).click(SLOW)
  await page.waitForURL(/\/loads\/[0-9a-f]{32}/, SLOW)
  return page.url().replace(/\?.*/, '')
}

// What each rule found: its code, and how many rows.
async function findings(page) {
  const table = page.locator('main table').filter({ has: page.locator('caption', { hasText: /rules found/ }) })
  const rows = await table.locator('tbody tr').all()
  const found = {}
  for (const row of rows) {
    const cells = await row.locator('td').allInnerTexts()
    const last = (text) => text.trim().split('\n').pop().trim()
    found[last(cells.at(-1))] = Number(last(cells.at(-2)))
  }
  return found
}

async function setAside(page, load) {
  await page.goto(load, SLOW)
  await page.getByText('Set it aside', { exact: true }).click()
  await page.getByLabel('Why it is set aside').fill('It was loaded to see what one date changes')
  await page.getByRole('button', { name: 'Set this load aside' }).click(SLOW)
  await page.getByText('The load was set aside.').waitFor(SLOW)
}

export async function run({ page, signIn, axe, narrow }) {
  await signIn(page, 'performance-analyst')
  const sound = await stage(page, referrals(null))
  const before = await findings(page)
  const spoilt = await stage(page, referrals(23))
  const after = await findings(page)

  const codes = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const differing = codes.filter((code) => before[code] !== after[code])
  strictEqual(differing.length, 1, `rules that answer differently: ${differing.join(', ')}`)
  const [rule] = differing
  deepStrictEqual([before[rule] ?? 0, after[rule]], [0, 1])
  ok(Object.keys(before).length > 0, 'the fault of the other row is found in neither')

  await page.goto(`${spoilt}/findings/${rule}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto(page.url()))
  const row = page.locator('main table tbody tr')
  strictEqual(await row.count(), 1)
  const words = await row.innerText()
  ok(/referrals\.csv/.test(words) && /\b24\b/.test(words) && /Date of referral/.test(words), words)
  ok(!/31\/02/.test(await page.locator('main').innerText()), 'the page quotes the cell')

  for (const load of [sound, spoilt]) await setAside(page, load)
}
