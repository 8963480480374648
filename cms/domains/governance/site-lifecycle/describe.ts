import type { PayloadRequest } from 'payload'
import type { Issue } from '@cluster/shared/issue'
import { columnsToMap, fittingColumns } from '@cluster/shared/governance/site-lifecycle/merging'
import { CHANGE_STEPS, type Step } from '@cluster/shared/governance/site-lifecycle/steps'
import { REGION_NAMES } from '@cluster/shared/governance/site-tree'
import { allManifests } from '../rollouts/manifest-named.ts'
import { columnFacts, type Counts, countSite, readinessOf } from './check-list.ts'
import { type ChangeStep, listChanges, readChange, readSites, readSteps, type SiteChange } from './store.ts'
import { nameOf } from './take-step.ts'

export type ChangePage = {
  change: SiteChange
  siteName: string
  targetName: string | null
  steps: readonly Step[]
  againstNext: Issue[]
  againstUndo: Issue[]
  /** Null before the site is there. */
  counts: Counts | null
  /** Local columns that somebody has to decide about, each with the columns that would fit. */
  columns: Array<{ key: string; name: string; fitting: Array<{ key: string; name: string }>; mayBeMade: boolean }>
  history: ChangeStep[]
}

/** A procedure as its page shows it; null where there is none. */
export async function describeChange(req: PayloadRequest, id: number): Promise<ChangePage | null> {
  const change = await readChange(req, id)
  if (!change) return null
  const sites = await readSites(req)
  const site = sites.find(({ slug }) => slug === change.site)
  const target = sites.find(({ slug }) => slug === change.target)
  const isOver = change.state === 'done' || change.state === 'cancelled'
  const readiness = isOver ? { againstNext: [], againstUndo: [] } : await readinessOf(req, change)
  return {
    change, ...await nameOf(req, change), targetName: target?.name ?? null, steps: CHANGE_STEPS[change.kind], ...readiness,
    counts: site ? await countSite(req, site) : null,
    columns: change.kind === 'merge' && site && target && !isOver ? await openColumns(req, site.id, target.id) : [],
    history: await readSteps(req, id),
  }
}

async function openColumns(req: PayloadRequest, from: number, into: number): Promise<ChangePage['columns']> {
  const there = await columnFacts(req, into)
  return columnsToMap(await columnFacts(req, from), there).map((column) => ({
    key: column.key, name: column.name, fitting: fittingColumns(column, there).map(({ key, name }) => ({ key, name })), mayBeMade: !there.some(({ key }) => key === column.key) }))
}

export type ChangeList = {
  changes: Array<SiteChange & { siteName: string; targetName: string | null }>
  sites: Array<{ slug: string; name: string; level: string; parent: string | null; release: string; isOpen: boolean }>
  releases: Array<{ id: string; name: string }>
  regions: Array<{ key: string; name: string }>
}

/** All procedures, and what a new one can be about. */
export async function listForPage(req: PayloadRequest): Promise<ChangeList> {
  const [changes, sites] = [await listChanges(req), await readSites(req)]
  const named = (slug: string | null) => sites.find((site) => site.slug === slug)?.name ?? null
  return {
    changes: changes.map((change) => ({ ...change, siteName: named(change.site) ?? change.facts.opening?.division ?? change.site, targetName: named(change.target) })),
    sites: sites.map(({ slug, name, level, parent, release, standing, isFrozen }) => ({ slug, name, level, parent, release, isOpen: standing === null && !isFrozen })),
    releases: allManifests().map(({ id, name }) => ({ id, name })),
    regions: Object.entries(REGION_NAMES).map(([key, name]) => ({ key, name })),
  }
}
