import type { CollectionConfig, Field } from 'payload'
import { READING_DUTIES, TEXT_DUTIES } from '@cluster/shared/governance/duties'
import { STATES } from '@cluster/shared/publishing/states'
import { hiddenWithout } from '../access/hidden-without.ts'
import { keepWithinGrants } from '../access/keep-within-grants.ts'
import { nobody, onGrantedSite, withinGrantedSites } from '../access/within-granted-sites.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'
import { siteField } from '../fields/site-field.ts'
import { previewLinkEndpoint } from '../preview/endpoint.ts'
import { chainEndpoint } from './endpoints/chain.ts'
import { transitionsEndpoint } from './endpoints/transitions.ts'
import { versionsEndpoint } from './endpoints/versions.ts'
import { holdVersion } from './hooks/hold-version.ts'
import { keepState } from './hooks/keep-state.ts'
import { keepText } from './hooks/keep-text.ts'
import { requireVersion } from './hooks/require-version.ts'

/** Shown by the review panel in words; the field stays for lists and filters. */
const inPanel = { Field: '/admin/review/shown-in-panel#ShownInPanel' }
const readOnly = { readOnly: true, position: 'sidebar' as const, components: inPanel }
const machine = { create: () => false, update: () => false }
const minute = { date: { pickerAppearance: 'dayAndTime' as const, displayFormat: 'yyyy-MM-dd HH:mm' } }

/** What the review chain keeps on every document. Written by transitions only; whatever a request says here is ignored. */
const chainFields: Field[] = [
  { name: 'review', type: 'ui', label: '审核', admin: { position: 'sidebar', disableListColumn: true, components: { Field: '/admin/review/review-panel#ReviewPanel' } } },
  {
    name: 'state', label: '状态', type: 'select', defaultValue: 'draft', required: true, index: true,
    admin: { ...readOnly, components: { ...inPanel, Cell: '/admin/review/state-cell#StateCell' } },
    options: Object.entries(STATES).map(([value, label]) => ({ value, label })),
  },
  // Sent back with an edit, so that it can be told whether somebody else saved in between: open to update, checked by `holdVersion`.
  { name: 'version', type: 'number', defaultValue: 1, required: true, admin: { hidden: true } },
  { name: 'isLive', label: '公众可见', type: 'checkbox', defaultValue: false, admin: { ...readOnly, description: '网站上有已发布的版本。' }, access: machine },
  { name: 'publishedAt', label: '发布时间', type: 'date', index: true, admin: { ...readOnly, ...minute }, access: machine },
  { name: 'scheduledFor', label: '定时发布', type: 'date', admin: { ...readOnly, ...minute, condition: (data) => Boolean(data?.scheduledFor) }, access: machine },
  { name: 'reviewDueAt', label: '补审期限', type: 'date', admin: { ...readOnly, ...minute, condition: (data) => Boolean(data?.reviewDueAt) }, access: machine },
  { name: 'waitingSince', type: 'date', admin: { hidden: true }, access: machine },
  { name: 'author', label: '最后编辑', type: 'relationship', relationTo: 'users', admin: { ...readOnly, allowCreate: false, allowEdit: false }, access: machine },
]

/** Whoever works on texts of the site may read its working copies, and nobody else. */
export const reviewedAccess: CollectionConfig['access'] = {
  read: withinGrantedSites(READING_DUTIES),
  create: onGrantedSite(['editor']),
  update: withinGrantedSites(TEXT_DUTIES),
  delete: nobody,
}

/**
 * A collection whose documents go through the review chain: adds the chain's fields, keeps its rules in every write, whatever way
 * it comes, and opens the one address by which the state changes.
 */
export function reviewedCollection(config: CollectionConfig & { slug: ReviewedCollection }): CollectionConfig {
  const { hooks = {}, endpoints } = config
  return {
    ...config,
    admin: {
      hidden: hiddenWithout(READING_DUTIES),
      hideAPIURL: true,
      ...config.admin,
      components: {
        edit: { beforeDocumentControls: ['/admin/review/top-controls#TopControls'], SaveButton: '/admin/review/save-button#SaveButton' },
        views: { edit: { default: { Component: '/admin/review/edit-view#ReviewedEditView' } } },
        ...config.admin?.components,
      },
    },
    // Each text is saved on the version that somebody saw; many at once were seen by nobody.
    disableBulkEdit: true,
    disableDuplicate: true,
    access: { ...reviewedAccess, ...config.access },
    // The panel stands first beside the text; site and column follow.
    fields: [...chainFields, siteField, ...config.fields],
    // Payload's own locking would keep a colleague out for minutes after somebody left the page open; versions decide instead.
    lockDocuments: false,
    indexes: [...(config.indexes ?? []), { fields: ['site', 'publishedAt'] }, { fields: ['site', 'state'] }],
    hooks: {
      ...hooks,
      beforeOperation: [requireVersion, ...(hooks.beforeOperation ?? [])],
      beforeValidate: [keepWithinGrants(['editor']), holdVersion(config.slug), ...(hooks.beforeValidate ?? [])],
      beforeChange: [...(hooks.beforeChange ?? []), keepState],
      afterChange: [...(hooks.afterChange ?? []), keepText(config.slug)],
    },
    endpoints: [
      ...(endpoints || []), transitionsEndpoint(config.slug), chainEndpoint(config.slug), ...versionsEndpoint(config.slug),
      ...(config.slug === 'import-batches' || config.slug === 'layouts' ? [] : [previewLinkEndpoint(config.slug)]),
    ],
  }
}
