import type { PayloadRequest } from 'payload'
import { isPermitted, refusal } from '@cluster/shared/issue'
import { type OpeningFacts, openingIssues } from '@cluster/shared/governance/site-lifecycle/opening'
import type { ChangeKind } from '@cluster/shared/governance/site-lifecycle/steps'
import { today } from '../../../access/granted-sites.ts'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse, Refused } from '../../people/answer.ts'
import { allManifests } from '../rollouts/manifest-named.ts'
import { requireProvince } from './province.ts'
import { type ChangeDetails, type ChangeSite, changesOf, insertChange, readSites, writeStep } from './store.ts'

/** Names the lock that procedures are begun under, one after the other. */
const BEGIN_LOCK = 726_521

export type NewChange =
  | { kind: 'open'; opening: OpeningFacts }
  | { kind: 'merge'; site: string; target: string }
  | { kind: 'close'; site: string; office: string; until: string }

/**
 * Begins a procedure; nothing happens to any site before its first step.
 * @returns its id
 * @throws Refused with everything that is wrong with its facts
 */
export async function createChange(req: PayloadRequest, wanted: NewChange): Promise<number> {
  await requireProvince(req)
  return inTransaction(req, async () => {
    await query(req, sql`select pg_advisory_xact_lock(${BEGIN_LOCK})`)
    const { site, target, facts } = plan(wanted, await readSites(req), clockOf(req))
    if ((await changesOf(req, site)).length > 0) refuse(409, 'busy-site', '这个站点还有另一件开设、合并或关闭没有办完，请先办完或取消。')
    const now = clockOf(req)
    const id = await insertChange(req, { kind: wanted.kind, site, target, facts, now })
    await writeStep(req, id, { action: 'create', step: null, now })
    await audit(req, { deed: 'change-site', site, detail: { change: id, kind: wanted.kind, action: 'create', ...(target ? { target } : {}) } })
    return id
  })
}

type Plan = { site: string; target: string | null; facts: ChangeDetails }

function plan(wanted: NewChange, sites: readonly ChangeSite[], now: Date): Plan {
  if (wanted.kind === 'open') {
    const issues = openingIssues(wanted.opening, sites, allManifests().map(({ id }) => id))
    if (!isPermitted(issues)) throw new Refused(422, issues)
    const parent = sites.find(({ slug }) => slug === wanted.opening.parent)!
    const region = parent.level === 'city' ? parent.region : wanted.opening.region
    return { site: wanted.opening.slug, target: null, facts: { opening: { ...wanted.opening, region } } }
  }
  const site = openSite(wanted.site, sites, wanted.kind, 'site')
  if (wanted.kind === 'merge') {
    const target = openSite(wanted.target, sites, wanted.kind, 'target')
    if (target.slug === site.slug || target.level !== site.level) refuse(422, 'target-unfit', '接收站点须是另一个同级的站点，请重新选择。', 'target')
    return { site: site.slug, target: target.slug, facts: {} }
  }
  if (wanted.until <= today(now)) refuse(422, 'day-past', '公告至少要挂到明天，请选一个以后的日期。', 'until')
  return { site: site.slug, target: site.parent, facts: { closing: { office: wanted.office.trim(), until: wanted.until } } }
}

function openSite(slug: string, sites: readonly ChangeSite[], kind: ChangeKind, path: string): ChangeSite {
  const site = sites.find((each) => each.slug === slug)
  if (!site || site.standing || site.parent === null) {
    throw new Refused(422, [refusal('site-unfit', kind === 'close' ? '只能关闭已开通的设区市、县级站点，请重新选择。' : '只能合并已开通的设区市、县级站点，请重新选择。', path)])
  }
  return site
}
