import { createHmac } from 'node:crypto'
import { type Trial, TRIAL_HEADER, TRIAL_SECONDS } from '@cluster/shared/delivery/trial'

type Visit = Omit<Trial, 'expires'>

/** The header by which a portal draws a page of the site on trial. */
export function trialHeader(visit: Visit, { key, now }: { key: string; now: Date }): Record<string, string> {
  const trial: Trial = { ...visit, expires: now.getTime() + TRIAL_SECONDS * 1000 }
  const payload = Buffer.from(JSON.stringify(trial)).toString('base64url')
  return { [TRIAL_HEADER]: `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}` }
}
