import type { CollectionConfig } from 'payload'
import { nobody } from '../../../access/within-granted-sites.ts'
import { makeReviewable } from '../../../review/reviewable.ts'
import { reviewedCollection } from '../../../review/reviewed-collection.ts'
import { layoutEndpoints } from './endpoints.ts'
import { refuseLockedChoices } from './hooks/refuse-locked-choices.ts'
import { reviewableLayout } from './reviewable-layout.ts'

makeReviewable('layouts', reviewableLayout)

/** Shown and changed by the layout editor, which stands in the first field's place. */
const inEditor = { hidden: true }

/** Home page layouts (首页布置): the working copy of what a site chose of what its release leaves to it. One for each site, made with it. */
export const layouts: CollectionConfig = reviewedCollection({
  slug: 'layouts',
  labels: { singular: '首页布置', plural: '首页布置' },
  admin: {
    useAsTitle: 'title', defaultColumns: ['site', 'state', 'updatedAt'], listSearchableFields: ['site.name'],
    // The menu leads by an own page, which knows whose layout a person means.
    group: false,
    description: '每个站点一份。调整板块次序、主色、主图和本地链接，经审核后在网站首页生效；锁定的部分由省级模板规定。',
  },
  access: { create: nobody },
  indexes: [{ fields: ['site'], unique: true }],
  hooks: { beforeChange: [refuseLockedChoices] },
  fields: [
    { name: 'title', label: '名称', type: 'text', required: true, defaultValue: '首页布置', admin: inEditor, access: { create: () => false, update: () => false } },
    {
      name: 'order', label: '板块次序', type: 'json',
      admin: { components: { Field: '/admin/layout/layout-editor#LayoutEditor' } },
    },
    { name: 'hidden', label: '不显示的板块', type: 'json', admin: inEditor },
    { name: 'accent', label: '主色', type: 'text', admin: inEditor },
    { name: 'heroPicture', label: '首页主图', type: 'upload', relationTo: 'media', admin: inEditor },
    { name: 'links', label: '本地链接', type: 'json', admin: inEditor },
  ],
  endpoints: layoutEndpoints,
})
