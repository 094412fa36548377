#!/usr/bin/env node
// Stands in for `headway demo` in the harness's own tests: a front page, a sign-in with a code, a page behind it.
// STUB_FAULT breaks it in one way, so that the harness can be seen to notice.

import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

import { oneTimeCode } from '../one-time-code.mjs'

const fault = process.env.STUB_FAULT ?? ''
const flag = (name) => process.argv[process.argv.indexOf(name) + 1]
const account = {
  role: 'programme-manager',
  name: 'Robin Ashdown',
  email: 'robin.ashdown@northmoor.example',
  password: 'a kettle of quiet herons',
  totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
}
const used = new Set()

function html(body) {
  const style = fault === 'wide' ? '<style>p { width: 900px }</style>' : ''
  const script = fault === 'script' ? '<script>throw new Error("broken")</script>' : ''
  const picture = fault === 'axe' ? '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">' : ''
  const head = `<meta charset="utf-8"><title>Stub</title><link rel="icon" href="data:,">${style}${script}`
  const skip = '<a href="#main">Skip to main content</a>'
  return `<!doctype html><html lang="en"><head>${head}</head><body>${skip}<main id="main">${body}${picture}</main></body></html>`
}

function field(label, name) {
  return `<p><label for="${name}">${label}</label> <input id="${name}" name="${name}"></p>`
}

function form(action, fields) {
  return html(`<h1>Sign in</h1><form method="post" action="${action}">${fields}<button>Continue</button></form>`)
}

function signedIn(request) {
  return request.headers.cookie?.includes('__Host-session=stub')
}

const pages = {
  'GET /': (_, __, request) =>
    html(`<h1>Northmoor</h1><p>The plan.</p>${signedIn(request) ? '<a href="/sign-out">Sign out</a>' : ''}`),
  'GET /sign-in': () => form('/sign-in', field('Email address', 'email') + field('Password', 'password')),
  'POST /sign-in': (sent) =>
    sent.get('email') === account.email && sent.get('password') === account.password
      ? form('/sign-in/code', field('Security code', 'code'))
      : null,
  'POST /sign-in/code': (sent, response) => {
    const code = sent.get('code')
    if (code !== oneTimeCode(account.totp_secret) || used.has(code)) return null
    used.add(code)
    response.setHeader('Set-Cookie', '__Host-session=stub; Secure; HttpOnly; SameSite=Lax; Path=/')
    response.writeHead(303, { Location: '/home' })
    return ''
  },
  'GET /home': (_, __, request) =>
    signedIn(request) ? html('<h1>Your work</h1>') : null,
}

const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const page = pages[`${request.method} ${request.url}`]
  const answer = page?.(new URLSearchParams(body), response, request) ?? null
  if (answer === null) response.writeHead(page ? 403 : 404)
  else if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'text/html' })
  response.end(answer ?? html('<h1>Not here</h1>'))
})

if (fault === 'dead') {
  console.error('the store cannot be opened')
  process.exit(1)
}
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`
  writeFileSync(flag('--accounts-file'), JSON.stringify({ address, accounts: [account] }))
})
process.on('SIGTERM', () => process.exit(0))
