import { basename, join } from 'node:path'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { documentRecordSchema, siteRecordSchema } from '@cluster/shared/delivery/records'
import { relationId, type RichText } from '@cluster/shared/publishing/rich-text'
import { query, sql } from '../database/query.ts'
import type { Article, Media, Policy, Site } from '../payload-types.ts'
import { projectText } from '../domains/publishing/project-text.ts'
import { documentFiles } from './document-files.ts'
import { exportedLetterSchema, type ExportManifest, exportManifestSchema, jsonSchemas, mediaListSchema, versionsSchema } from './formats.ts'
import type { Sink } from './folder-sink.ts'
import { readHistory, readVersions } from './history.ts'
import { readMe } from './read-me.ts'

/** Documents held in memory at a time. */
const PORTION = 100

export type ExportOutcome = ExportManifest['counts'] & { missingFiles: string[] }

/**
 * Puts everything that an office has written into `sink`, in open formats, as of one moment: documents in every state
 * with their history, columns, pictures and attachments, and the letters that are public (senders masked).
 * Letters that are not public, accounts and the audit log are no part of it. `onProgress` hears of each document.
 */
export async function exportSite(
  { payload, site, mediaDir, product, now, sink, onProgress = () => undefined }: {
    payload: Payload
    site: Site
    mediaDir: string
    product: string
    now: Date
    sink: Sink
    onProgress?: (done: number, total: number) => void
  },
): Promise<ExportOutcome> {
  const req = await createLocalReq({}, payload)
  const transaction = await payload.db.beginTransaction({ isolationLevel: 'repeatable read', accessMode: 'read only' })
  if (transaction === null) throw new Error('the database takes no transaction')
  req.transactionID = transaction
  try {
    const media = await exportMedia(req, { site, mediaDir, sink })
    const columns = await exportSiteRecord(req, site, sink)
    const counts = { articles: 0, policies: 0, letters: 0, files: media.size }
    const total = await countDocuments(req, site)
    for (const collection of ['articles', 'policies'] as const) {
      for await (const document of documentsOf(req, collection, site.id)) {
        await exportDocument(req, { collection, document, site, columns, media, sink })
        counts[collection] += 1
        onProgress(counts.articles + counts.policies, total)
      }
    }
    counts.letters = await exportLetters(req, site, sink)
    const missingFiles = [...media.values()].filter(({ isThere }) => !isThere).map(({ name }) => name)
    for (const { name, schema } of jsonSchemas()) await sink.add(`schema/${name}.schema.json`, asJson(schema))
    await sink.add('说明.md', readMe({ site, counts, missingFiles, now }))
    await sink.add('manifest.json', asJson(exportManifestSchema.parse({
      format: 1, product, exportedAt: now.toISOString(), site: site.slug, counts, missingFiles, files: sink.files(),
    })))
    return { ...counts, missingFiles }
  } finally {
    await payload.db.rollbackTransaction(transaction)
  }
}

export type ExportedMedia = ReadonlyMap<number, { name: string, alt: string | null, isThere: boolean }>

/** Every file of the site, in all its sizes, under the names that the documents use. */
async function exportMedia(req: PayloadRequest, { site, mediaDir, sink }: { site: Site, mediaDir: string, sink: Sink }) {
  const { docs } = await req.payload.find({
    collection: 'media', where: { site: { equals: site.id } }, sort: 'id', depth: 0, pagination: false, req, overrideAccess: true,
  })
  const media = new Map<number, { name: string, alt: string | null, isThere: boolean }>()
  for (const medium of docs) {
    const [name, ...sizes] = fileNames(medium)
    if (!name) continue
    const isThere = await sink.copy(`files/${name}`, join(mediaDir, basename(name)))
    for (const size of sizes) await sink.copy(`files/${size}`, join(mediaDir, basename(size)))
    media.set(medium.id, { name, alt: medium.alt ?? null, isThere })
  }
  await sink.add('media.json', asJson(mediaListSchema.parse(docs.filter(({ id }) => media.has(id)).map((medium) => ({
    id: medium.id, file: `files/${medium.filename}`, mediaType: medium.mimeType ?? 'application/octet-stream', bytes: medium.filesize ?? 0,
    sha256: (medium.hashes as Record<string, string> | null)?.original ?? null, alt: medium.alt ?? null, caption: medium.caption ?? null,
  })))))
  return media
}

function fileNames(medium: Media): string[] {
  const sizes = Object.values(medium.sizes ?? {}).map((size) => size?.filename)
  return [...new Set([medium.filename, ...sizes].filter((name): name is string => typeof name === 'string' && basename(name) === name))]
}

async function exportSiteRecord(req: PayloadRequest, site: Site, sink: Sink): Promise<Map<number, { key: string, name: string }>> {
  const [row] = await query<{ record: unknown }>(req, sql`select record from delivery.sites where slug = ${site.slug}`)
  if (row) await sink.add('site.json', asJson(siteRecordSchema.parse(row.record)))
  const columns = await query<{ id: number, key: string, name: string }>(req, sql`select id, key, name from columns where site_id = ${site.id} order by id`)
  return new Map(columns.map(({ id, key, name }) => [id, { key, name }]))
}

async function countDocuments(req: PayloadRequest, site: Site): Promise<number> {
  const [row] = await query<{ count: number }>(req, sql`
    select ((select count(*) from articles where site_id = ${site.id}) + (select count(*) from policies where site_id = ${site.id}))::integer as count`)
  return row?.count ?? 0
}

async function* documentsOf(req: PayloadRequest, collection: 'articles' | 'policies', siteId: number): AsyncGenerator<Article | Policy> {
  for (let last = 0; ;) {
    const { docs } = await req.payload.find({
      collection, where: { and: [{ site: { equals: siteId } }, { id: { greater_than: last } }] }, sort: 'id', limit: PORTION,
      pagination: false, depth: 0, req, overrideAccess: true,
    })
    yield* docs
    if (docs.length < PORTION) return
    last = docs[docs.length - 1]!.id
  }
}

async function exportDocument(
  req: PayloadRequest,
  { collection, document, site, columns, media, sink }: {
    collection: 'articles' | 'policies'
    document: Article | Policy
    site: Site
    columns: ReadonlyMap<number, { key: string, name: string }>
    media: ExportedMedia
    sink: Sink
  },
): Promise<void> {
  const { html, body } = await projectText(req, site.id, document)
  const [row] = await query<{ record: unknown }>(req, sql`select record from delivery.records where collection = ${collection} and id = ${document.id}`)
  const files = documentFiles({
    collection, document, column: columns.get(relationId(document.column) ?? 0) ?? null, html, text: body.text, media,
    richText: document.body as unknown as RichText | null, published: row ? documentRecordSchema.parse(row.record) : null,
    ...await readHistory(req, collection, document.id),
  })
  for (const { path, content } of files) await sink.add(path, content)
  const versions = versionsSchema.parse(await readVersions(req, collection, document.id))
  await sink.add(`versions/${collection}/${document.id}.json`, asJson(versions))
}

async function exportLetters(req: PayloadRequest, site: Site, sink: Sink): Promise<number> {
  const letters = await query<{ id: number, record: unknown }>(req, sql`
    select id, record from delivery.records where collection = 'letters' and site = ${site.slug} order by id`)
  for (const { id, record } of letters) await sink.add(`letters/${id}.json`, asJson(exportedLetterSchema.parse(record)))
  return letters.length
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
