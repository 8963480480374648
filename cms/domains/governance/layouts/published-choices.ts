import type { PayloadRequest } from 'payload'
import { type SiteChoices, siteChoicesSchema } from '@cluster/shared/delivery/records'
import { type Choices, choicesSchema, NO_CHOICES } from '@cluster/shared/governance/templates/choices'
import { query, sql } from '../../../database/query.ts'

export type PublishedChoices = { choices: Choices; at: string }

/** Keeps what was published of a site's home page; earlier publications stay. */
export async function keepPublished(
  req: PayloadRequest, { siteId, layoutId, choices, publicChoices, at }: { siteId: number; layoutId: number; choices: Choices; publicChoices: SiteChoices; at: string },
): Promise<void> {
  await query(req, sql`
    insert into cluster.published_choices (site_id, layout_id, choices, public_choices, at)
    values (${siteId}, ${layoutId}, ${JSON.stringify(choices)}::jsonb, ${JSON.stringify(publicChoices)}::jsonb, ${at})`)
}

/** What the public has of a site's choices: the latest publication; everything as the province proposes where there is none. */
export async function publicChoicesOf(req: PayloadRequest, siteId: number): Promise<SiteChoices> {
  const [row] = await query<{ record: unknown }>(req, sql`
    select public_choices as record from cluster.published_choices where site_id = ${siteId} order by id desc limit 1`)
  return siteChoicesSchema.parse(row?.record ?? {})
}

/** The choices on the site now, as the office made them. */
export async function choicesOnSite(req: PayloadRequest, siteId: number): Promise<Choices> {
  const [latest] = await listPublished(req, siteId, 1)
  return latest?.choices ?? NO_CHOICES
}

/** Publications of a site's home page, the latest first. */
export async function listPublished(req: PayloadRequest, siteId: number, limit = 20): Promise<PublishedChoices[]> {
  const rows = await query<{ choices: unknown; at: string }>(req, sql`
    select choices, at from cluster.published_choices where site_id = ${siteId} order by id desc limit ${limit}`)
  return rows.map(({ choices, at }) => ({ choices: choicesSchema.parse(choices), at: new Date(at).toISOString() }))
}
