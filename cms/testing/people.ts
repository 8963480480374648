import { createLocalReq, type Payload } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { query, sql } from '../database/query.ts'

export const TEST_PASSWORD = 'Quiet-Lotus-Bridge-39'

/** An account to be opened, with its duties on one site. */
export type Planned = {
  site: string
  duties: readonly Duty[]
  includeSubtree?: boolean
  /** The grants' dates. */
  from?: string
  until?: string
  mustChangePassword?: boolean
}

const texts: readonly Duty[] = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer']
const KUNSHAN = 'suzhou-kunshan'

/** Who works in the test offices: each duty in 昆山, an editor in every direction from it, and the administrators. */
export const PEOPLE = {
  editor: { site: KUNSHAN, duties: ['editor'] },
  secondEditor: { site: KUNSHAN, duties: ['editor'] },
  firstReviewer: { site: KUNSHAN, duties: ['first-reviewer'] },
  secondReviewer: { site: KUNSHAN, duties: ['second-reviewer'] },
  finalReviewer: { site: KUNSHAN, duties: ['final-reviewer'] },
  deputy: { site: KUNSHAN, duties: ['final-reviewer'] },
  everything: { site: KUNSHAN, duties: texts },
  siteAdmin: { site: KUNSHAN, duties: ['site-admin'] },
  sibling: { site: 'suzhou-taicang', duties: texts },
  parent: { site: 'suzhou', duties: texts },
  subtree: { site: 'suzhou', duties: texts, includeSubtree: true },
  elsewhere: { site: 'nanjing', duties: texts, includeSubtree: true },
  inspector: { site: 'jiangsu', duties: ['inspector'], includeSubtree: true },
  provinceAdmin: { site: 'jiangsu', duties: ['province-admin'], includeSubtree: true },
  securityAdmin: { site: 'jiangsu', duties: ['security-admin'], includeSubtree: true },
  citySecurityAdmin: { site: 'suzhou', duties: ['security-admin'], includeSubtree: true },
  auditAdmin: { site: 'jiangsu', duties: ['audit-admin'], includeSubtree: true },
  former: { site: KUNSHAN, duties: texts, from: '2020-01-01', until: '2020-12-31' },
  coming: { site: KUNSHAN, duties: texts, from: '2999-01-01' },
  newcomer: { site: KUNSHAN, duties: texts, mustChangePassword: true },
  nobody: { site: KUNSHAN, duties: [] },
} as const satisfies Record<string, Planned>
export type PersonKey = keyof typeof PEOPLE
export type Person = { id: number; email: string; name: string; unit: string }

export const emailOf = (key: string) => `${key.toLowerCase()}@test.example`

/** Opens the accounts of `PEOPLE`. */
export const openTestPeople = (payload: Payload, siteIds: ReadonlyMap<string, number>): Promise<Record<PersonKey, Person>> =>
  openAccounts<PersonKey>(payload, siteIds, PEOPLE)

/** Opens accounts. Hashing one password twenty times would take longer than most tests: all share the first one's hash. */
export async function openAccounts<Key extends string>(
  payload: Payload, siteIds: ReadonlyMap<string, number>, plan: Record<Key, Planned>,
): Promise<Record<Key, Person>> {
  const planned = Object.entries<Planned>(plan).map(([key, each], index) => ({
    ...each, email: emailOf(key), name: `第${index + 1}人`, unit: `${key}科`, siteId: siteIds.get(each.site)! }))
  const [first, ...rest] = planned
  const opened = await payload.create({
    collection: 'users', overrideAccess: true, depth: 0,
    data: { email: first!.email, password: TEST_PASSWORD, name: first!.name, unit: first!.unit, site: first!.siteId, mustChangePassword: false },
  })
  const req = await createLocalReq({}, payload)
  await query(req, sql`
    insert into users (email, name, unit, site_id, must_change_password, salt, hash)
    select planned.email, planned.name, planned.unit, planned.site, planned.must, users.salt, users.hash
    from users, jsonb_to_recordset(${JSON.stringify(rest.map(({ email, name, unit, siteId, mustChangePassword }) => ({ email, name, unit, site: siteId, must: mustChangePassword ?? false })))}::jsonb)
      as planned (email text, name text, unit text, site int, must boolean)
    where users.id = ${opened.id}`)
  const grants = planned.flatMap(({ email, siteId, duties, includeSubtree = false, from, until }) => duties.map((duty, index) => (
    { email, duty, site: siteId, subtree: includeSubtree, from, until, position: index + 1 })))
  await query(req, sql`
    insert into users_grants (_order, _parent_id, id, duty, site_id, include_subtree, "from", until)
    select planned.position, users.id, md5(users.email || planned.duty), planned.duty::enum_users_grants_duty, planned.site, planned.subtree, planned."from", planned.until
    from users join jsonb_to_recordset(${JSON.stringify(grants)}::jsonb)
      as planned (email text, duty text, site int, subtree boolean, "from" timestamptz, until timestamptz, position int) on planned.email = users.email`)
  const { docs } = await payload.find({ collection: 'users', pagination: false, depth: 0, overrideAccess: true })
  return Object.fromEntries(Object.keys(plan).map((key) => {
    const { id, email, name, unit } = docs.find((user) => user.email === emailOf(key))!
    return [key, { id, email, name, unit }]
  })) as Record<Key, Person>
}
