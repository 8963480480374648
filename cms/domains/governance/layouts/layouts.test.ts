import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { siteRecordSchema } from '@cluster/shared/delivery/records'
import { png } from '../../../testing/files.ts'
import { act, openTestOffices, review, type TestOffices } from '../../../testing/offices.ts'

const KUNSHAN = 'suzhou-kunshan'
let offices: TestOffices
let id: number
beforeAll(async () => {
  offices = await openTestOffices()
  const [row] = await offices.rows<{ id: number }>('select id from layouts where site_id = $1', [offices.sites[KUNSHAN]])
  id = row!.id
})
afterAll(() => offices.close())

/** A site takes another release over, as a rollout has it. */
const runs = (release: string) => offices.rows('update sites set release = $1 where id = $2', [release, offices.sites[KUNSHAN]])
const row = async () => (await offices.rows<Record<string, unknown> & { version: string }>('select * from layouts where id = $1', [id]))[0]!
const save = async (data: Record<string, unknown>) =>
  (await offices.as('editor')).patch(`/api/layouts/${id}?depth=0`, { version: Number((await row()).version), ...data })
const record = async () => siteRecordSchema.parse((await offices.rows<{ record: unknown }>('select record from delivery.sites where slug = $1', [KUNSHAN]))[0]!.record)
const publish = async () => review(offices, { id, version: Number((await row()).version) }, 4, 'layouts')
const correct = async () => act(offices, 'editor', 'correct', { id, version: Number((await row()).version) }, { collection: 'layouts', reason: '调整首页的布置' })
const links = [{ label: '昆山市政府', href: 'https://www.example.gov.cn/' }]

describe('a layout', () => {
  it('is there with each site, and made by nobody', async () => {
    const [{ count }] = await offices.rows<{ count: string }>('select count(*) from layouts') as [{ count: string }]
    expect(Number(count)).toBe(5)
    const editor = await offices.as('editor')
    expect((await editor.post('/api/layouts', { site: offices.sites[KUNSHAN] })).status).toBe(403)
    expect((await editor.delete(`/api/layouts/${id}`)).status).toBe(403)
  })

  it('reaches the public after three reviews, and nothing of it before', async () => {
    await runs('standard-2')
    const before = await record()
    expect((await save({ order: ['letters', 'updates'], hidden: ['subtree'], accent: 'pine', links })).status).toBe(200)
    expect(await record()).toEqual(before)
    await review(offices, { id, version: Number((await row()).version) }, 3, 'layouts')
    expect(await record()).toEqual(before)
    const last = await act(offices, 'finalReviewer', 'approve', { id, version: Number((await row()).version) }, { collection: 'layouts' })
    expect([last.status, last.body.state]).toEqual([200, 'published'])
    expect((await record()).choices).toEqual({ order: ['letters', 'updates'], hidden: ['subtree'], accent: 'pine', links })
    const [feed] = await offices.rows<{ tags: string[] }>('select tags from delivery.feed order by seq desc limit 1')
    expect(feed!.tags).toContain(`site:${KUNSHAN}`)
  })

  it('keeps every choice while releases come and go', async () => {
    const stored = async () => [await offices.rows('select "order", hidden, accent, links from layouts where id = $1', [id]), (await record()).choices]
    const before = await stored()
    for (const release of ['standard-1', 'standard-2', 'standard-1', 'standard-2']) {
      await runs(release)
      const { storeSiteRecord } = await import('../../../delivery/project-site.ts')
      const { createLocalReq } = await import('payload')
      await storeSiteRecord(await createLocalReq({}, offices.payload), offices.sites[KUNSHAN])
      expect(await stored(), release).toEqual(before)
      expect((await record()).release).toBe(release)
    }
  })

  it('may be changed under a release that lets less, without losing what sleeps', async () => {
    await runs('standard-1')
    expect((await correct()).status).toBe(200)
    const held = await row()
    expect((await save({ hidden: ['subtree', 'local'] })).status).toBe(200)
    expect((await row())).toMatchObject({ accent: 'pine', order: held.order, links: held.links, hidden: ['subtree', 'local'] })
    await publish()
    await runs('standard-2')
    expect((await record()).choices).toMatchObject({ accent: 'pine', hidden: ['subtree', 'local'], links })
  })

  it('is never withdrawn: the answer says what to do instead', async () => {
    const answer = await act(offices, 'finalReviewer', 'withdraw', { id, version: Number((await row()).version) }, { collection: 'layouts', reason: '不要这个首页了，请撤下' })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([409, 'never-here'])
    expect(answer.body.errors?.[0]?.message).toContain('恢复省级默认布置')
    const chain = await (await offices.as('finalReviewer')).get(`/api/layouts/${id}/chain`)
    expect((chain.body as unknown as { actions: string[] }).actions).not.toContain('withdraw')
  })

  it('goes back to what was published before as a new working copy', async () => {
    await correct()
    const editor = await offices.as('editor')
    const frame = (await editor.get(`/api/layouts/${id}/frame`)).body as unknown as { manifest: { id: string }; published: Array<{ choices: Record<string, unknown> }> }
    expect([frame.manifest.id, frame.published.length]).toEqual(['standard-2', 2])
    expect((await save({ ...frame.published[1]!.choices })).status).toBe(200)
    expect((await record()).choices.hidden).toEqual(['subtree', 'local'])
    await publish()
    expect((await record()).choices.hidden).toEqual(['subtree'])
  })
})

it('a choice that the release stopped allowing before it was submitted is told at the submission, and kept', async () => {
  await runs('standard-2')
  await correct()
  expect((await save({ accent: 'ochre' })).status).toBe(200)
  await runs('standard-1')
  const submit = async () => act(offices, 'editor', 'submit', { id, version: Number((await row()).version) }, { collection: 'layouts' })
  const answer = await submit()
  expect([answer.status, answer.body.errors?.[0]?.code, answer.body.errors?.[0]?.message]).toEqual([422, 'part-locked', expect.stringContaining('主色')])
  expect((await row()).accent).toBe('ochre')
  await runs('standard-2')
  expect((await submit()).status).toBe(200)
  await act(offices, 'editor', 'recall', { id, version: Number((await row()).version) }, { collection: 'layouts', reason: '再想一想首页的主色' })
  await save({ accent: 'pine' })
  await publish()
})

describe('the hero picture', () => {
  const upload = async (site: 'suzhou-kunshan' | 'suzhou-taicang', by: 'editor' | 'sibling') =>
    (await (await offices.as(by)).upload('POST', '/api/media?depth=0', { site: offices.sites[site], alt: '昆山市民中心' }, await png('hero.png', 1200, 400))).body.doc!.id

  it('becomes public with its files when the layout does, and is gone with it', async () => {
    await correct()
    const picture = await upload(KUNSHAN, 'editor')
    expect((await save({ heroPicture: picture })).status).toBe(200)
    const files = () => offices.rows('select hash from delivery.files where collection = $1 and document_id = $2', ['layouts', id])
    expect(await files()).toEqual([])
    await publish()
    const { choices } = await record()
    expect(choices.heroPicture?.alt).toBe('昆山市民中心')
    expect((await files()).map(({ hash }) => hash)).toEqual(choices.heroPicture!.sources.map(({ hash }) => hash))
    await correct()
    await save({ heroPicture: null })
    await publish()
    expect(await files()).toEqual([])
  })

  it('is the site’s own', async () => {
    await correct()
    const foreign = await upload('suzhou-taicang', 'sibling')
    const answer = await save({ heroPicture: foreign })
    expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([422, expect.stringContaining('不是本站点的图片')])
    expect((await row()).hero_picture_id).toBeNull()
  })
})
