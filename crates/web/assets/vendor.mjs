// Reproduces the vendored files of this folder from the two npm packages they come from.
//
//   npm pack govuk-frontend@6.6.0 @ministryofjustice/frontend@11.1.0     (in any empty folder)
//   tar xzf each into <folder>/govuk-frontend and <folder>/moj-frontend
//   node vendor.mjs <folder>
//
// What is changed, and why: a council's product may use the code (MIT) but not the GDS Transport typeface,
// the crown and crest, or the GOV.UK brand colours. Everything else is kept as published.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const from = process.argv[2]
if (!from) {
  console.error('usage: node vendor.mjs FOLDER   (holding govuk-frontend/package and moj-frontend/package)')
  process.exit(2)
}
const govuk = join(from, 'govuk-frontend/package/dist/govuk')
const moj = join(from, 'moj-frontend/package/moj')

const typeface = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'

// GOV.UK brand colour or one of its tints, and the neutral blue-green that stands in its place.
const colours = [
  ['#1d70b8', '#0b4f5c'], // brand
  ['#005ea5', '#0b5c70'], // link, older
  ['#1a65a6', '#0b5c70'], // link
  ['#0f385c', '#06323b'], // link, hovered
  ['#f4f8fb', '#f1f6f6'], // surface
  ['#8eb8dc', '#86aab0'], // surface border
  ['#d2e2f1', '#dbe8e8'], // surface, marked
  ['#0f7a52', '#0b6b57'], // success and buttons
]

// Selectors of GOV.UK-only components, which this product must not show.
const notOurs = /\.govuk-(header|footer__crown|footer__copyright-logo|footer__licence-logo|exit-this-page|cookie-banner|phase-banner|tabs|accordion|language-navigation|feedback)(?![a-z])/

// The parts of the MoJ front end that the templates use.
const wantedFromMoj = /\.moj-(filter(?!-layout|-toggle)|timeline|sub-navigation|alert|interruption-card)|\[aria-sort\]/

function withoutComments(css) {
  return css.replace(/\/\*[\s\S]*?\*\//g, '')
}

/** Splits a style sheet into its top-level rules: [prelude, body] pairs, body null for a statement. */
function rulesOf(css) {
  const rules = []
  let start = 0
  let depth = 0
  let open = 0
  for (let at = 0; at < css.length; at++) {
    if (css[at] === '"') at = css.indexOf('"', at + 1)
    else if (css[at] === '{') { if (depth++ === 0) open = at }
    else if (css[at] === '}') {
      if (--depth === 0) {
        rules.push([css.slice(start, open).trim(), css.slice(open + 1, at)])
        start = at + 1
      }
    } else if (css[at] === ';' && depth === 0) {
      rules.push([css.slice(start, at).trim(), null])
      start = at + 1
    }
  }
  return rules
}

/** Keeps the rules whose selectors pass, inside media and support queries too. */
function filtered(css, keep) {
  return rulesOf(css).map(([prelude, body]) => {
    if (body === null) return `${prelude};`
    if (prelude.startsWith('@font-face')) return ''
    if (/^@(media|supports)/.test(prelude)) {
      const inner = filtered(body, keep)
      return inner ? `${prelude}{${inner}}` : ''
    }
    if (prelude.startsWith('@')) return `${prelude}{${body}}`
    const selectors = prelude.split(/,(?![^(]*\))/).filter(keep)
    return selectors.length ? `${selectors.join(',')}{${body}}` : ''
  }).join('')
}

function neutral(css) {
  let result = css
    .replaceAll('GDS Transport,arial,sans-serif', typeface)
    .replaceAll('"GDS Transport",arial,sans-serif', typeface)
    .replace(/background-image:url\([^)]*\);?/g, '')
  for (const [theirs, ours] of colours) result = result.replaceAll(theirs, ours)
  for (const banned of ['GDS Transport', 'url(', '@font-face', '#1d70b8', 'crest']) {
    if (result.includes(banned)) throw new Error(`${banned} is still in the style sheet`)
  }
  // One rule a line, so that a change of version can be read as a difference.
  return result.replaceAll('}', '}\n').replace(/\n(?=})/g, '')
}

function published(name) {
  return readFileSync(name, 'utf8').replace(/\n?\/[/*][#@] sourceMappingURL=.*$/m, '')
}

const notice = (name) => `/* ${name}, MIT licence; changed by vendor.mjs in this folder. */\n`

const govukCss = withoutComments(published(join(govuk, 'govuk-frontend.min.css')))
writeFileSync(join(here, 'govuk-frontend.css'), notice('govuk-frontend 6.6.0') +
  neutral(filtered(govukCss, (selector) => !notOurs.test(selector))))

const mojCss = withoutComments(published(join(moj, 'moj-frontend.min.css')))
writeFileSync(join(here, 'moj-frontend.css'), notice('@ministryofjustice/frontend 11.1.0, the parts used') +
  neutral(filtered(mojCss.replace(/@charset[^;]*;/, ''), (selector) => wantedFromMoj.test(selector))
    .replace(/:root\{[^}]*\}/g, '')))

writeFileSync(join(here, 'govuk-frontend.js'), notice('govuk-frontend 6.6.0') +
  published(join(govuk, 'govuk-frontend.min.js')))
writeFileSync(join(here, 'moj-sortable-table.js'), notice('@ministryofjustice/frontend 11.1.0') +
  published(join(moj, 'components/sortable-table/sortable-table.mjs'))
    .replace("from 'govuk-frontend'", "from './govuk-frontend.js'"))

// The published cases of each component our templates render: the test reads them as its oracle.
const cases = join(here, '../src/components/fixtures')
mkdirSync(cases, { recursive: true })
const components = ['back-link', 'breadcrumbs', 'button', 'character-count', 'checkboxes', 'date-input', 'details',
  'error-message', 'error-summary', 'fieldset', 'file-upload', 'generic-header', 'hint', 'input', 'inset-text',
  'label', 'notification-banner', 'pagination', 'panel', 'password-input', 'radios', 'select',
  'service-navigation', 'skip-link', 'summary-list', 'table', 'tag', 'task-list', 'textarea', 'warning-text']
for (const component of components) {
  const { fixtures } = JSON.parse(readFileSync(join(govuk, 'components', component, 'fixtures.json'), 'utf8'))
  const kept = fixtures.map(({ name, options, html }) => JSON.stringify({ name, options, html }))
  writeFileSync(join(cases, `${component}.json`), `[\n${kept.join(',\n')}\n]\n`)
}
