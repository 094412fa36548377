// The lead member reads the programme, but reaches nothing that is for others, and can't tell "forbidden" from "absent".

import { strictEqual } from 'node:assert'

export const name = 'an elected member can’t reach what they may not, and can’t tell it from what isn’t there'

const CLOSED = [
  '/notices/new', '/people', '/people/new', '/people/roles', '/access-log', '/settings', '/scorecard', '/exceptions',
  '/tomorrow', '/exceptions/export', '/loads', '/loads/new', '/trackers', '/trackers/exploitation', '/reconciliations',
  '/restatements', '/downloads', '/downloads/figures.csv', '/downloads/star.zip',
]
const ABSENT = ['/notices/0123456789abcdef0123456789abcdef', '/duties/0123456789abcdef0123456789abcdef', '/no-such-page']

async function answerOf(page, path) {
  const answer = await page.goto(path)
  return { status: answer.status(), body: await answer.text() }
}

export async function run({ page, signIn }) {
  await signIn(page, 'elected-member')
  const read = await page.goto('/calendar')
  strictEqual(read.status(), 200, 'an elected member reads the calendar')
  strictEqual(await page.getByRole('link', { name: /bring in a document/i }).count(), 0)
  const absent = await answerOf(page, '/no-such-page')
  strictEqual(absent.status, 404)
  for (const path of [...CLOSED, ...ABSENT]) {
    const { status, body } = await answerOf(page, path)
    strictEqual(status, 404, `${path} answered ${status}`)
    strictEqual(body, absent.body, `${path} differs from a page that isn’t there`)
  }
  // The forms behind the closed pages answer as if they weren't there, even with a form token of one's own.
  await page.goto('/account')
  const token = await page.locator('input[name=form_token]').first().inputValue()
  for (const path of ['/notices/open', '/people/new', '/settings']) {
    const answer = await page.request.post(path, { form: { form_token: token, title: 'Nosy' }, maxRedirects: 0 })
    strictEqual(answer.status(), 404, `the form ${path} answered ${answer.status()}`)
  }
}
