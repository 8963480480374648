import type { Field } from 'payload'
import { Forbidden } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'

/** The site that owns the document; given once and never changed, so that nothing wanders into another office's hands. */
export const siteField: Field = {
  name: 'site',
  label: '所属站点',
  type: 'relationship',
  relationTo: 'sites',
  required: true,
  index: true,
  admin: { position: 'sidebar', allowCreate: false, allowEdit: false },
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
