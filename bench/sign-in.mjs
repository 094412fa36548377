// Signs in to a running demo as one role and prints the header that carries the session, for tools without a browser.
//
// Usage: node bench/sign-in.mjs ACCOUNTS_FILE ROLE

import { readFileSync } from 'node:fs'

import { oneTimeCode } from '../tests/journeys/one-time-code.mjs'

const [file, role] = process.argv.slice(2)
const { address, accounts } = JSON.parse(readFileSync(file, 'utf8'))
const account = accounts.find((candidate) => candidate.role === role)
if (!account) throw new Error(`no account for ${role}; there are ${accounts.map(({ role }) => role).join(', ')}`)

const cookies = new Map()

async function ask(path, form) {
  const url = new URL(path, address)
  const headers = { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  if (form) Object.assign(headers, { Origin: url.origin, 'Sec-Fetch-Site': 'same-origin' })
  const response = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers, redirect: 'manual' })
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
    cookies.set(name, value)
  }
  const next = response.headers.get('location')
  if (next) return ask(next)
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`)
  return { path: url.pathname, page: await response.text() }
}

// Fills the first form that posts and holds a field the answers know, hidden fields included.
async function fill({ path, page }, answers) {
  for (const [, opening, inside] of page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const form = new URLSearchParams()
    let filled = false
    for (const [, input] of inside.matchAll(/<input\b([^>]*)>/gi)) {
      const attribute = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]
      const name = attribute('name')
      const answer = Object.keys(answers).find((word) => name?.toLowerCase().includes(word))
      filled ||= Boolean(answer)
      if (name) form.append(name, answer ? answers[answer] : (attribute('value') ?? ''))
    }
    if (filled) return ask(/\baction="([^"]+)"/.exec(opening)?.[1] ?? path, form)
  }
  throw new Error(`${path} has no form to fill`)
}

const asksForCode = await fill(await ask('/sign-in'), { email: account.email, password: account.password })
const arrived = await fill(asksForCode, { code: oneTimeCode(account.totp_secret) })
if (arrived.path.startsWith('/sign-in')) throw new Error('the demo refused the sign-in')
console.log(`Cookie: ${[...cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`)
