// An action is past its day. Its owner says how it stands in three fields and asks the board for longer; the board refuses,
// and the action stays overdue.

import { ok, strictEqual } from 'node:assert'

export const name = 'an owner updates an action in three fields, the board refuses a later day, and it stays overdue'

const ACTION = /give every child on a plan one named worker/i

async function openAction(page) {
  await page.goto('/plan')
  await page.getByRole('link', { name: /^3\. Children on a protection plan/ }).click()
  await page.getByRole('link', { name: ACTION }).click()
  await page.getByRole('heading', { level: 1, name: ACTION }).waitFor()
}

const mainWords = (page) => page.locator('main').innerText()

export async function run({ page, signIn, axe }) {
  await signIn(page, 'team-manager')
  await page.goto('/plan/updates')
  await axe(page)
  await openAction(page)
  await axe(page)
  ok(/Overdue/.test(await mainWords(page)))
  await page.getByRole('link', { name: 'Say how it stands' }).click()
  await axe(page)
  await page.getByLabel('What was done since?').fill('Eight children of North have a second worker now.')
  await page.getByRole('radio', { name: /^Low/ }).check()
  await page.getByLabel(/stands in the way/).fill('Agency social workers are promised for January.')
  await page.getByRole('button', { name: 'Say so' }).click()
  await page.getByText('Eight children of North have a second worker now.').waitFor()
  strictEqual(await page.getByRole('link', { name: /answer for the board/i }).count(), 0, 'the owner can answer for the board')

  await page.getByRole('link', { name: 'Ask the board for a later day' }).click()
  const next = new Date(Date.now() + 90 * 86_400_000)
  await page.getByLabel('Day', { exact: true }).fill(String(next.getDate()))
  await page.getByLabel('Month', { exact: true }).fill(String(next.getMonth() + 1))
  await page.getByLabel('Year', { exact: true }).fill(String(next.getFullYear()))
  await page.getByLabel('Why does it need longer?').fill('Agency social workers come in January.')
  await axe(page)
  await page.getByRole('button', { name: 'Send the request' }).click()
  await page.getByText(/until it agrees, the day before counts/i).waitFor()
  ok(/Overdue/.test(await mainWords(page)), 'asking made it less late')
  await page.context().clearCookies()

  await signIn(page, 'independent-chair', { afresh: true })
  await openAction(page)
  await page.getByRole('link', { name: /answer for the board/i }).click()
  await axe(page)
  await page.getByRole('radio', { name: /^It refused/ }).check()
  await page.getByLabel('Why?').fill('A child cannot wait for January.')
  await page.getByRole('button', { name: 'Record the answer' }).click()
  await page.getByText(/the board’s answer is recorded/i).waitFor()
  const words = await mainWords(page)
  ok(/Overdue/.test(words) && /The board refused: A child cannot wait for January/.test(words), words)

  await page.goto('/plan')
  await axe(page)
  ok(/1 overdue/.test(await mainWords(page)), 'the plan on a page does not say that it is overdue')
}
