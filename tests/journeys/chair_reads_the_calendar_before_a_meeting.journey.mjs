// The chair finds what is overdue, what comes next month, and what falls on the chair alone; with the keyboard and on paper.

import { ok, strictEqual } from 'node:assert'

export const name = 'the chair reads the calendar before a meeting'

export async function run({ page, signIn, axe, narrow, withoutScripting, tabTo, printView }) {
  await signIn(page, 'independent-chair')
  await page.goto('/calendar')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const lists = await page.locator('main table caption').allInnerTexts()
  ok(/overdue/i.test(lists[0] ?? ''), `the first list is ${lists[0]}, not what is overdue`)
  await axe(page)
  const all = await page.locator('main a[href^="/duties/"]').count()
  ok(all > 5, `the calendar lists ${all} duties`)

  const chair = page.getByLabel('Who must act').locator('option', { hasText: /chair/i }).first()
  await page.getByLabel('Who must act').selectOption(await chair.getAttribute('value'))
  await page.getByRole('button', { name: 'Apply filters' }).click()
  await page.waitForURL(/bearer=/)
  const own = await page.locator('main a[href^="/duties/"]').count()
  ok(own > 0 && own < all, `the chair’s own list has ${own} of ${all}`)

  await page.goto('/calendar?view=grid')
  await page.locator('main table').first().waitFor()
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto('/calendar?view=grid'))

  await withoutScripting(async (plainPage) => {
    await plainPage.goto('/calendar')
    strictEqual(await plainPage.locator('main a[href^="/duties/"]').count(), all)
  })
  await page.goto('/calendar')
  await tabTo(page, 'link', /skip to main content/i)
  await printView(page, async (printed) => {
    strictEqual(await printed.locator('nav').first().isVisible(), false, 'navigation is printed')
  })
}
