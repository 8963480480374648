import type { PayloadRequest } from 'payload'
import { type SiteRecord, siteRecordSchema } from '@cluster/shared/delivery/records'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { query, sql } from '../database/query.ts'
import { publicChoicesOf } from '../domains/governance/layouts/published-choices.ts'
import { readStanding } from '../domains/governance/site-lifecycle/read-standing.ts'

/** Projects a site with its columns into its delivery record. @returns the site's slug */
export async function storeSiteRecord(req: PayloadRequest, siteId: number): Promise<string> {
  const { payload } = req
  const site = await payload.findByID({ collection: 'sites', id: siteId, depth: 0, req, overrideAccess: true })
  const parentId = relationId(site.parent)
  const parent = parentId === null ? null
    : await payload.findByID({ collection: 'sites', id: parentId, depth: 0, req, overrideAccess: true, select: { slug: true } })
  const { docs: columns } = await payload.find({
    collection: 'columns', where: { site: { equals: siteId } }, sort: ['order', 'id'], pagination: false, depth: 0, req, overrideAccess: true,
  })
  const present = (value: string | null | undefined) => value || undefined
  const record: SiteRecord = siteRecordSchema.parse({
    slug: site.slug, name: site.name, office: site.office, division: site.division, divisionCode: site.divisionCode,
    level: site.level, region: site.region ?? null, parent: parent?.slug ?? null, domain: present(site.domain), release: site.release,
    standing: await readStanding(req, siteId),
    choices: await publicChoicesOf(req, siteId),
    // Every release says so: mandated columns first, in the province's order; an office's own follow, whatever number they were given.
    columns: columns.toSorted((one, other) => Number(other.isMandated ?? false) - Number(one.isMandated ?? false))
      .map(({ key, name, description, kind, isMandated }) => ({ key, name, description, kind, isMandated: isMandated ?? false })),
    footer: {
      sponsor: site.office,
      address: present(site.footer?.address), phone: present(site.footer?.phone), email: present(site.footer?.email),
      siteIdCode: present(site.footer?.siteIdCode), icpRecord: present(site.footer?.icpRecord),
      publicSecurityRecord: present(site.footer?.publicSecurityRecord), organMarkUrl: present(site.footer?.organMarkUrl),
    },
  })
  await query(req, sql`insert into delivery.sites (slug, path, record) values (${site.slug}, ${site.path}, ${JSON.stringify(record)}::jsonb)
    on conflict (slug) do update set path = excluded.path, record = excluded.record`)
  return site.slug
}
