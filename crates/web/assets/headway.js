// What scripting improves: every page works without it, and nothing is sent without a press of a button.
import { createAll, initAll } from './govuk-frontend.js'
import { SortableTable } from './moj-sortable-table.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
createAll(SortableTable)

// A printed page shows what its hidden sections hold, and closes them again afterwards.
const opened = []
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details:not([open])')) {
    details.open = true
    opened.push(details)
  }
})
window.addEventListener('afterprint', () => {
  for (const details of opened.splice(0)) details.open = false
})
