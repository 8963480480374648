// Loaded into a process before anything else (`--import file:///…/turned-clock.ts?offset=FILE`): its `Date` is off by as many milliseconds as
// stand in FILE, read anew ten times a second. It covers everything in the process that asks `Date` for the time; timers, PostgreSQL and the
// search engine keep theirs, as a clock that is turned on one machine of several leaves the others alone.
import { readFileSync } from 'node:fs'

const LOOK_MS = 100
const file = new URL(import.meta.url).searchParams.get('offset')
const realNow = Date.now.bind(Date)
let offset = 0

function look(): void {
  try {
    offset = Number(readFileSync(file ?? '', 'utf8')) || 0
  } catch {
    offset = 0
  }
}
look()
setInterval(look, LOOK_MS).unref()

const now = () => realNow() + offset
const RealDate = Date
globalThis.Date = new Proxy(RealDate, {
  construct: (target, parameters: [], newTarget) => Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget) as Date,
  apply: (target) => new target(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name) as unknown),
})
RealDate.prototype.constructor = globalThis.Date
