import type { CollectionConfig } from 'payload'
import { READING_DUTIES, TEXT_DUTIES } from '@cluster/shared/governance/duties'
import { hiddenWithout } from '../../../access/hidden-without.ts'
import { keepWithinGrants } from '../../../access/keep-within-grants.ts'
import { nobody, onGrantedSite, withinGrantedSites } from '../../../access/within-granted-sites.ts'
import { env } from '../../../env.ts'
import { siteField } from '../../../fields/site-field.ts'
import { MEDIA_TYPES } from '../../../uploads/media-types.ts'
import { noteHashes } from './hooks/note-hashes.ts'
import { refuseUnsuitableFile } from './hooks/refuse-unsuitable-file.ts'
import { removeWhatWasRefused } from './hooks/remove-what-was-refused.ts'

const WRITERS = [...TEXT_DUTIES, 'site-admin'] as const

/** Pictures and attachments of a site. The public gets them by their content, only while a published document names them. */
export const media: CollectionConfig = {
  slug: 'media',
  labels: { singular: '图片与附件', plural: '图片与附件' },
  admin: { hidden: hiddenWithout(READING_DUTIES), hideAPIURL: true, useAsTitle: 'filename', defaultColumns: ['filename', 'alt', 'site', 'filesize'], group: '内容', description: '图片须填写替代文字，供看不到图片的读者使用。' },
  upload: {
    staticDir: env().MEDIA_DIR,
    mimeTypes: Object.keys(MEDIA_TYPES),
    focalPoint: true,
    displayPreview: true,
    // Files come from the person's own computer: what lies at an address may change or belong to somebody else.
    pasteURL: false,
    adminThumbnail: 'small',
    imageSizes: [
      { name: 'small', width: 480, withoutEnlargement: true },
      { name: 'medium', width: 960, withoutEnlargement: true },
      { name: 'large', width: 1600, withoutEnlargement: true },
    ],
  },
  disableDuplicate: true,
  access: {
    read: withinGrantedSites(READING_DUTIES),
    create: onGrantedSite(WRITERS),
    update: withinGrantedSites(WRITERS),
    // A file that a published page once showed must stay provable; what no page names is not public anyway.
    delete: nobody,
  },
  hooks: {
    beforeOperation: [refuseUnsuitableFile],
    beforeValidate: [keepWithinGrants(WRITERS)],
    beforeChange: [noteHashes],
    afterError: [removeWhatWasRefused],
  },
  fields: [
    {
      name: 'alt', label: '替代文字', type: 'text', maxLength: 200,
      admin: { description: '一句话说出图上是什么。图片必填，其他附件不用填。' },
      validate: (value: unknown, { data }: { data: Partial<{ mimeType?: string | null }> }) =>
        !data?.mimeType?.startsWith('image/') || String(value ?? '').trim() !== '' || '图片必须填写替代文字：用一句话说出图上是什么。',
    },
    { name: 'caption', label: '图片说明', type: 'text', maxLength: 200 },
    { name: 'hashes', type: 'json', admin: { hidden: true }, access: { create: () => false, update: () => false } },
    siteField,
  ],
}
