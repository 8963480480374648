import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { markdownToRichText } from '../../import/markdown-to-rich-text.ts'
import { STEPS_TO_PUBLIC, type Deed, type Ledger } from './ledger.ts'
import { WORKED_SITE, type Trial } from './open-trial.ts'
import { signIn, type Person } from './person.ts'

const AGAIN_MS = 300
/** Somebody who cannot do the work for that long has met something that does not mend itself. */
const GIVE_UP_MS = 120_000
const PUBLISHED = 'published'
/** The states that a document is in after so many steps. */
const STATES = ['draft', 'first-review', 'second-review', 'final-review', PUBLISHED]

export type Clerks = {
  /** Resolves when all have put down their work, after `stop`. Rejects when one could not go on. */
  done: Promise<void>
  stop: () => void
  /** What was answered when something was refused that should have been done; for the report. */
  refusals: string[]
}

export type Desk = { editor: Person; reviewers: Person[]; place: { site: number; column: number } }

/** One office: an editor and three reviewers. */
export async function openDesk(trial: Trial): Promise<Desk> {
  const [editor, ...reviewers] = await Promise.all(['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer']
    .map((duty) => signIn(trial, { duty, site: WORKED_SITE })))
  const columns = await editor!.call('GET', '/api/columns?where[key][equals]=updates&depth=0')
  const { docs: [column] } = z.object({ docs: z.array(z.object({ id: z.number(), site: z.number() })) }).parse(columns.json)
  if (!column) throw new Error(`${WORKED_SITE} has no column of work updates`)
  return { editor: editor!, reviewers, place: { site: column.site, column: column.id } }
}

/**
 * Puts clerks to work: each writes texts and has them reviewed and published, one after another, whatever happens around. What is
 * acknowledged goes into the ledger. Where no answer comes they look, as a person would, and go on from what they see.
 */
export function startClerks({ desk, ledger, name, atOnce = 3 }: {
  desk: Desk
  ledger: Ledger
  /** Marks this run's titles. */
  name: string
  atOnce?: number
}): Clerks {
  let isStopped = false
  let started = 0
  const refusals: string[] = []
  const work = async () => {
    while (!isStopped) {
      started += 1
      const deed = await save({ desk, ledger, title: `${name}第${started}号稿件`, refusals })
      // Whoever has begun a text takes it to its end: one that is left half-way would prove less.
      if (deed) await takeToPublic({ desk, deed, refusals })
    }
  }
  const done = Promise.all(Array.from({ length: atOnce }, work)).then(() => {})
  done.catch(() => { isStopped = true })
  return { done, refusals, stop: () => { isStopped = true } }
}

let serial = 0

async function save({ desk, ledger, title, refusals }: { desk: Desk; ledger: Ledger; title: string; refusals: string[] }): Promise<Deed | null> {
  serial += 1
  // A title whose answer never came is not used again.
  const own = `${title}之${serial}`
  const words = `${own}的正文，用来核对断电、断网、磁盘写满之后内容是否完整。`
  const told = await desk.editor.call('POST', '/api/articles?depth=0', {
    ...desk.place, title: own, summary: '演练用稿件。', body: markdownToRichText(words) })
  const parsed = z.object({ doc: z.object({ id: z.number(), version: z.number() }) }).safeParse(told.json)
  if (told.status === 201 && parsed.success) {
    const deed = { ...parsed.data.doc, title: own, words, steps: 0, isPublished: false }
    ledger.deeds.push(deed)
    return deed
  }
  ledger.uncertain.push(own)
  note(refusals, 'save', told)
  await wait(AGAIN_MS)
  return null
}

async function takeToPublic({ desk, deed, refusals }: { desk: Desk; deed: Deed; refusals: string[] }): Promise<void> {
  let since = performance.now()
  while (deed.steps < STEPS_TO_PUBLIC) {
    const action = deed.steps === 0 ? 'submit' : 'approve'
    const person = deed.steps === 0 ? desk.editor : desk.reviewers[deed.steps - 1]!
    const told = await person.call('POST', `/api/articles/${deed.id}/transitions`, { action, version: deed.version })
    const isDone = told.status === 200 || await hasHappened(desk, deed)
    if (isDone) {
      deed.steps += 1
      deed.isPublished = deed.steps === STEPS_TO_PUBLIC
      since = performance.now()
      continue
    }
    note(refusals, action, told)
    if (performance.now() - since > GIVE_UP_MS) {
      throw new Error(`${action} of article ${deed.id} (${deed.title}) has not been possible for ${GIVE_UP_MS / 1000} s: ${told.status} ${told.text.slice(0, 300)}`)
    }
    await wait(AGAIN_MS)
  }
}

/** After a lost answer: does the CMS say that the step was taken? Asked until it says anything. */
async function hasHappened({ editor }: Desk, deed: Deed): Promise<boolean> {
  const begun = performance.now()
  while (performance.now() - begun < GIVE_UP_MS) {
    const seen = await editor.call('GET', `/api/articles/${deed.id}?depth=0`)
    if (seen.status === 200) {
      const taken = STATES.indexOf(String(seen.json.state))
      if (taken < deed.steps) throw new Error(`第 ${deed.id} 号“${deed.title}”：确认过 ${deed.steps} 步，现在却在“${String(seen.json.state)}”`)
      return taken > deed.steps
    }
    if (seen.status === 404) throw new Error(`article ${deed.id} (${deed.title}) was acknowledged and is not there`)
    await wait(AGAIN_MS)
  }
  throw new Error(`article ${deed.id} could not be read for ${GIVE_UP_MS / 1000} s`)
}

function note(refusals: string[], action: string, { status, text }: { status: number | null; text: string }): void {
  if (refusals.length < 2_000) refusals.push(`${action}: ${status ?? 'no answer'} ${text.slice(0, 160)}`)
}
