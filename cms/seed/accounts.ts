import { createLocalReq, type Payload } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { inTransaction, query, sql } from '../database/query.ts'
import { makePassword } from '../domains/people/passwords/make-password.ts'
import type { User } from '../payload-types.ts'
import type { SiteContent } from './site-content.ts'

export type DemoAccount = { email: string; password: string; name: string; duty: Duty; site: string }
type Planned = Omit<DemoAccount, 'password'> & { unit: string; includeSubtree: boolean }

/** Who governs the cluster in the demo; the offices' own people come with their texts. */
const PROVINCE_PEOPLE: readonly Planned[] = [
  ['province-admin', '许文远', '综合处'], ['security-admin', '汪若琳', '信息中心'], ['audit-admin', '孔令仪', '监督检查处'],
  ['template-steward', '季晓岚', '信息中心'], ['inspector', '邵承泽', '监督检查处'],
].map(([duty, name, unit]) => ({
  email: `${duty}@jiangsu.example`, name: name!, unit: unit!, duty: duty as Duty, site: 'jiangsu', includeSubtree: true }))

/** One site administrator for each city and its counties; names are made up. */
const CITY_ADMINS = ['严书恒', '狄雨晴', '费明哲', '柏思远', '宗慧敏', '卞立群', '闵嘉禾', '史可盈', '桑以宁', '虞承志', '全子墨', '冷秋白', '宫照临']

function planAccounts(contents: ReadonlyMap<string, SiteContent>): Planned[] {
  const cities = JIANGSU_SITES.filter(({ level }) => level === 'city')
  return [
    ...PROVINCE_PEOPLE,
    ...cities.map((city, index): Planned => ({
      email: `site-admin@${city.slug}.example`, name: CITY_ADMINS[index]!, unit: '信息中心', duty: 'site-admin', site: city.slug, includeSubtree: true })),
    ...[...contents].flatMap(([site, { office }]) => office.map(({ name, unit, role }): Planned => ({
      email: `${role}@${site}.example`, name, unit, duty: role, site, includeSubtree: false }))),
  ]
}

/** Opens the demo accounts. All of them have one password, made for this data folder. @returns them, and who does what on each site */
export async function openDemoAccounts(
  payload: Payload, siteIds: ReadonlyMap<string, number>, contents: ReadonlyMap<string, SiteContent>,
): Promise<{ accounts: DemoAccount[]; people: Map<string, User> }> {
  const password = makePassword()
  const planned = planAccounts(contents)
  const req = await createLocalReq({}, payload)
  await inTransaction(req, async () => {
    const [pattern, ...rest] = planned
    const first = await payload.create({
      collection: 'users', req, overrideAccess: true, depth: 0,
      data: { email: pattern!.email, password, name: pattern!.name, unit: pattern!.unit, site: siteIds.get(pattern!.site)!, mustChangePassword: false },
    })
    // Hashing one password 450 times over would take longer than all the rest: the demo's accounts share the first one's hash.
    await query(req, sql`
      insert into users (email, name, unit, site_id, must_change_password, salt, hash)
      select demo.email, demo.name, demo.unit, demo.site, false, users.salt, users.hash
      from users, jsonb_to_recordset(${JSON.stringify(rest.map((account) => ({ ...account, site: siteIds.get(account.site) })))}::jsonb)
        as demo (email text, name text, unit text, site int)
      where users.id = ${first.id}`)
    await query(req, sql`
      insert into users_grants (_order, _parent_id, id, duty, site_id, include_subtree)
      select 1, users.id, md5(users.email), demo.duty::enum_users_grants_duty, demo.site, demo."includeSubtree"
      from users join jsonb_to_recordset(${JSON.stringify(planned.map((account) => ({ ...account, site: siteIds.get(account.site) })))}::jsonb)
        as demo (email text, duty text, site int, "includeSubtree" boolean) on demo.email = users.email`)
  })
  const { docs } = await payload.find({ collection: 'users', pagination: false, depth: 0, overrideAccess: true })
  const people = new Map(docs.map((user) => [user.email, { ...user, collection: 'users' as const }]))
  return { accounts: planned.map(({ email, name, duty, site }) => ({ email, password, name, duty, site })), people }
}
