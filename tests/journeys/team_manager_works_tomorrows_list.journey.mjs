// A team manager finds what is due soon for the children of their own teams, says what an exception is and who answers for
// it, and sees nobody else's children.

import { ok, strictEqual } from 'node:assert'

export const name = 'a team manager works tomorrow’s list'

export async function run({ page, signIn, axe, narrow, withoutScripting }) {
  await signIn(page, 'team-manager')
  await page.goto('/tomorrow')
  await page.getByText('You see the children of Safeguarding South, Looked After South.').waitFor()
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto('/tomorrow'))
  const teams = page.getByRole('table', { name: 'By team and worker' }).locator('tbody th')
  // What is due soon differs from month to month; an empty list says so.
  if ((await teams.count()) === 0) await page.getByText('Nothing stands on this list.').waitFor()
  for (const team of await teams.allInnerTexts()) ok(team.endsWith('South'), `${team} is not one of their own`)

  const recordedLate = () => page.getByRole('table', { name: 'The children' }).locator('tbody tr')
  await page.goto('/exceptions?kind=recorded-late')
  const before = await recordedLate().count()
  await page.goto('/exceptions?order=due')
  const child = page.getByRole('link', { name: 'Say what it is' }).first()
  await child.click()
  const address = page.url()
  await page.getByRole('button', { name: 'Note it' }).click()
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  await axe(page)

  await withoutScripting(async (plain) => {
    await plain.goto(address)
    await plain.getByLabel('Recorded late').check()
    await plain.getByLabel('Why?').selectOption({ label: 'It happened and is not written up' })
    await plain.getByLabel('What is done meanwhile?').fill('The visit is written up by Friday.')
    await plain.getByLabel('Who answers for it?').selectOption({ label: 'Joanna Adeyemi' })
    const soon = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000)
    await plain.getByLabel('Day', { exact: true }).fill(String(soon.getUTCDate()))
    await plain.getByLabel('Month', { exact: true }).fill(String(soon.getUTCMonth() + 1))
    await plain.getByLabel('Year', { exact: true }).fill(String(soon.getUTCFullYear()))
    await plain.getByRole('button', { name: 'Note it' }).click()
    await plain.getByText('Noted.').waitFor()
    await plain.getByText('The visit is written up by Friday.').first().waitFor()
  })
  await page.goto('/exceptions?kind=recorded-late')
  const noted = recordedLate()
  strictEqual(await noted.count(), before + 1)
  await noted.first().getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: 'A child’s timeline' }).waitFor()
  ok(!(await page.title()).match(/[0-9a-f]{8}/), 'the title names the child')
  await axe(page)
  await narrow((narrowPage) => narrowPage.goto(page.url()))

  await page.goto('/exceptions?team=Assessment%20North')
  strictEqual(await page.getByRole('table', { name: 'The children' }).count(), 0, 'another team’s children are shown')
}
