import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { richText, signIn, type SignedIn } from '../api.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'

const SITE = 'suzhou-kunshan'

describe('a process that is killed', () => {
  let cluster: RunningCluster
  let editor: SignedIn
  let reviewers: SignedIn[]
  let place: { site: number; column: number }

  const signEverybodyIn = async () => {
    editor = await signIn(cluster, cluster.account('editor', SITE))
    reviewers = await Promise.all(['first-reviewer', 'second-reviewer', 'final-reviewer'].map((duty) => signIn(cluster, cluster.account(duty, SITE))))
  }

  beforeAll(async () => {
    cluster = await startCluster({ sites: [SITE] })
    await signEverybodyIn()
    const columns = await editor.call('GET', '/api/columns?where[key][equals]=updates&depth=0')
    const [column] = columns.json.docs as Array<{ id: number; site: number }>
    place = { site: column!.site, column: column!.id }
  }, 180_000)
  afterAll(() => cluster?.close())

  /** Writes a text and takes it to the final reviewer's desk. */
  async function readyForFinalReview(title: string) {
    const { id } = await editor.create('articles', { ...place, title, summary: '演练用稿件。', body: richText(`${title}：这是正文，用来检查断电、重启之后内容是否完整。`) })
    const document = { id, version: 1 }
    for (const [index, action] of (['submit', 'approve', 'approve'] as const).entries()) {
      const person = index === 0 ? editor : reviewers[index - 1]!
      expect((await person.transition('articles', document, action)).status).toBe(200)
    }
    return document
  }
  const publish = async (title: string) => {
    const document = await readyForFinalReview(title)
    const answer = await reviewers[2]!.transition('articles', document, 'approve')
    expect(answer.json).toMatchObject({ state: 'published' })
    return document
  }
  const search = async (title: string) => {
    const answer = await askPortal(cluster, 'jiangsu', `/api/search?q=${encodeURIComponent(title)}`)
    expect(answer.status).toBe(200)
    const found = JSON.parse(answer.text) as { hits: Array<{ title: string }>; degraded: boolean }
    return { count: found.hits.filter((hit) => hit.title === title).length, degraded: found.degraded }
  }
  const listed = async (title: string) => (await askPortal(cluster, SITE, '/columns/updates/')).text.split(title).length - 1

  it('worker: what was published while it was dead is searchable after its return, once', async () => {
    await cluster.kill('worker')
    const title = '断电演练之一后台任务停止期间发布'
    const { id } = await publish(title)
    await eventually(() => askPortal(cluster, SITE, `/articles/${id}/`), ({ status }) => status === 200)
    expect((await search(title)).count).toBe(0)
    await cluster.start('worker')
    await eventually(() => search(title), ({ count }) => count === 1)
  }, 60_000)

  it('search engine: PostgreSQL answers and says so; afterwards the engine is complete by itself', async () => {
    const { engine } = cluster
    if (!engine) throw new Error('this platform has no search engine to kill')
    await engine.stop()
    const title = '断电演练之二搜索引擎停止期间发布'
    await publish(title)
    await eventually(() => search(title), ({ count, degraded }) => count === 1 && degraded)
    await engine.start()
    await eventually(() => search(title), ({ count, degraded }) => count === 1 && !degraded, 40_000)
  }, 90_000)

  it('delivery server: the portal goes on from its store, and hears afterwards what it missed', async () => {
    const before = await askPortal(cluster, SITE, '/columns/updates/')
    expect(before.status).toBe(200)
    await cluster.kill('delivery')
    const title = '断电演练之三发布服务停止期间发布'
    await publish(title)
    const meanwhile = await askPortal(cluster, SITE, '/columns/updates/')
    expect(meanwhile.status).toBe(200)
    await cluster.start('delivery')
    await eventually(() => listed(title), (count) => count > 0, 40_000)
  }, 90_000)

  it('portal: pages that changed while it was dead are new when it is back', async () => {
    expect((await askPortal(cluster, SITE, '/columns/updates/')).status).toBe(200)
    await cluster.kill('portal')
    const title = '断电演练之四门户停止期间发布'
    await publish(title)
    await cluster.start('portal')
    await eventually(() => listed(title), (count) => count > 0)
  }, 60_000)

  it('CMS, in the middle of a publication: it happened wholly or not at all, and never twice', async () => {
    for (const [round, delay] of [0, 8, 25].entries()) {
      const title = `断电演练之五第${'一二三'[round]}次中断管理后台`
      const document = await readyForFinalReview(title)
      const click = reviewers[2]!.transition('articles', document, 'approve').catch(() => null)
      await new Promise((resolve) => setTimeout(resolve, delay))
      await cluster.kill('cms')
      await click
      await cluster.start('cms')
      await signEverybodyIn()
      const { json } = await editor.call('GET', `/api/articles/${document.id}?depth=0`)
      const isPublished = json.state === 'published'
      expect(['published', 'final-review']).toContain(json.state)
      const expected = isPublished ? 1 : 0
      const page = await eventually(() => askPortal(cluster, SITE, `/articles/${document.id}/`), ({ status }) => status === (isPublished ? 200 : 404))
      expect(page.status).toBe(isPublished ? 200 : 404)
      await eventually(() => search(title), ({ count }) => count === expected)
      const chain = await editor.call('GET', `/api/articles/${document.id}/chain`)
      expect((chain.json.signOffs as unknown[]).length).toBe(isPublished ? 4 : 3)
      if (!isPublished) {
        expect((await reviewers[2]!.transition('articles', document, 'approve')).json).toMatchObject({ state: 'published' })
        await eventually(() => search(title), ({ count }) => count === 1)
      }
      expect(await eventually(() => listed(title), (count) => count > 0)).toBe(1)
    }
  }, 120_000)
})
