// A later journey takes up the session of an earlier one, for which no second code is needed.

export const name = 'the programme manager comes back'

export async function run({ page, signIn }) {
  const started = Date.now()
  await signIn(page, 'programme-manager')
  const response = await page.goto('/home')
  if (!response.ok()) throw new Error('the session was not taken up')
  if (Date.now() - started > 8000) throw new Error('a second code was waited for')
}
