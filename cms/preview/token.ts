import { createHmac, timingSafeEqual } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type Choices, choicesSchema } from '@cluster/shared/governance/templates/choices'
import { z } from 'zod'

/** Long enough to read a text and show it to a colleague, too short to become an address that travels. */
export const PREVIEW_MINUTES = 30
/** An address line that every proxy takes whole. */
export const TOKEN_LIMIT = 7000

const documentSchema = z.object({
  collection: z.enum(['articles', 'policies', 'letters']),
  id: z.number().int().positive(),
  expires: z.number().int(),
})
/** A layout is looked at while it is being made: the token carries the choices, so that nothing has to be kept of them. */
const layoutSchema = z.object({
  collection: z.literal('layouts'), id: z.number().int().positive(), choices: choicesSchema, expires: z.number().int(),
})
const targetSchema = z.discriminatedUnion('collection', [documentSchema, layoutSchema])
export type DocumentPreview = Omit<z.infer<typeof documentSchema>, 'expires'>
export type LayoutPreview = { collection: 'layouts'; id: number; choices: Choices }
export type PreviewTarget = DocumentPreview | LayoutPreview
type Keys = { secret: string; now: Date }

/** A signed, short-lived token for one document, of whose text it carries nothing, or for one arrangement of a home page. */
export function makePreviewToken(target: PreviewTarget, { secret, now }: Keys): string {
  const json = JSON.stringify({ ...target, expires: now.getTime() + PREVIEW_MINUTES * 60_000 })
  const payload = target.collection === 'layouts' ? `z-${deflateRawSync(json).toString('base64url')}` : Buffer.from(json).toString('base64url')
  return `${payload}.${sign(payload, secret)}`
}

/** @returns what the token names; null when it was altered, is no token, or has expired */
export function openPreviewToken(token: string, { secret, now }: Keys): PreviewTarget | null {
  const [payload = '', signature = '', ...rest] = token.split('.')
  const expected = Buffer.from(sign(payload, secret))
  const given = Buffer.from(signature)
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const parsed = targetSchema.safeParse(contentOf(payload))
  if (!parsed.success || parsed.data.expires <= now.getTime()) return null
  const { expires: _, ...target } = parsed.data
  return target
}

/** What is packed was signed here, so it unpacks to what was packed here; the bound is a second belt. */
function contentOf(payload: string): unknown {
  try {
    const json = payload.startsWith('z-')
      ? inflateRawSync(Buffer.from(payload.slice(2), 'base64url'), { maxOutputLength: 64 * 1024 }) : Buffer.from(payload, 'base64url')
    return JSON.parse(json.toString('utf8'))
  } catch {
    return null
  }
}

const sign = (payload: string, secret: string) => createHmac('sha256', secret).update(payload).digest('base64url')
