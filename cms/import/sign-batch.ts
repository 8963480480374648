import { createLocalReq, type Payload } from 'payload'
import { dutiesOn, type Duty } from '@cluster/shared/governance/duties'
import { REVIEW_STATES, type SignOffLink, type State } from '@cluster/shared/publishing/states'
import { grantsOf, today } from '../access/granted-sites.ts'
import { query, sql } from '../database/query.ts'
import type { User } from '../payload-types.ts'
import { performTransition } from '../review/perform.ts'
import { standingSignOffs } from '../review/sign-offs.ts'
import type { BatchRow } from './batch-row.ts'

type Link = { link: SignOffLink; duty: Duty; label: string }

const LINKS: readonly Link[] = [
  { link: 'draft', duty: 'editor', label: '编辑' },
  { link: 'first-review', duty: 'first-reviewer', label: '初审' },
  { link: 'second-review', duty: 'second-reviewer', label: '复审' },
  { link: 'final-review', duty: 'final-reviewer', label: '终审' },
]

/** Nobody is there to sign for a link; `label` names the duty in Chinese. */
export class NobodyToSign extends Error {
  override name = 'NobodyToSign'
  readonly label: string

  constructor(label: string) {
    super(`no account may sign as ${label}`)
    this.label = label
  }
}

/**
 * Lets the people of the site sign a batch at once, each by an ordinary transition of their own: for demo clusters,
 * where the reviewers are made up. @throws NobodyToSign; TransitionRefused
 */
export async function signBatch(payload: Payload, batch: BatchRow, siteId: number): Promise<void> {
  const target = { collection: 'import-batches' as const, id: batch.id }
  const system = await createLocalReq({}, payload)
  const [row] = await query<{ state: State; version: number }>(
    system,
    sql`select state, version::int as version from import_batches where id = ${batch.id}`)
  if (!row) throw new Error(`there is no batch ${batch.id}`)
  const start = row.state === 'draft' ? 0 : REVIEW_STATES.findIndex((state) => state === row.state) + 1
  if (start === 0 && row.state !== 'draft') return
  const signed = row.state === 'draft' ? [] : (await standingSignOffs(system, target)).map(({ personId }) => personId)
  const open = LINKS.slice(start)
  const people = await peopleFor(payload, siteId, open, signed)
  for (const [index, { link }] of open.entries()) {
    const req = await createLocalReq({ user: { ...people[index]!, collection: 'users' } }, payload)
    await performTransition(req, target, { action: link === 'draft' ? 'submit' : 'approve', version: row.version })
  }
}

/** A different person for each link, none of whom has signed already. */
async function peopleFor(
  payload: Payload,
  siteId: number,
  links: readonly Link[],
  signed: readonly number[],
): Promise<User[]> {
  const { docs } = await payload.find({
    collection: 'users',
    sort: 'id',
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  const site = await payload.findByID({ collection: 'sites', id: siteId, depth: 0, overrideAccess: true })
  const able: Array<{ user: User; duties: Set<Duty> }> = []
  for (const user of docs) {
    if (signed.includes(user.id)) continue
    const req = await createLocalReq({ user: { ...user, collection: 'users' } }, payload)
    able.push({ user, duties: dutiesOn(await grantsOf(req), site.path, today()) })
  }
  const missing = links.find(({ duty }) => !able.some(({ duties }) => duties.has(duty)))
  const chosen = choose(links.map(({ duty }) => able.filter(({ duties }) => duties.has(duty)).map(({ user }) => user)))
  if (!chosen) throw new NobodyToSign(missing?.label ?? links.map(({ label }) => label).join('、'))
  return chosen
}

/** One of each list, all different; null where that cannot be. */
function choose(lists: ReadonlyArray<readonly User[]>, taken: readonly number[] = []): User[] | null {
  const [first, ...rest] = lists
  if (!first) return []
  for (const user of first) {
    if (taken.includes(user.id)) continue
    const others = choose(rest, [...taken, user.id])
    if (others) return [user, ...others]
  }
  return null
}
