import { columnPath, documentPath, homePath } from '@cluster/shared/delivery/addresses'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { ask, keepAlive } from '../ask.ts'
import { groupBy } from '../group-by.ts'
import { readLoadedDocuments, type LoadedDocument } from '../loaded-documents.ts'
import type { Figure, Measurement } from '../measurement.ts'
import { summarise } from '../percentile.ts'
import { pickEvenly } from '../pick-evenly.ts'
import { askPortal, hostOf, readPortal, untilPortalRests } from '../portal.ts'

const CROWD = 100
const CROWDED_PAGES = 5
/** Documents make up most of a portal's pages, and are most of what is asked for cold. */
const COLD = { imported: 100, own: 100, homes: 20, columns: 20 }

type Page = { kind: string; site: string; path: string }

/** Pages that are not in the store: how many renders a crowd causes, and how long one reader waits. */
export const coldPage: Figure = {
  name: 'cold',
  label: '首次打开的页面',
  measure: async ({ cluster }) => {
    const { env } = cluster()
    const pages = coldPages(await readLoadedDocuments(env))
    return [await measureCrowds(env, pages.crowded), await measureColdPages(env, pages.single)]
  },
}

async function measureCrowds(env: Record<string, string>, pages: readonly Page[]): Promise<Measurement> {
  const crowds: Array<{ path: string; renders: number; ms: number }> = []
  for (const { site, path } of pages) {
    await untilPortalRests(env)
    const before = await readPortal(env)
    const start = performance.now()
    const answers = await Promise.all(Array.from({ length: CROWD }, () => askPortal(env, { site, path })))
    const ms = Math.round(performance.now() - start)
    const wrong = answers.find(({ status, body }) => status !== 200 || !body.equals(answers[0]!.body))
    if (wrong) throw new Error(`${CROWD} requests for ${site}${path} did not get one page: ${wrong.status}`)
    crowds.push({ path, renders: (await readPortal(env)).renders - before.renders, ms })
  }
  return {
    figure: 'cold',
    label: `${CROWD} 个同时请求同一个未存页面，渲染次数`,
    unit: 'renders',
    bound: { atMost: 1 },
    measured: Math.max(...crowds.map(({ renders }) => renders)),
    note: `${crowds.length} 个页面，取最多的一次`,
    details: { crowds },
  }
}

async function measureColdPages(env: Record<string, string>, pages: readonly Page[]): Promise<Measurement> {
  await untilPortalRests(env)
  const before = await readPortal(env)
  const agent = keepAlive()
  const series: Array<Page & { ms: number }> = []
  for (const page of pages) {
    const { status, ms } = await ask({
      port: Number(env.PORTAL_PORT),
      host: hostOf(page.site),
      path: page.path,
      agent,
      headers: { 'accept-encoding': 'br, gzip' },
    })
    if (status !== 200) throw new Error(`${page.site}${page.path}: ${status}`)
    series.push({ ...page, ms })
  }
  agent.destroy()
  const renders = (await readPortal(env)).renders - before.renders
  const byKind = Object.fromEntries(
    [...groupBy(series, ({ kind }) => kind)].map(([kind, each]) => [kind, summarise(each.map(({ ms }) => ms))]),
  )
  const whole = summarise(series.map(({ ms }) => ms))
  const slowest = [...series]
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 10)
    .map(({ site, path, ms }) => ({ page: `${site}${path}`, ms: Math.round(ms) }))
  return {
    figure: 'cold',
    label: '未存页面逐个打开（p95）',
    unit: 'ms',
    bound: { atMost: 60 },
    measured: whole.p95,
    note: `${whole.count} 个不同页面，渲染 ${renders} 次，p50 ${whole.p50}，最大 ${whole.max}`,
    details: { ...whole, renders, byKind, slowest },
  }
}

/** Pages that nobody has asked for since the portal started, mixed as readers would come to them. */
function coldPages(documents: readonly LoadedDocument[]): { crowded: Page[]; single: Page[] } {
  const pageOf =
    (kind: string) =>
    ({ site, collection, id }: LoadedDocument): Page => ({
      kind,
      site,
      path: documentPath({ collection: collection as DocumentCollection, id }),
    })
  const imported = documents.filter(({ isImported }) => isImported)
  // The last site's pages are asked for by no other figure.
  const own = documents.filter(
    ({ isImported, site, collection }) => !isImported && collection !== 'letters' && site !== 'suzhou-kunshan',
  )
  const crowded = pickEvenly(imported.length > 0 ? imported : own, CROWDED_PAGES)
  const isSingle = (document: LoadedDocument) => !crowded.includes(document)
  const sites = JIANGSU_SITES.map(({ slug }) => slug).filter(
    (slug) => !['jiangsu', 'suzhou', 'suzhou-kunshan'].includes(slug),
  )
  const groups = [
    pickEvenly(imported.filter(isSingle), COLD.imported).map(pageOf('imported')),
    pickEvenly(own.filter(isSingle), COLD.own + COLD.imported - Math.min(COLD.imported, imported.length)).map(
      pageOf('document'),
    ),
    pickEvenly(sites, COLD.homes).map((site) => ({ kind: 'home', site, path: homePath() })),
    pickEvenly(sites.toReversed(), COLD.columns).map((site) => ({
      kind: 'column',
      site,
      path: columnPath('updates'),
    })),
  ]
  return { crowded: crowded.map(pageOf('crowded')), single: interleave(groups) }
}

/** One of each group in turn, until all are used up. */
function interleave<T>(groups: readonly T[][]): T[] {
  const longest = Math.max(...groups.map((group) => group.length))
  return Array.from({ length: longest }, (_, index) =>
    groups.flatMap((group) => (index < group.length ? [group[index]!] : [])),
  ).flat()
}
