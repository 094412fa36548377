// The main job: a document comes in, is confirmed row by row, and a second person signs its register.

import { ok } from 'node:assert'

export const name = 'the programme manager reads a notice from upload to signed register'

const NOTICE = `Improvement Notice

To: Northmoor Council ("the Council")

This Improvement Notice is issued to Northmoor Council on 2 November 2026 following a review of its services for disabled children.

1. The Council must prepare a plan for the short breaks of disabled children within 6 weeks of this Notice being issued.

2. The improvement board must receive a report on short breaks at least every 8 weeks.

3. The Council should aim to offer every family a choice of short breaks by September 2027.

Signed: R. Ashdown
A senior civil servant in the Department for Education
Date: 2 November 2026
`

const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })

async function confirmEveryRow(page, notice) {
  for (let row = 0; row < 20; row += 1) {
    await page.goto(`/notices/${notice}/confirm`)
    const confirm = page.getByRole('button', { name: 'Confirm this row' })
    if ((await confirm.count()) === 0) return row
    await confirm.click()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  throw new Error('the queue of rows does not end')
}

async function settleEverySentence(page, notice) {
  for (let sentence = 0; sentence < 20; sentence += 1) {
    await page.goto(`/notices/${notice}/uncovered?kind=unsettled`)
    const form = page.locator('main form[action*="passages"], main form[action*="classify"], main form[action*="uncovered"]').filter({ has: page.locator('[name=reason]') }).first()
    if ((await form.count()) === 0) return
    const context = form.getByRole('radio', { name: /context/i })
    if ((await context.count()) > 0) await context.first().check()
    else await form.locator('select').first().selectOption({ label: 'Context' })
    await form.locator('[name=reason]').fill('Says what the notice rests on')
    await form.getByRole('button').first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  throw new Error('the list of sentences does not end')
}

export async function run({ page, signIn, axe, screenshot }) {
  await signIn(page, 'programme-manager')
  await page.goto('/notices/new')
  await axe(page)
  await page.locator('input[type=file]').setInputFiles(file('empty.txt', ''))
  await page.locator('main form button[type=submit]').last().click()
  await page.getByRole('heading', { name: /there is a problem/i }).waitFor()
  await page.locator('input[type=file]').setInputFiles(file('short-breaks-notice.txt', NOTICE))
  await page.locator('main form button[type=submit]').last().click()
  await page.waitForURL(/\/notices\/[0-9a-f]{32}/)
  const notice = page.url().match(/notices\/([0-9a-f]{32})/)[1]

  await page.goto(`/notices/${notice}/confirm`)
  await axe(page)
  await screenshot(page, 'confirm')
  const rows = await confirmEveryRow(page, notice)
  ok(rows >= 3, `only ${rows} rows were there to confirm`)
  await settleEverySentence(page, notice)

  await page.context().clearCookies()
  await signIn(page, 'director-of-childrens-services', { afresh: true })
  await page.goto(`/notices/${notice}/sign`)
  await axe(page)
  await page.locator('main form button[type=submit]').last().click()
  await page.getByText('The register is signed. Its duties are in force.').waitFor()

  await page.goto('/duties?q=short+breaks')
  const words = await page.locator('main').innerText()
  ok(/in force/i.test(words), 'the signed duties are not in force')
  await page.goto('/calendar')
  ok(/14 December 2026/.test(await page.locator('main').innerText()), 'six weeks after the issue is not on the calendar')
}
