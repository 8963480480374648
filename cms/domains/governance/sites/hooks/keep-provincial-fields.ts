import type { CollectionBeforeChangeHook } from 'payload'
import { hasDutyOn } from '../../../../access/within-granted-sites.ts'
import { personOf } from '../../../../access/granted-sites.ts'

/** Fields by which a site stands in the tree; nothing an office may set for itself. */
const FRAME = ['slug', 'path', 'level', 'parent', 'division', 'divisionCode', 'region'] as const
const PROVINCIAL = ['name', 'office', 'domain', 'release', 'mayDrafterReviewFirst'] as const

/** The frame of a site never changes by an edit; its provincial fields change by the province's administrator only. */
export const keepProvincialFields: CollectionBeforeChangeHook = async ({ data, originalDoc, operation, req }) => {
  if (operation !== 'update' || !personOf(req)) return data
  const isProvince = await hasDutyOn(req, originalDoc.id, ['province-admin'])
  const kept = isProvince ? FRAME : [...FRAME, ...PROVINCIAL]
  return { ...data, ...Object.fromEntries(kept.map((field) => [field, originalDoc[field]])) }
}
