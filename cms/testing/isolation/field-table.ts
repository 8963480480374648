import type { Who } from './who.ts'

const TEXTS = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer'] as const
const machine = { create: 'nobody', update: 'nobody' } as const
const chain = { isLive: machine, publishedAt: machine, scheduledFor: machine, reviewDueAt: machine, waitingSince: machine, author: machine }
const imported = { sourceId: machine, batch: machine, contentDigest: machine, findings: machine }
const sender = { read: TEXTS } as const
const security = { update: ['security-admin'] } as const
const securityFromTheStart = { create: ['security-admin'], update: ['security-admin'] } as const

type Rules = Partial<Record<'read' | 'create' | 'update', Who>>

/**
 * Fields with a rule of their own, narrower than the document's. `security-admin` here means of the site: an administrator of another one
 * does not reach the document at all. A field with a rule and without a row fails the tests.
 */
export const FIELDS: Record<string, Record<string, Rules>> = {
  articles: chain,
  policies: { ...chain, ...imported },
  letters: { ...chain, senderName: sender, senderContact: sender, codeHash: { read: 'nobody' } },
  'import-batches': chain,
  layouts: { ...chain, title: machine },
  media: { hashes: machine },
  users: { name: security, unit: security, grants: securityFromTheStart, mustChangePassword: securityFromTheStart },
}
