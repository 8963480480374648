import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { columnPath, documentPath, homePath } from '@cluster/shared/delivery/addresses'
import { markdownToRichText } from '../../../import/markdown-to-rich-text.ts'
import { keepAlive } from '../ask.ts'
import type { Bench } from '../open-bench.ts'
import type { Figure } from '../measurement.ts'
import { summarise } from '../percentile.ts'
import { askPortal, search, untilPortalRests } from '../portal.ts'
import { signIn, type SignedIn } from '../sign-in.ts'

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

type Waiting = { id: number; version: number; title: string }
type Seen = { clickMs: number; homeMs: number; searchMs: number }

/** From the final reviewer's click to the public home page and to the search result. */
export const publish: Figure = {
  name: 'publish',
  label: '发布到可见',
  measure: async (bench) => {
    const { cluster, tell } = bench
    const [editor, first, second, final] = await Promise.all(
      (['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer'] as const).map((duty) =>
        signIn(cluster(), { duty, site: SITE }),
      ),
    )
    if (!editor || !first || !second || !final) throw new Error('four people are needed')
    tell(`… 准备 ${PUBLICATIONS} 篇等待终审的稿件`)
    const waiting = await writeArticles({ editor, first, second })
    await warmPages(bench)
    const series: Seen[] = []
    for (const document of waiting) {
      series.push(await publishAndWatch(bench, final, document))
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

/** Writes the texts and takes them through the chain up to the final reviewer's desk. */
async function writeArticles({
  editor,
  first,
  second,
}: {
  editor: SignedIn
  first: SignedIn
  second: SignedIn
}): Promise<Waiting[]> {
  const columns = z
    .object({ docs: z.array(z.object({ id: z.number(), site: z.number() })) })
    .parse((await editor.call('GET', '/api/columns?where[key][equals]=updates&depth=0')).json)
  const [column] = columns.docs
  if (!column) throw new Error(`${SITE} has no column of work updates`)
  const run = randomBytes(3).toString('hex')
  const written: Waiting[] = []
  for (let number = 1; number <= PUBLICATIONS; number += 1) {
    const title = `${run}${String(number).padStart(2, '0')} 发布时效测量稿件`
    const answer = await editor.call('POST', '/api/articles?depth=0', {
      site: column.site,
      column: column.id,
      title,
      summary: '用来测量从终审到公开所需的时间。',
      body: markdownToRichText(`${title}的正文。\n\n发布之后，这一篇应当立即出现在公开首页和搜索结果里。`),
    })
    if (answer.status !== 201)
      throw new Error(`creating ${title}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`)
    const { doc } = z.object({ doc: z.object({ id: z.number(), version: z.number() }) }).parse(answer.json)
    const document = { ...doc, title }
    await transition(editor, document, 'submit')
    await transition(first, document, 'approve')
    await transition(second, document, 'approve')
    written.push(document)
  }
  return written
}

async function transition(person: SignedIn, { id, version, title }: Waiting, action: string): Promise<void> {
  const answer = await person.call('POST', `/api/articles/${id}/transitions`, { action, version })
  if (answer.status !== 200)
    throw new Error(`${action} of ${title}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`)
}

/** Readers have been on these pages: they are in the store, and are rendered anew when the publication purges them. */
async function warmPages({ cluster }: Bench): Promise<void> {
  const { env } = cluster()
  for (const site of [SITE, ...ABOVE]) await askPortal(env, { site, path: homePath() })
  await askPortal(env, { site: SITE, path: columnPath('updates') })
}

async function publishAndWatch({ cluster }: Bench, final: SignedIn, document: Waiting): Promise<Seen> {
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
