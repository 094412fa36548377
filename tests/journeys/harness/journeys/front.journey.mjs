// The project's own first journey, against the stub.

export { name, run } from '../../anyone_reaches_the_front_page.journey.mjs'
