import { createHmac, timingSafeEqual } from 'node:crypto'
import { trialSchema, type Trial } from '@cluster/shared/delivery/trial'

/**
 * What a trial header asks for, when it was signed for this site with our key and is still valid; `null` otherwise: then
 * the visit is an ordinary one.
 */
export function openTrial(
  header: string | string[] | undefined,
  { key, site, now }: { key: string; site: string; now: number },
): Trial | null {
  if (typeof header !== 'string') return null
  const [payload = '', signature = '', ...rest] = header.split('.')
  const expected = Buffer.from(createHmac('sha256', key).update(payload).digest('base64url'))
  const given = Buffer.from(signature)
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const parsed = trialSchema.safeParse(jsonOf(payload))
  return parsed.success && parsed.data.site === site && parsed.data.expires > now ? parsed.data : null
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}
