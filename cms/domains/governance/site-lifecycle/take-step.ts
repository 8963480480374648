import type { PayloadRequest } from 'payload'
import type { ColumnChoice } from '@cluster/shared/governance/site-lifecycle/merging'
import { type ChangeAction, decideChange, type StepName } from '@cluster/shared/governance/site-lifecycle/steps'
import { forgetSiteTree } from '../../../access/site-tree-cache.ts'
import { audit } from '../../../audit/record.ts'
import { inTransaction } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse, Refused } from '../../people/answer.ts'
import { mergingReason, orderPortion } from './carry.ts'
import { readinessOf } from './check-list.ts'
import { finishClosing, finishMerger } from './finish.ts'
import { chooseColumns, unchooseColumns } from './map-columns.ts'
import { countMovable } from './move-documents.ts'
import { moveGrants, returnGrants } from './move-grants.ts'
import { buildStructure, removeStructure } from './open-structure.ts'
import { requireProvince } from './province.ts'
import { showStanding } from './show-standing.ts'
import { type ChangeDetails, type ChangeSite, lockChange, readSites, type SiteChange, writeChange, writeStep } from './store.ts'

export type StepRequest = {
  action: ChangeAction
  version: number
  /** The site's name, typed before the last step. */
  confirm?: string | undefined
  columns?: readonly ColumnChoice[] | undefined
  people?: readonly number[] | undefined
}
/** What a step leaves: tags of pages that change, words for the history, and what is noted of the procedure. */
type Effect = { tags: string[]; detail?: Record<string, unknown>; facts?: ChangeDetails; total?: number }

const CONFLICTS = ['stale-version', 'wrong-state', 'steps-taken']

/**
 * Takes a step of a procedure, takes the last one back, or ends it before its first: in one transaction with history, audit row, the order
 * for the worker and, last, one row of the change feed.
 * @throws Refused with every reason; nothing is changed then
 */
export async function takeStep(req: PayloadRequest, id: number, request: StepRequest): Promise<void> {
  await requireProvince(req)
  await inTransaction(req, async () => {
    const change = await lockChange(req, id) ?? refuse(404, 'not-found', '没有找到这件事。')
    const { kind, state, version, done } = change
    const { siteName } = await nameOf(req, change)
    const decision = decideChange({ kind, state, version, done, siteName, ...await readinessOf(req, change) }, request)
    const errors = decision.issues.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) throw new Refused(errors.some(({ code }) => CONFLICTS.includes(code)) ? 409 : 422, errors)
    const step = decision.step?.name ?? null
    const effect: Effect = step === null ? { tags: [] } : await (request.action === 'undo' ? takeBack : carryOut)(req, change, step, request)
    const total = effect.total ?? change.total
    await writeChange(req, { ...change, ...decision.next, facts: effect.facts ?? change.facts, total, moved: effect.total === undefined ? change.moved : 0 })
    const now = clockOf(req)
    await writeStep(req, id, { action: request.action, step, detail: effect.detail ?? {}, now })
    await audit(req, { deed: 'change-site', site: change.site, version: version + 1, detail: { change: id, kind, action: request.action, step, ...effect.detail } })
    if (decision.next.state === 'moving' || decision.next.state === 'returning') await orderPortion(req, id)
    forgetSiteTree(req.payload)
    if (effect.tags.length > 0) await announce(req, effect.tags)
  })
  forgetSiteTree(req.payload)
}

/** The name by which the site is known, or will be. */
export async function nameOf(req: PayloadRequest, { site: slug, facts }: SiteChange): Promise<{ siteName: string }> {
  const site = (await readSites(req)).find((each) => each.slug === slug)
  return { siteName: site?.name ?? facts.opening?.division ?? slug }
}

async function endsOf(req: PayloadRequest, { site, target }: SiteChange): Promise<{ from: ChangeSite; into: ChangeSite }> {
  const sites = await readSites(req)
  const find = (slug: string | null) => sites.find((each) => each.slug === slug) ?? refuse(409, 'site-missing', '没有找到要办理的站点。')
  return { from: find(site), into: target === null ? find(site) : find(target) }
}

async function carryOut(req: PayloadRequest, change: SiteChange, step: StepName, request: StepRequest): Promise<Effect> {
  if (step === 'structure') return { tags: await buildStructure(req, change.facts.opening!) }
  const { from, into } = await endsOf(req, change)
  switch (step) {
    case 'publish': return { tags: await showStanding(req, from, { standing: null, isFrozen: false }) }
    case 'freeze': return { tags: await showStanding(req, from, { standing: null, isFrozen: true, reason: await restReason(req, change) }) }
    case 'columns': {
      const { facts, tags } = await chooseColumns(req, { from, into }, request.columns ?? [])
      return { tags, facts: { ...change.facts, ...facts }, detail: { columns: facts.columns, made: facts.made } }
    }
    case 'move': {
      const total = await countMovable(req, from.id)
      const standing = { state: 'merging' as const, into: into.slug, columns: change.facts.columns ?? {}, isEmptied: false }
      return { total, detail: { total }, tags: await showStanding(req, from, { standing, isFrozen: true, reason: await restReason(req, change) }) }
    }
    case 'people': return { tags: [], detail: { grants: await moveGrants(req, { change: change.id, from, into }, request.people ?? []), people: request.people ?? [] } }
    case 'notice': {
      const standing = { state: 'closing' as const, successor: into.slug, ...change.facts.closing! }
      return { detail: { ...change.facts.closing }, tags: await showStanding(req, from, { standing, isFrozen: true, reason: await restReason(req, change) }) }
    }
    case 'finish': return change.kind === 'merge' ? finishMerger(req, change, { from, into }) : finishClosing(req, { from, into })
  }
}

async function takeBack(req: PayloadRequest, change: SiteChange, step: StepName): Promise<Effect> {
  const { from, into } = await endsOf(req, change)
  const reason = await restReason(req, change)
  switch (step) {
    case 'structure': return { tags: await removeStructure(req, from) }
    case 'freeze': return { tags: await showStanding(req, from, { standing: null, isFrozen: false }) }
    case 'columns': {
      const tags = await unchooseColumns(req, { from, into }, change.facts)
      const { columns: _, made: __, ...facts } = change.facts
      return { tags, facts }
    }
    // Readers find the site again while its texts come back; what is still away leads to where it is.
    case 'move': return { tags: await showStanding(req, from, {
      standing: { state: 'merging', into: into.slug, columns: change.facts.columns ?? {}, isEmptied: false }, isFrozen: true, reason }) }
    case 'people': return { tags: [], detail: { grants: await returnGrants(req, { change: change.id, from, into }) } }
    case 'notice': return { tags: await showStanding(req, from, { standing: null, isFrozen: true, reason }) }
    default: return refuse(409, 'last-step', '最后一步不能撤回。')
  }
}

/** The sentence that an editor reads instead of “saved”. */
async function restReason(req: PayloadRequest, { kind, target }: SiteChange): Promise<string> {
  return kind === 'merge' ? mergingReason(req, target!)
    : '本站点正在办理关闭，已停止编辑，刚才的修改没有保存，也不能再签发稿件。有急事请联系省级编办；内容有错，仍可撤稿。'
}
