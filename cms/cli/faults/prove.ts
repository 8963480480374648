import { feedSliceSchema, columnAnswerSchema } from '@cluster/shared/delivery/api'
import { documentPath, searchApiPath } from '@cluster/shared/delivery/addresses'
import { documentTag } from '@cluster/shared/delivery/tags'
import { z } from 'zod'
import { ask, askJson } from '../bench/ask.ts'
import { readerAddress } from '../bench/portal.ts'
import { withClient } from '../services/make-database.ts'
import type { Deed, Ledger } from './ledger.ts'
import { WORKED_SITE, type Trial } from './open-trial.ts'
import type { Person } from './person.ts'

const HOST = `${WORKED_SITE}.localhost`
const AT_ONCE = 4

/**
 * Looks from outside for the deeds that were acknowledged (all, or those given): through REST, at every portal, in the change feed and in the search. Answers a
 * sentence for each that is missing, altered, or there more than once.
 */
export async function prove(trial: Trial, ledger: Ledger, editor: Person, deeds: readonly Deed[] = ledger.deeds): Promise<string[]> {
  const { tags, events } = await readEvents(trial)
  const entries = await listColumn(trial)
  const faults: string[] = []
  const queue = [...deeds]
  const look = async () => {
    for (let deed = queue.shift(); deed; deed = queue.shift()) {
      faults.push(...await proveSaved(editor, deed))
      if (deed.isPublished) faults.push(...await provePublic(trial, deed, { tags, entries }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  for (const title of ledger.uncertain) {
    const count = await countTitle(editor, title)
    if (count > 1) faults.push(`“${title}”只保存了一次，却有 ${count} 篇`)
  }
  const announced = events - ledger.eventsBefore
  if (announced !== ledger.published()) faults.push(`发布了 ${ledger.published()} 篇，变更通知却有 ${announced} 次`)
  faults.push(...await proveOnce(trial))
  return faults
}

const chainSchema = z.object({ signOffs: z.array(z.object({ link: z.string() })), steps: z.array(z.object({ to: z.string() })) })

async function proveSaved(editor: Person, deed: Deed): Promise<string[]> {
  const name = `第 ${deed.id} 号“${deed.title}”`
  const document = await editor.call('GET', `/api/articles/${deed.id}?depth=0`)
  if (document.status !== 200) return [`${name}：保存得到过确认，现在读不到（${document.status} ${document.text.slice(0, 120)}）`]
  const faults: string[] = []
  if (!JSON.stringify(document.json.body).includes(deed.words)) faults.push(`${name}：正文与保存时不同`)
  const count = await countTitle(editor, deed.title)
  if (count !== 1) faults.push(`${name}：应有 1 篇，实有 ${count} 篇`)
  const chain = chainSchema.safeParse((await editor.call('GET', `/api/articles/${deed.id}/chain`)).json)
  if (!chain.success) return [...faults, `${name}：审核记录读不到`]
  const links = chain.data.signOffs.map(({ link }) => link)
  if (links.length < deed.steps) faults.push(`${name}：确认过 ${deed.steps} 次签批，只有 ${links.length} 次（${links.join('、')}）`)
  if (new Set(links).size !== links.length) faults.push(`${name}：有一个环节签了两次（${links.join('、')}）`)
  const releases = chain.data.steps.filter(({ to }) => to === 'published').length
  if (deed.isPublished && releases !== 1) faults.push(`${name}：应发布 1 次，记录里是 ${releases} 次`)
  return faults
}

async function provePublic(
  trial: Trial, deed: Deed, { tags, entries }: { tags: ReadonlySet<string>; entries: ReadonlyMap<number, number> },
): Promise<string[]> {
  const name = `第 ${deed.id} 号“${deed.title}”`
  const faults: string[] = []
  const path = documentPath({ collection: 'articles', id: deed.id })
  for (const portal of trial.of('portal')) {
    const page = await ask({ port: trial.ports[portal.name]!, host: HOST, path })
    if (page.status !== 200 || !page.body.includes(deed.words)) faults.push(`${name}：发布得到过确认，${portal.name} 上没有（${page.status}）`)
  }
  if (!tags.has(documentTag({ collection: 'articles', id: deed.id }))) faults.push(`${name}：变更通知里没有它`)
  const listed = entries.get(deed.id) ?? 0
  if (listed !== 1) faults.push(`${name}：栏目里应有 1 条，实有 ${listed} 条`)
  const found = await askJson({ port: trial.ports['portal-3']!, host: HOST, headers: { 'x-forwarded-for': readerAddress() }, path: `${searchApiPath()}?q=${encodeURIComponent(deed.title)}` })
  const { hits } = z.object({ hits: z.array(z.object({ title: z.string() })) }).parse(found)
  const matching = hits.filter(({ title }) => title === deed.title).length
  if (matching !== 1) faults.push(`${name}：搜索应找到 1 篇，实际 ${matching} 篇`)
  return faults
}

async function countTitle(editor: Person, title: string): Promise<number> {
  const answer = await editor.call('GET', `/api/articles?where[title][equals]=${encodeURIComponent(title)}&depth=0&limit=3`)
  const counted = z.object({ totalDocs: z.number() }).safeParse(answer.json)
  if (!counted.success) throw new Error(`the articles could not be counted: ${answer.status ?? 'no answer'} ${answer.text.slice(0, 200)}`)
  return counted.data.totalDocs
}

/** All that the change feed has told since the beginning, as a portal would hear it. */
export async function readEvents(trial: Trial): Promise<{ tags: Set<string>; events: number }> {
  const all = new Set<string>()
  let events = 0
  let after = 0
  for (;;) {
    const slice = feedSliceSchema.parse(await askJson({ port: trial.ports['delivery-1']!, path: `/v1/feed/since?after=${after}` }))
    for (const { seq, tags } of slice.events) {
      after = seq
      events += 1
      for (const tag of tags) all.add(tag)
    }
    if (after >= slice.last || slice.events.length === 0) return { tags: all, events }
  }
}

/** How often each document stands in the column, over all of its pages. */
async function listColumn(trial: Trial): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (let page = 1; ; page += 1) {
    const answer = columnAnswerSchema.parse(await askJson({
      port: trial.ports['delivery-1']!, path: `/v1/sites/${WORKED_SITE}/columns/updates?page=${page}` }))
    for (const { id } of answer.entries) counts.set(id, (counts.get(id) ?? 0) + 1)
    if (page >= answer.pages) return counts
  }
}

/** What the database itself can tell of double work: no step of a chain, no announcement of a first publication twice. */
function proveOnce(trial: Trial): Promise<string[]> {
  return withClient(trial.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ document: number; action: string; to: string; count: number }>(`
      select document_id as document, action, to_state as to, count(*)::integer as count from cluster.transitions
      where collection = 'articles' group by 1, 2, 3, from_state having count(*) > 1`)
    return rows.map(({ document, action, to, count }) => `第 ${document} 号：“${action}”到“${to}”做了 ${count} 次`)
  })
}
