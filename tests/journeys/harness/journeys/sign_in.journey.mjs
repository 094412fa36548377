// Somebody signs in with a password and a code, and the session goes with them into a second browser.

export const name = 'a programme manager signs in'

export async function run({ page, signIn, withoutScripting, narrow, printView, tabTo }) {
  await signIn(page, 'programme-manager')
  await page.goto('/home')
  await seesTheirWork(page)
  await withoutScripting(async (plain) => {
    await plain.goto('/home')
    await seesTheirWork(plain)
  })
  await narrow((small) => small.goto('/home'))
  await printView(page, seesTheirWork)
  await tabTo(page, 'link', 'Skip to main content')
  const refused = await page.goto('/nowhere')
  if (refused.status() !== 404) throw new Error('a page that is not there was found')
}

async function seesTheirWork(page) {
  await page.getByRole('heading', { name: 'Your work' }).waitFor()
}
