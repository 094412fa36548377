// One person at one browser: what a journey does as somebody, and what must hold of every page it sees.

import AxeBuilder from '@axe-core/playwright'
import { setTimeout as pause } from 'node:timers/promises'

import { nextStepAt, oneTimeCode } from './one-time-code.mjs'

// Everything axe knows how to test of WCAG 2.2 to level AA.
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const NARROW = { width: 320, height: 640 }
const WIDE = { width: 1280, height: 900 }
const WITHIN_MILLISECONDS = 10_000

// Codes are good once: when each account's next may be used, and the cookies of the session its last one opened.
const nextCodeAt = new Map()
const sessions = new Map()

export class Person {
  constructor(browser, demo) {
    this.browser = browser
    this.address = demo.address
    this.accounts = demo.accounts
    this.program = demo.program
    this.contexts = []
  }

  async arrive(options = {}) {
    const context = await this.browser.newContext({ baseURL: this.address, viewport: WIDE, locale: 'en-GB', ...options })
    context.setDefaultTimeout(WITHIN_MILLISECONDS)
    this.contexts.push(context)
    this.faults = []
    this.page = await context.newPage()
    this.page.on('pageerror', (problem) => this.faults.push(`script failed: ${problem.message}`))
    this.page.on('console', (message) => {
      // A page that is refused or isn't there may be what the journey came for; what a page lacks is a fault.
      const thePageItself = message.location().url === this.page.url() && /status of 4\d\d/.test(message.text())
      if (message.type() === 'error' && !thePageItself) this.faults.push(`console: ${message.text()}`)
    })
    return this.page
  }

  async leave() {
    for (const context of this.contexts.splice(0)) await context.close()
  }

  account(role) {
    const account = this.accounts.find((candidate) => candidate.role === role)
    if (!account) {
      const roles = this.accounts.map((candidate) => candidate.role).join(', ')
      throw new Error(`the demo has no account for ${role}; it has ${roles}`)
    }
    return account
  }

  // Signs in and stands on the first page. A session from an earlier journey is taken up again while it lasts, since
  // a second code is half a minute away; with `afresh`, the password and a new code are typed in any case.
  async signIn(page, role, { afresh = false } = {}) {
    const account = this.account(role)
    if (afresh || !(await this.takeUpSession(page, account))) await this.typePasswordAndCode(page, account)
    return account
  }

  async takeUpSession(page, account) {
    const cookies = sessions.get(account.email)
    if (!cookies) return false
    await page.context().addCookies(cookies)
    await page.goto('/')
    if ((await page.getByText(/sign out/i).count()) > 0) return true
    sessions.delete(account.email)
    await page.context().clearCookies()
    return false
  }

  async typePasswordAndCode(page, account) {
    await page.goto('/sign-in')
    await page.getByLabel(/e-?mail/i).fill(account.email)
    await page.getByLabel(/^password/i).fill(account.password)
    await page.getByRole('button', { name: /sign in|continue/i }).click()
    await page.getByLabel(/code/i).waitFor()
    await this.untilACodeIsFresh(account)
    await page.getByLabel(/code/i).fill(oneTimeCode(account.totp_secret))
    nextCodeAt.set(account.email, nextStepAt())
    await page.getByRole('button', { name: /sign in|continue/i }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    sessions.set(account.email, await page.context().cookies())
    await page.goto('/')
  }

  async untilACodeIsFresh(account) {
    const wait = (nextCodeAt.get(account.email) ?? 0) - Date.now()
    if (wait > 0) await pause(wait)
  }

  // Fails on any breach of WCAG 2.2 AA, naming the rule and the places.
  async axe(page, { leaveOut = [] } = {}) {
    let builder = new AxeBuilder({ page }).withTags(WCAG)
    for (const selector of leaveOut) builder = builder.exclude(selector)
    const { violations } = await builder.analyze()
    const breaches = violations.map(({ id, help, nodes }) => {
      const places = nodes.map((node) => `    ${node.target.join(' ')}: ${node.html.slice(0, 160)}`)
      return `  ${id}: ${help}\n${places.join('\n')}`
    })
    if (breaches.length > 0) throw new Error(`${page.url()} breaches WCAG 2.2 AA:\n${breaches.join('\n')}`)
  }

  // The same work in a browser that runs no scripts, with the same sign-in.
  async withoutScripting(act) {
    const storageState = await this.page.context().storageState()
    return this.beside({ javaScriptEnabled: false, storageState }, act)
  }

  // The same work on the narrowest screen: every page it leaves open must not scroll sideways.
  async narrow(act) {
    const storageState = await this.page.context().storageState()
    return this.beside({ viewport: NARROW, storageState }, async (page) => {
      const result = await act(page)
      await this.noSidewaysScroll(page)
      return result
    })
  }

  async beside(options, act) {
    const context = await this.browser.newContext({ baseURL: this.address, viewport: WIDE, locale: 'en-GB', ...options })
    context.setDefaultTimeout(WITHIN_MILLISECONDS)
    try {
      return await act(await context.newPage())
    } finally {
      await context.close()
    }
  }

  async noSidewaysScroll(page) {
    const { content, screen, culprits } = await page.evaluate(() => {
      const screen = document.documentElement.clientWidth
      const scrollsItself = (element) => {
        for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
          if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return true
        }
        return false
      }
      const wide = [...document.body.querySelectorAll('*')].filter(
        (element) => element.getBoundingClientRect().right > screen + 1 && !scrollsItself(element),
      )
      const culprits = wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))
      return { content: document.documentElement.scrollWidth, screen, culprits }
    })
    if (content > screen) {
      throw new Error(`${page.url()} is ${content} px wide on a screen of ${screen} px:\n  ${culprits.join('\n  ')}`)
    }
  }

  // Reaches a control by the Tab key alone, as a person without a mouse must; the control then has a visible focus.
  async tabTo(page, role, name, { within = 100 } = {}) {
    const target = page.getByRole(role, { name })
    const handle = await target.first().elementHandle()
    for (let presses = 0; presses < within; presses += 1) {
      await page.keyboard.press('Tab')
      if (await handle.evaluate((element) => element === document.activeElement)) {
        await this.focusIsVisible(page, name)
        return target
      }
    }
    throw new Error(`${role} ${name} isn't reached in ${within} presses of Tab on ${page.url()}`)
  }

  async focusIsVisible(page, name) {
    const visible = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement)
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
      const label = document.activeElement.labels?.[0]
      const around = label ? getComputedStyle(label, '::before') : null
      return outlined || style.boxShadow !== 'none' || (around !== null && around.boxShadow !== 'none')
    })
    if (!visible) throw new Error(`nothing shows that ${name} has the focus on ${page.url()}`)
  }

  // The page as it would be printed, checked and then put back.
  async printView(page, act) {
    await page.emulateMedia({ media: 'print' })
    try {
      return await act(page)
    } finally {
      await page.emulateMedia({ media: null })
    }
  }

  async screenshot(page, path) {
    await page.screenshot({ path, fullPage: true })
  }
}
