import type { Choices } from '@cluster/shared/governance/templates/choices'
import type { LayoutFrame } from '../../domains/governance/layouts/endpoints.ts'
import { ask, askWith } from '../review/requests.ts'

/** A picture of the site, as it is offered for choosing. */
export type OwnPicture = { id: number; alt: string; filename: string; thumbnailURL?: string | null; url?: string | null }

export const readFrame = (id: number) => ask<LayoutFrame>(`/api/layouts/${id}/frame`)

export const makeLivePreview = (id: number, choices: Choices) =>
  ask<{ url: string }>(`/api/layouts/${id}/live-preview`, { method: 'POST', body: JSON.stringify(choices) })

/** The newest pictures of the site; nobody scrolls through more. */
const SHOWN = 60

export const readPictures = (siteId: number) => ask<{ docs: OwnPicture[]; totalDocs: number }>(`/api/media?${new URLSearchParams({
  'where[and][0][site][equals]': String(siteId), 'where[and][1][mimeType][contains]': 'image/', sort: '-createdAt', limit: String(SHOWN), depth: '0' })}`)

/** Uploads a picture for the site, with its words. */
export function uploadPicture(siteId: number, file: File, alt: string) {
  const form = new FormData()
  form.set('file', file)
  form.set('_payload', JSON.stringify({ site: siteId, alt }))
  return askWith<{ doc: OwnPicture }>('/api/media?depth=0', { method: 'POST', body: form })
}
