import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliveryApp } from '../../delivery/read/app.ts'
import { openListener, openReadDatabase } from '../../delivery/read/database.ts'
import { createFeedBell } from '../../delivery/read/feed-bell.ts'
import { createEngineGate } from '../../search/engine-gate.ts'
import { png } from '../files.ts'
import { act, openTestOffices, review, type TestOffices, write } from '../offices.ts'
import type { PersonKey } from '../people.ts'

const READERS: readonly PersonKey[] = ['editor', 'firstReviewer', 'siteAdmin', 'subtree', 'inspector', 'provinceAdmin']
const STRANGERS: readonly PersonKey[] = ['sibling', 'parent', 'elsewhere', 'former', 'coming', 'newcomer', 'nobody', 'securityAdmin', 'auditAdmin']

type Picture = { id: number; filename: string; hashes: Record<string, string>; sizes: Record<string, { filename: string | null }> }
type File = { name: string; hash: string }

let offices: TestOffices
let read: ReturnType<typeof openReadDatabase>
let app: ReturnType<typeof deliveryApp>
let original: File
let sizes: File[]
let document: { id: number; version: number }

beforeAll(async () => {
  offices = await openTestOffices()
  read = openReadDatabase({ url: offices.database.deliveryUrl, onFault: () => {} })
  const onFault = () => {}
  const url = offices.database.deliveryUrl
  app = deliveryApp({
    database: read, mediaDir: offices.database.env.MEDIA_DIR!, onFault, closing: new AbortController().signal,
    bell: createFeedBell({ openClient: () => openListener(url), onFault }), gate: createEngineGate({ engine: null, onFault }),
  })
  const editor = await offices.as('editor')
  const uploaded = await editor.upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'], alt: '内部示意图' }, await png('内部示意图.png', 1200, 800))
  const picture = uploaded.body.doc as unknown as Picture
  // The hash of a picture's own bytes is no secret: whoever has the picture can compute it.
  const [{ hashes } = { hashes: {} as Record<string, string> }] = await offices.rows<{ hashes: Record<string, string> }>('select hashes from media where id = $1', [picture.id])
  original = { name: picture.filename, hash: hashes.original! }
  sizes = Object.entries(picture.sizes).flatMap(([size, { filename }]) => (filename ? [{ name: filename, hash: hashes[size]! }] : []))
  document = await write(offices, { title: '配图的稿件', picture: picture.id })
})
afterAll(async () => {
  await read.close()
  await offices.close()
})

const inside = async (person: PersonKey | null, { name }: File) =>
  (await (person === null ? offices.anonymous : await offices.as(person)).get(`/api/media/file/${encodeURIComponent(name)}`)).status
const outside = async ({ hash, name }: File) => (await app.request(`/v1/files/${hash}/${encodeURIComponent(name)}`)).status
const everywhere = () => Promise.all([original, ...sizes].map(outside))

it('a picture has its sizes, or the rest says nothing', () => expect(sizes.length).toBeGreaterThan(1))

it('of a draft a picture and its sizes are for those who may read the draft', async () => {
  for (const file of [original, ...sizes]) {
    for (const person of READERS) expect(await inside(person, file), `${person} ${file.name}`).toBe(200)
    for (const person of STRANGERS) expect([403, 404], `${person} ${file.name}`).toContain(await inside(person, file))
    expect([401, 403]).toContain(await inside(null, file))
  }
})

it('by its hash nothing of a draft is found in public, whatever stage of the review it is at', async () => {
  expect(new Set(await everywhere())).toEqual(new Set([404]))
  await review(offices, document, 3)
  expect(new Set(await everywhere())).toEqual(new Set([404]))
})

it('published, its sizes are public under their own names, the original never is', async () => {
  expect((await act(offices, 'finalReviewer', 'approve', document)).status).toBe(200)
  expect(await Promise.all(sizes.map(outside))).toEqual(sizes.map(() => 200))
  expect(await outside(original)).toBe(404)
  expect(await outside({ hash: sizes[0]!.hash, name: 'other.png' })).toBe(404)
})

it('withdrawn, all of it is gone from the public, and stays with the office', async () => {
  expect((await act(offices, 'finalReviewer', 'withdraw', document, { reason: '图中有内部信息' })).status).toBe(200)
  expect(new Set(await everywhere())).toEqual(new Set([404]))
  expect(await inside('editor', original)).toBe(200)
  expect([403, 404]).toContain(await inside('sibling', original))
})
