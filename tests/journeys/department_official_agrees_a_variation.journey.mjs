// The board asked to meet less often. Only the Department may agree, and the old rule counts until it does.

import { ok, strictEqual } from 'node:assert'

export const name = 'a Department official agrees a change of the board’s cadence'

export async function run({ page, signIn, axe }) {
  await signIn(page, 'programme-manager')
  await page.goto('/variations')
  strictEqual(await page.getByRole('button', { name: /agree/i }).count(), 0, 'the council can answer its own request')
  await page.context().clearCookies()

  await signIn(page, 'department-official', { afresh: true })
  await page.goto('/variations')
  await axe(page)
  await page.locator('main a[href^="/variations/"]').first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await axe(page)
  await page.getByRole('button', { name: 'Answer the request' }).click()
  await axe(page)
  await page.getByRole('radio', { name: /^Yes/ }).check()
  await page.getByLabel('What you say to it').fill('Agreed, as long as visits to the front line are reported to each meeting.')
  await page.locator('main form button[type=submit]').last().click()
  await page.getByText(/the variation is agreed/i).waitFor()

  await page.goto('/meetings')
  const words = await page.locator('main').innerText()
  ok(/6 weeks/.test(words), 'the meetings page does not speak of the new rule')
  await axe(page)
}
