import { type Field, Forbidden, type PayloadRequest } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { personOf, sitesWith } from '../access/granted-sites.ts'

/** Who works on a site's documents; whoever does so on one site only is not asked which. */
const WORKING_DUTIES: readonly Duty[] = ['editor', 'site-admin']

/** The site that owns the document; given once and never changed, so that nothing wanders into another office's hands. */
export const siteField: Field = {
  name: 'site',
  label: '所属站点',
  type: 'relationship',
  relationTo: 'sites',
  required: true,
  index: true,
  defaultValue: ({ req }: { req: PayloadRequest }) => onlySite(req),
  admin: { position: 'sidebar', allowCreate: false, allowEdit: false, components: { Field: '/admin/fields/site-field#SiteField' } },
  hooks: {
    beforeValidate: [
      ({ value, originalDoc, operation, req }) => {
        const owner = relationId(originalDoc?.site)
        if (operation !== 'update' || owner === null || value === undefined) return value
        if (relationId(value) !== owner) throw new Forbidden(req.t)
        return owner
      },
    ],
  },
}

async function onlySite(req: PayloadRequest): Promise<number | undefined> {
  const sites = personOf(req) ? await sitesWith(req, WORKING_DUTIES) : []
  return sites !== 'all' && sites.length === 1 ? sites[0] : undefined
}
