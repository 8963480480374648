import { documentPath, homePath } from '@cluster/shared/delivery/addresses'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { keepAlive } from '../ask.ts'
import type { Bench } from '../open-bench.ts'
import type { Figure } from '../measurement.ts'
import { summarise } from '../percentile.ts'
import { askPortal, untilPortalRests } from '../portal.ts'
import type { SignedIn } from '../sign-in.ts'
import { signInReviewers, transition, writeArticles, type WrittenArticle } from '../write-articles.ts'

const FROM = 'jiangsu'
const TARGETS = JIANGSU_SITES.filter(({ slug }) => slug !== FROM).map(({ slug }) => slug)
const PUSHES = 20
/** Readers who ask for home pages at the same time, over and over, until all show the text. */
const READERS = 4
/** What has not appeared by then counts with this time. */
const GIVE_UP_MS = 20_000

/** From the province's click to the home pages of all sites below it, which readers had in the store. */
export const push: Figure = {
  name: 'push',
  label: '省级推送到全部站点',
  measure: async (bench) => {
    const people = await signInReviewers(bench.cluster(), FROM)
    bench.tell(`… 准备 ${PUSHES} 篇等待推送的通知`)
    const documents = await writeArticles(people, { site: FROM, column: 'notices', count: PUSHES, about: '推送时效测量通知' })
    const all: number[] = []
    const answers: number[] = []
    for (const document of documents) {
      await transition(people.final, document, 'approve')
      await warmHomes(bench)
      const { clickMs, allMs } = await pushAndWatch(bench, people.final, document)
      answers.push(clickMs)
      all.push(allMs)
    }
    const details = summarise(all)
    return [
      {
        figure: 'push',
        label: `点击推送到 ${TARGETS.length} 个站点首页都能看到（p95）`,
        unit: 'ms',
        bound: { atMost: 2_000 },
        measured: details.p95,
        details,
        note: `${details.count} 次，p50 ${Math.round(details.p50)}，最大 ${Math.round(details.max)}`,
      },
      { figure: 'push', label: '点击推送得到后台答复（p95）', unit: 'ms', bound: null, measured: summarise(answers).p95 },
    ]
  },
}

/** Readers have been on every home page: all are in the store, and are rendered anew when the push purges them. */
async function warmHomes({ cluster }: Bench): Promise<void> {
  const { env } = cluster()
  await untilPortalRests(env)
  for (const site of TARGETS) await askPortal(env, { site, path: homePath() })
  await untilPortalRests(env)
}

async function pushAndWatch(
  { cluster }: Bench,
  final: SignedIn,
  document: WrittenArticle,
): Promise<{ clickMs: number; allMs: number }> {
  const { env } = cluster()
  const agent = keepAlive(READERS)
  const left = [...TARGETS]
  const click = performance.now()
  const answered = final
    .call('POST', '/api/content-pool/pushes', {
      site: FROM,
      collection: 'articles',
      id: document.id,
      mode: 'mandatory',
      targets: TARGETS,
    })
    .then((answer) => {
      if (answer.status !== 200)
        throw new Error(`push of ${document.title}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`)
      return performance.now() - click
    })
  const read = async (): Promise<void> => {
    for (let site = left.shift(); site !== undefined && performance.now() - click < GIVE_UP_MS; site = left.shift()) {
      const answer = await askPortal(env, { site, path: homePath(), agent })
      // Not there yet: asked again when everybody else has been.
      if (answer.status !== 200 || !answer.body.includes(document.title)) left.push(site)
    }
  }
  const clickMs = await answered
  await Promise.all(Array.from({ length: READERS }, read))
  const allMs = left.length > 0 ? GIVE_UP_MS : performance.now() - click
  agent.destroy()
  // A reader who follows the link finds the text on the site itself.
  const site = TARGETS.at(-1)!
  const page = await askPortal(env, { site, path: documentPath({ collection: 'articles', id: document.id }) })
  if (page.status !== 200) throw new Error(`${document.title} is on the home page of ${site}, its own page answers ${page.status}`)
  return { clickMs, allMs }
}
