import { columnPath, documentPath, homePath } from '@cluster/shared/delivery/addresses'
import { keepAlive } from '../ask.ts'
import type { Bench } from '../open-bench.ts'
import type { Figure } from '../measurement.ts'
import { summarise } from '../percentile.ts'
import { askPortal, search, untilPortalRests } from '../portal.ts'
import type { SignedIn } from '../sign-in.ts'
import { signInReviewers, transition, writeArticles, type WrittenArticle } from '../write-articles.ts'

const SITE = 'suzhou-kunshan'
/** Sites above it: their homes show the publication too, and are rendered anew beside the one that is watched. */
const ABOVE = ['suzhou', 'jiangsu']
const PUBLICATIONS = 50
const HOME_POLL_MS = 5
/** The engine works on one core with everything else: asking more often would slow down what is measured. */
const SEARCH_POLL_MS = 20
/** What has not appeared by then counts with this time. */
const GIVE_UP_MS = 15_000
/** Between two publications: the outbox comes to rest, as it would between two clicks of a person. */
const PAUSE_MS = 250

type Seen = { clickMs: number; homeMs: number; searchMs: number }

/** From the final reviewer's click to the public home page and to the search result. */
export const publish: Figure = {
  name: 'publish',
  label: '发布到可见',
  measure: async (bench) => {
    const { cluster, tell } = bench
    const people = await signInReviewers(cluster(), SITE)
    tell(`… 准备 ${PUBLICATIONS} 篇等待终审的稿件`)
    const waiting = await writeArticles(people, { site: SITE, column: 'updates', count: PUBLICATIONS, about: '发布时效测量稿件' })
    await warmPages(bench)
    const series: Seen[] = []
    for (const document of waiting) {
      series.push(await publishAndWatch(bench, people.final, document))
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    return [
      measured('终审点击到公开首页（p95）', 500, series, 'homeMs'),
      measured('终审点击到可以搜到（p95）', 1_000, series, 'searchMs'),
      { ...measured('终审点击得到后台答复（p95）', 0, series, 'clickMs'), bound: null },
    ]
  },
}

function measured(label: string, atMost: number, series: readonly Seen[], part: keyof Seen) {
  const details = summarise(series.map((seen) => seen[part]))
  const late = series.filter((seen) => seen[part] >= GIVE_UP_MS).length
  return {
    figure: 'publish',
    label,
    unit: 'ms' as const,
    bound: { atMost },
    measured: details.p95,
    details,
    note:
      `${details.count} 次，p50 ${Math.round(details.p50)}，最大 ${Math.round(details.max)}` +
      (late > 0 ? `，其中 ${late} 次未出现` : ''),
  }
}

/** Readers have been on these pages: they are in the store, and are rendered anew when the publication purges them. */
async function warmPages({ cluster }: Bench): Promise<void> {
  const { env } = cluster()
  for (const site of [SITE, ...ABOVE]) await askPortal(env, { site, path: homePath() })
  await askPortal(env, { site: SITE, path: columnPath('updates') })
}

async function publishAndWatch({ cluster }: Bench, final: SignedIn, document: WrittenArticle): Promise<Seen> {
  const { env } = cluster()
  await untilPortalRests(env)
  const agents = { home: keepAlive(), search: keepAlive() }
  let known: string | undefined
  const click = performance.now()
  const answered = transition(final, document, 'approve').then(() => performance.now() - click)
  const [clickMs, homeMs, searchMs] = await Promise.all([
    answered,
    untilSeen(click, HOME_POLL_MS, async () => {
      const headers: Record<string, string> = known === undefined ? {} : { 'if-none-match': known }
      const answer = await askPortal(env, { site: SITE, path: homePath(), agent: agents.home, headers })
      known = answer.headers.etag ?? known
      return answer.status === 200 && answer.body.includes(document.title)
    }),
    untilSeen(click, SEARCH_POLL_MS, async () => {
      const { hits, degraded } = await search(env, { site: SITE, q: document.title, agent: agents.search })
      return hits.some(({ title }) => title === document.title) && (!degraded || !env.MEILISEARCH_URL)
    }),
  ])
  agents.home.destroy()
  agents.search.destroy()
  // A reader who follows the link: the article's own page must be there as well.
  const page = await askPortal(env, { site: SITE, path: documentPath({ collection: 'articles', id: document.id }) })
  if (page.status !== 200)
    throw new Error(`${document.title} is on the home page, its own page answers ${page.status}`)
  return { clickMs, homeMs, searchMs }
}

/** Milliseconds from `start` until the question was answered with yes. */
async function untilSeen(start: number, everyMs: number, isThere: () => Promise<boolean>): Promise<number> {
  for (;;) {
    if (await isThere()) return performance.now() - start
    if (performance.now() - start > GIVE_UP_MS) return GIVE_UP_MS
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
