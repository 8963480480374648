import { columnPath, documentPath, homePath } from '@cluster/shared/delivery/addresses'
import { RELEASE_STYLES_PATH, releaseStylesSchema } from '@cluster/shared/delivery/trial'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { keepAlive } from '../ask.ts'
import { readLoadedDocuments } from '../loaded-documents.ts'
import type { Figure } from '../measurement.ts'
import type { Bench } from '../open-bench.ts'
import { summarise } from '../percentile.ts'
import { askPortal, untilPortalRests } from '../portal.ts'
import { NEW_RELEASE, openSteward, rehearse } from '../rehearse-release.ts'

/** Forward and back so often. */
const ROUNDS = 10
/** Documents of the site that are in the store, beside its home page and its columns. */
const DOCUMENTS = 20
const GIVE_UP_MS = 15_000

type Page = { path: string }
type Seen = { ms: number; mixed: number; asked: number }

/** From the steward's click until every stored page of a pilot site is drawn by the other release. */
export const releaseSwitch: Figure = {
  name: 'release-switch',
  label: '切换模板',
  measure: async (bench) => {
    const steward = await openSteward(bench)
    const { id, run } = await rehearse(steward)
    const { rings } = await steward.read(id)
    const { site, pages } = await pagesOf(bench, rings[0]!.sites)
    const styles = await stylesOf(bench, site)
    const before = Object.keys(styles).find((release) => release !== NEW_RELEASE)!
    if (run.red.some((slug) => rings[0]!.sites.includes(slug))) throw new Error(`pilots are red in the dry run: ${run.red.join()}`)
    const series: Seen[] = []
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [action, release] of [[round === 0 ? 'start' : 'resume', NEW_RELEASE], ['halt', before]] as const) {
          for (const { path } of pages) await askPortal(bench.cluster().env, { site, path })
          await untilPortalRests(bench.cluster().env)
          const click = performance.now()
          const [seen] = await Promise.all([watch(bench, { site, pages, release, styles, click }), steward.step(id, action)])
          series.push(seen)
        }
      }
    } finally {
      await steward.step(id, 'cancel')
    }
    const details = summarise(series.map(({ ms }) => ms))
    const mixed = series.reduce((sum, seen) => sum + seen.mixed, 0)
    return [
      {
        figure: 'release-switch', label: `点击到本站 ${pages.length} 个已存页面都用新模板（p95）`, unit: 'ms', bound: { atMost: 1_000 }, measured: details.p95, details,
        note: `${details.count} 次往返，p50 ${Math.round(details.p50)}，最大 ${Math.round(details.max)}；同时切换 ${rings[0]!.sites.length} 个站点`,
      },
      {
        figure: 'release-switch', label: '切换时混用两个模板的页面', unit: 'requests', bound: { atMost: 0 }, measured: mixed,
        note: `${series.reduce((sum, { asked }) => sum + asked, 0)} 次打开`,
      },
    ]
  },
}

/** The pilot that has the most documents, with its pages. */
async function pagesOf({ cluster }: Bench, pilots: readonly string[]): Promise<{ site: string; pages: Page[] }> {
  const documents = await readLoadedDocuments(cluster().env)
  const own = (slug: string) => documents.filter(({ site }) => site === slug)
  const site = [...pilots].sort((one, other) => own(other).length - own(one).length)[0]!
  const paths = [homePath(), ...MANDATED_COLUMNS.map(({ key }) => columnPath(key)), ...own(site).slice(0, DOCUMENTS).map((document) => documentPath({ collection: document.collection as DocumentCollection, id: document.id }))]
  return { site, pages: paths.map((path) => ({ path })) }
}

async function stylesOf({ cluster }: Bench, site: string) {
  const answer = await askPortal(cluster().env, { site, path: RELEASE_STYLES_PATH })
  return releaseStylesSchema.parse(JSON.parse(answer.body.toString('utf8')))
}

/** Asks for each page again and again until all are drawn by the release; counts those that show the styles of two. */
async function watch(
  { cluster }: Bench,
  { site, pages, release, styles, click }: { site: string; pages: readonly Page[]; release: string; styles: Record<string, string[]>; click: number },
): Promise<Seen> {
  const agent = keepAlive(4)
  const waiting = new Set(pages)
  const seen: Seen = { ms: 0, mixed: 0, asked: 0 }
  while (waiting.size > 0 && performance.now() - click < GIVE_UP_MS) {
    for (const page of [...waiting]) {
      const { body } = await askPortal(cluster().env, { site, path: page.path, agent })
      const html = body.toString('utf8')
      const releases = Object.entries(styles).filter(([, sheets]) => sheets.some((sheet) => html.includes(sheet))).map(([name]) => name)
      seen.asked += 1
      if (releases.length > 1) seen.mixed += 1
      if (releases.length === 1 && releases[0] === release) waiting.delete(page)
    }
  }
  seen.ms = performance.now() - click
  agent.destroy()
  return seen
}
