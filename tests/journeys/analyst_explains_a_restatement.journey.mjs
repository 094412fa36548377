// An analyst sees which of last months' figures were restated and why, and writes beside the measure what it means.

import { ok, strictEqual } from 'node:assert'

export const name = 'an analyst explains a restatement'

const WORDS = 'Two reviews were written up after the month’s extract was taken; the reviews themselves were in time.'

export async function run({ page, signIn, axe, narrow, withoutScripting }) {
  await signIn(page, 'performance-analyst')
  await page.goto('/restatements')
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto('/restatements'))
  const restated = page.getByRole('table', { name: /Restated/ }).locator('tbody tr')
  ok((await restated.count()) > 0, 'no figure of the month was restated')
  const why = await restated.first().innerText()
  ok(/recorded late|corrected|withdrawn/.test(why), `the first row gives no cause: ${why}`)
  await restated.first().getByRole('link', { name: 'Comment' }).click()
  await page.waitForURL(/\/measures\/.+\/comments/)
  await axe(page)
  const address = page.url()
  await withoutScripting(async (plain) => {
    await plain.goto(address)
    await plain.locator('main textarea').fill(WORDS)
    await plain.locator('main form').last().getByRole('button').click()
    await plain.waitForURL((url) => !url.pathname.endsWith('/comments'))
    strictEqual(await plain.getByText(WORDS).count(), 1)
    await plain.getByText('Wei Zhang').first().waitFor()
  })
}
