import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Long enough to read a text and show it to a colleague, too short to become an address that travels. */
export const PREVIEW_MINUTES = 30

const targetSchema = z.object({
  collection: z.enum(['articles', 'policies', 'letters']),
  id: z.number().int().positive(),
  expires: z.number().int(),
})
export type PreviewTarget = Omit<z.infer<typeof targetSchema>, 'expires'>
type Keys = { secret: string; now: Date }

/** A signed, short-lived token for one document. It names the document and carries nothing of its text. */
export function makePreviewToken(target: PreviewTarget, { secret, now }: Keys): string {
  const payload = Buffer.from(JSON.stringify({ ...target, expires: now.getTime() + PREVIEW_MINUTES * 60_000 })).toString('base64url')
  return `${payload}.${sign(payload, secret)}`
}

/** @returns what the token names; null when it was altered, is no token, or has expired */
export function openPreviewToken(token: string, { secret, now }: Keys): PreviewTarget | null {
  const [payload = '', signature = '', ...rest] = token.split('.')
  const expected = Buffer.from(sign(payload, secret))
  const given = Buffer.from(signature)
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const parsed = targetSchema.safeParse(jsonOf(payload))
  return parsed.success && parsed.data.expires > now.getTime() ? { collection: parsed.data.collection, id: parsed.data.id } : null
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

const sign = (payload: string, secret: string) => createHmac('sha256', secret).update(payload).digest('base64url')
