// Walks every kind of page that four people can reach by its links, and holds each to the same: no breach of WCAG 2.2
// AA, nothing wider than 320 px, the same heading with scripting off, and the first link in reach of the keyboard.

export const name = 'every page holds up to axe, a narrow screen, no scripting and the keyboard'

export const withinSeconds = 600

const LONGEST_WALK = 100
const FILES = /[.](csv|xlsx|zip|ics|json|txt)$|[/](original|text)$/

// Pages that show a manager of teams more than they show others: children.
const OF_CHILDREN = /^\/(exceptions|tomorrow|trackers|children|loads|plan\/actions)/

// A page's kind is its path with ids, codes and days taken out; one page of each kind is enough.
const kindOf = (path) =>
  path
    .replace(/[?].*$/, '')
    .replace(/[0-9a-f]{32,64}/g, ':id')
    .replace(/^[/](measures|standards|trackers|findings|exceptions|comparisons)[/](?!export)[^/]+/, '/$1/:code')
    .replace(/\d{4}-\d{2}(-\d{2})?/g, ':day')

async function links(page) {
  const hrefs = await page.$$eval('a[href^="/"]', (anchors) => anchors.map((anchor) => anchor.getAttribute('href')))
  return hrefs.map((href) => href.replace(/#.*$/, '')).filter((href) => !FILES.test(href.replace(/\?.*$/, '')))
}

async function holdsUp(page, path, { axe, narrow, withoutScripting, tabTo }) {
  const answer = await page.goto(path)
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`)
  const heading = await page.locator('h1').first().innerText()
  await axe(page)
  await tabTo(page, 'link', /skip to main content/i, { within: 3 })
  await narrow((narrowPage) => narrowPage.goto(path))
  await withoutScripting(async (plainPage) => {
    await plainPage.goto(path)
    const plain = await plainPage.locator('h1').first().innerText()
    if (plain !== heading) throw new Error(`${path} says “${plain}” without scripting and “${heading}” with it`)
  })
  return links(page)
}

export async function run(journey) {
  const { page, signIn, person } = journey
  const seen = new Set()
  const breaches = []
  for (const role of ['programme-manager', 'department-official', 'system-administrator', 'team-manager']) {
    await page.context().clearCookies()
    await signIn(page, role)
    // What the administrator and a manager of children's teams see on a page differs from what the others see.
    const group = { 'system-administrator': 'a', 'team-manager': 't' }[role] ?? 'p'
    const waiting = [['/', 'the address bar']]
    let walked = 0
    while (waiting.length > 0 && walked < LONGEST_WALK) {
      const [path, from] = waiting.shift()
      const kind = kindOf(path)
      const again = group === 't' && path !== '/' && seen.has(`p ${kind}`) && !OF_CHILDREN.test(kind)
      if (again || seen.has(`${group} ${kind}`)) continue
      seen.add(`${group} ${kind}`)
      try {
        waiting.push(...(await holdsUp(page, path, journey)).map((link) => [link, path]))
      } catch (problem) {
        breaches.push(`${role}, from ${from}: ${problem.message}`)
      }
      walked += 1
    }
    if (walked >= LONGEST_WALK) {
      breaches.push(`${role}: the walk was cut off after ${walked} pages; left were ${waiting.map(([path]) => path).join(' ')}`)
    }
  }
  const kinds = new Set([...seen].map((entry) => entry.slice(2)))
  person.walked = kinds.size
  if (breaches.length > 0) throw new Error(breaches.join('\n'))
  if (kinds.size < 25) throw new Error(`only ${kinds.size} kinds of page were reached: ${[...kinds].join(' ')}`)
}
