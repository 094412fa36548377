// The chair opens a headline figure down to its counts, its teams and the standard it is judged by, and never to a child.

import { ok, strictEqual } from 'node:assert'

export const name = 'the chair opens a headline figure to counts and not to children'

export async function run({ page, signIn, axe }) {
  await signIn(page, 'independent-chair')
  await page.goto('/scorecard')
  await page.locator('main a[href^="/measures/"]').first().click()
  await page.waitForURL(/\/measures\//)
  await axe(page)
  const months = page.getByRole('table', { name: /month/i }).first().locator('tbody tr')
  ok((await months.count()) >= 12, 'a measure shows less than a year')
  await page.locator('main a[href^="/standards/"]').first().click()
  await page.getByRole('table', { name: /Worked examples/ }).waitFor()

  await page.goto('/exceptions')
  await page.getByText('Your role shows counts, not children.').waitFor()
  strictEqual(await page.locator('main a[href^="/children/"]').count(), 0)
  strictEqual(await page.getByRole('table', { name: 'By team and worker' }).count(), 0)
  const answer = await page.goto('/children/00000000000000000000000000000007')
  strictEqual(answer.status(), 404)
}
