// The first thing anybody sees says what this is, and works on the narrowest screen, by keyboard and without scripts.

export const name = 'anyone reaches the front page'

export async function run({ page, axe, narrow, withoutScripting, tabTo }) {
  const response = await page.goto('/')
  if (!response.ok()) throw new Error(`the front page answered ${response.status()}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await axe(page)
  await tabTo(page, 'link', /skip to main content/i)
  await narrow((narrowPage) => narrowPage.goto('/'))
  await withoutScripting(async (plainPage) => {
    await plainPage.goto('/')
    await plainPage.getByRole('heading', { level: 1 }).first().waitFor()
  })
}
