import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PayloadRequest } from 'payload'
import { query, sql } from '../../../database/query.ts'
import { env } from '../../../env.ts'
import { PICTURES_FOLDER } from '../../../rollout/pictures-folder.ts'

export type RolloutPicture = { id: number; site: string; kind: string; width: number; accessibility: string[] }
export const SIDES = ['before', 'after'] as const
export type Side = (typeof SIDES)[number]

/** The pictures of the newest dry run, in the order in which they were taken. */
export async function listPictures(req: PayloadRequest, rollout: number): Promise<RolloutPicture[]> {
  return query<RolloutPicture>(req, sql`
    select id, site, kind, width, accessibility from cluster.rollout_pictures
    where dry_run_id = (select max(id) from cluster.dry_runs where rollout_id = ${rollout}) order by id`)
}

/** One picture's bytes (JPEG); null where there is none, or its file is gone. */
export async function readPicture(req: PayloadRequest, rollout: number, { id, side }: { id: number; side: Side }): Promise<Buffer | null> {
  const [row] = await query<{ before: string; after: string }>(req, sql`
    select before_file as before, after_file as after from cluster.rollout_pictures pictures join cluster.dry_runs on dry_runs.id = dry_run_id
    where pictures.id = ${id} and rollout_id = ${rollout}`)
  return row ? readFile(join(env().DATA_DIR, PICTURES_FOLDER, basename(row[side]))).catch(() => null) : null
}
