import type { PayloadRequest } from 'payload'
import { query, queryApart, sql } from '../database/query.ts'
import { personOf } from '../access/granted-sites.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'

export type VersionRow = {
  id: number
  version: number
  personName: string
  at: string
  isRefused: boolean
}

/** What of a document is not its text: kept out of snapshots, so that restoring one cannot bring back an old state. */
const NOT_TEXT = [
  'id', 'state', 'version', 'isLive', 'publishedAt', 'scheduledFor', 'reviewDueAt', 'waitingSince', 'author', 'createdAt', 'updatedAt', 'site',
  // Of a letter, what opens its status page and who sent it: a history has more readers than the letter's own fields, and is never emptied.
  'codeHash', 'senderName', 'senderContact',
]

export function textOf(document: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([field]) => !NOT_TEXT.includes(field)))
}

type KeptText = { collection: ReviewedCollection; id: number; text: Record<string, unknown>; version: number }

/** Keeps a saved text in the history, in the transaction of the save. */
export async function keepSavedText(req: PayloadRequest, kept: KeptText, now: string): Promise<void> {
  await query(req, versionRow(req, kept, false, now))
}

/** Keeps a text whose save was refused, on a connection of its own. @returns the number by which it is found again */
export async function keepRefusedText(req: PayloadRequest, kept: KeptText): Promise<number> {
  const [row] = await queryApart<{ id: string }>(req.payload, versionRow(req, kept, true, new Date().toISOString()))
  return Number(row?.id)
}

export async function listVersions(req: PayloadRequest, collection: ReviewedCollection, id: number): Promise<VersionRow[]> {
  const rows = await query<VersionRow & { id: string }>(req, sql`
    select id, version, person_name as "personName", at, is_refused as "isRefused" from cluster.versions
    where collection = ${collection} and document_id = ${id} order by id desc limit 200`)
  return rows.map((row) => ({ ...row, id: Number(row.id), at: new Date(row.at).toISOString() }))
}

export async function readVersion(req: PayloadRequest, collection: ReviewedCollection, id: number, versionId: number) {
  const [row] = await query<{ snapshot: Record<string, unknown>; version: number; personName: string; at: string; isRefused: boolean }>(req, sql`
    select snapshot, version, person_name as "personName", at, is_refused as "isRefused" from cluster.versions
    where collection = ${collection} and document_id = ${id} and id = ${versionId}`)
  return row ? { ...row, id: versionId, at: new Date(row.at).toISOString() } : null
}

function versionRow(req: PayloadRequest, { collection, id, text, version }: KeptText, isRefused: boolean, now: string) {
  const person = personOf(req)
  return sql`insert into cluster.versions (collection, document_id, version, snapshot, person_id, person_name, at, is_refused)
    values (${collection}, ${id}, ${version}, ${JSON.stringify(textOf(text))}::jsonb, ${person?.id ?? null}, ${person?.name ?? '系统'}, ${now}, ${isRefused})
    returning id`
}
