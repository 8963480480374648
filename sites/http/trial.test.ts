import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Trial } from '@cluster/shared/delivery/trial'
import { openTrial } from './trial.ts'

const KEY = 'k'.repeat(32)
const NOW = Date.parse('2026-11-23T10:00:00Z')
const TRIAL: Trial = { site: 'suzhou', release: 'standard-2', draws: null, expires: NOW + 60_000 }
const signed = (trial: unknown, key = KEY) => {
  const payload = Buffer.from(JSON.stringify(trial)).toString('base64url')
  return `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`
}
const open = (header: string | string[] | undefined, site = 'suzhou') => openTrial(header, { key: KEY, site, now: NOW })

describe('a trial header', () => {
  it('opens for the site that it was signed for', () => {
    expect(open(signed(TRIAL))).toEqual(TRIAL)
    expect(open(signed({ ...TRIAL, release: null, draws: 'error' }))).toMatchObject({ release: null, draws: 'error' })
  })

  it.each<[string, string | string[] | undefined, string?]>([
    ['absent', undefined],
    ['doubled', [signed(TRIAL), signed(TRIAL)]],
    ['signed with another key', signed(TRIAL, 'x'.repeat(32))],
    ['unsigned', Buffer.from(JSON.stringify(TRIAL)).toString('base64url')],
    ['with something behind it', `${signed(TRIAL)}.more`],
    ['for another site', signed(TRIAL), 'nanjing'],
    ['past its time', signed({ ...TRIAL, expires: NOW })],
    ['that draws what has an address', signed({ ...TRIAL, draws: 'home' })],
    ['that is no JSON', `x.${createHmac('sha256', KEY).update('x').digest('base64url')}`],
  ])('%s opens nothing', (_, header, site) => expect(open(header, site)).toBeNull())
})
