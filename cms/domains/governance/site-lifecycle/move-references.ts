import type { PayloadRequest } from 'payload'
import { documentTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import type { Carrying } from './move-documents.ts'

type Target = { collection: DocumentCollection; id: number }

/**
 * What other sites have to do with the site: texts of others that stand on it, offers, adoptions, submissions, notices. All of it
 * goes to the other site; what is there already stays behind. Each row that changes is noted as it was.
 * @returns tags of the texts that stand elsewhere now
 */
export async function moveReferences(req: PayloadRequest, { change, from, into, keys }: Carrying): Promise<string[]> {
  const map = JSON.stringify(keys)
  const placed = await query<Target>(req, sql`
    with gone as (delete from delivery.placements where site = ${from.slug} returning placements.*),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before)
        select ${change}, 'placement', collection || '/' || id, to_jsonb(gone) from gone on conflict do nothing),
      here as (insert into delivery.placements
        select collection, id, ${into.slug}, there.key, kind, mode, title_key, published_at, changed_at,
          entry || jsonb_build_object('placedOn', ${into.slug}::text, 'columnKey', there.key), placed_at
        from gone, lateral (select coalesce(${map}::jsonb->>gone.column_key, gone.column_key) as key) there
        where not exists (select from delivery.records own where own.collection = gone.collection and own.id = gone.id and own.site = ${into.slug})
        on conflict do nothing returning collection, id),
      carried as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, 'placed', collection || '/' || id, '{}' from here on conflict do nothing)
    select collection, id from gone`)
  await query(req, sql`
    with gone as (delete from delivery.tombstone_sites where site = ${from.slug} returning tombstone_sites.*),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before)
        select ${change}, 'tombstone-site', collection || '/' || id, to_jsonb(gone) from gone on conflict do nothing),
      here as (insert into delivery.tombstone_sites select collection, id, ${into.slug}, coalesce(${map}::jsonb->>column_key, column_key) from gone
        where not exists (select from delivery.tombstones own where own.collection = gone.collection and own.id = gone.id and own.site = ${into.slug})
        on conflict do nothing returning collection, id),
      carried as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, 'tombstoned', collection || '/' || id, '{}' from here on conflict do nothing)
    select from gone`)
  await query(req, sql`
    with held as (select push_id from cluster.push_targets old where site = ${from.slug}
        and not exists (select from cluster.push_targets other where other.push_id = old.push_id and other.site = ${into.slug})),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, 'push-target', push_id::text, '{}' from held on conflict do nothing)
    update cluster.push_targets set site = ${into.slug} where site = ${from.slug} and push_id in (select push_id from held)`)
  await query(req, sql`
    with held as (select id from cluster.adoptions old where site = ${from.slug} and not exists (
        select from cluster.adoptions other where other.site = ${into.slug} and other.collection = old.collection and other.document_id = old.document_id
          and other.dropped_at is null and old.dropped_at is null)),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, 'adoption', id::text, '{}' from held on conflict do nothing)
    update cluster.adoptions set site = ${into.slug} where id in (select id from held)`)
  for (const [kind, table, column] of SIMPLE) {
    await query(req, sql`
      with held as (select id from ${sql.raw(table)} where ${sql.identifier(column)} = ${from.slug}),
        noted as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, ${kind}, id::text, '{}' from held on conflict do nothing)
      update ${sql.raw(table)} set ${sql.identifier(column)} = ${into.slug} where id in (select id from held)`)
  }
  return searchAnew(req, placed)
}

/** Rows that change by one word, by what they are noted as. */
const SIMPLE = [
  ['push', 'cluster.pushes', 'site'], ['submission', 'cluster.submissions', 'from_site'], ['notice', 'cluster.pool_notices', 'site'],
] as const

/** Takes all of it back to where it was. @returns tags of the texts that stand elsewhere again */
export async function returnReferences(req: PayloadRequest, { change, from, into }: Carrying): Promise<string[]> {
  const noted = (kind: string) => sql`select id from cluster.site_change_moves where change_id = ${change} and kind = ${kind}`
  for (const [kind, table, column] of SIMPLE) {
    await query(req, sql`update ${sql.raw(table)} set ${sql.identifier(column)} = ${from.slug} where id::text in (${noted(kind)}) and ${sql.identifier(column)} = ${into.slug}`)
  }
  await query(req, sql`update cluster.adoptions set site = ${from.slug} where id::text in (${noted('adoption')}) and site = ${into.slug}`)
  await query(req, sql`update cluster.push_targets set site = ${from.slug} where push_id::text in (${noted('push-target')}) and site = ${into.slug}`)
  await query(req, sql`delete from delivery.tombstone_sites where site = ${into.slug} and collection || '/' || id in (${noted('tombstoned')})`)
  await query(req, sql`
    insert into delivery.tombstone_sites select stood.* from cluster.site_change_moves noted, jsonb_populate_record(null::delivery.tombstone_sites, noted.before) stood
      join delivery.tombstones using (collection, id)
    where change_id = ${change} and noted.kind = 'tombstone-site' on conflict do nothing`)
  await query(req, sql`delete from delivery.placements where site = ${into.slug} and collection || '/' || id in (${noted('placed')})`)
  // The line that lists show may have been corrected meanwhile: it is the original's of today, in the column of then.
  const placed = await query<Target>(req, sql`
    insert into delivery.placements
    select stood.collection, stood.id, stood.site, stood.column_key, original.kind, stood.mode, original.title_key, original.published_at,
      case when original.entry || jsonb_build_object('placedOn', stood.site, 'columnKey', stood.column_key) = stood.entry then stood.changed_at else original.changed_at end,
      original.entry || jsonb_build_object('placedOn', stood.site, 'columnKey', stood.column_key), stood.placed_at
    from cluster.site_change_moves noted, jsonb_populate_record(null::delivery.placements, noted.before) stood
      join delivery.records original using (collection, id)
    where change_id = ${change} and noted.kind = 'placement' on conflict do nothing returning collection, id`)
  await query(req, sql`delete from cluster.site_change_moves where change_id = ${change} and kind = any (${sql.param(KINDS)}::text[])`)
  return searchAnew(req, placed)
}

const KINDS = ['placement', 'placed', 'tombstone-site', 'tombstoned', 'push-target', 'adoption', ...SIMPLE.map(([kind]) => kind)]

async function searchAnew(req: PayloadRequest, targets: readonly Target[]): Promise<string[]> {
  const collections = new Set(targets.map(({ collection }) => collection))
  for (const collection of collections) {
    await enqueue(req, 'index-documents', { collection, ids: targets.filter((target) => target.collection === collection).map(({ id }) => id) })
  }
  return targets.map(documentTag)
}
