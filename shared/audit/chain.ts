import { contentDigest } from '../publishing/digest.ts'

/** One row of the audit log, as its seal covers it. What is absent is null. */
export type AuditRow = {
  id: number
  /** ISO 8601 with microseconds, in UTC, as the database keeps it. */
  at: string
  personId: number | null
  personName: string | null
  personEmail: string | null
  duty: string | null
  deed: string
  collection: string | null
  documentId: number | null
  version: number | null
  site: string | null
  isRefused: boolean
  reason: string | null
  address: string | null
  requestId: string | null
  detail: unknown
}

/** A row's place in the chain: `hash` covers the row, its number and the hash before it. */
export type Seal = { seq: number; rowId: number; previousHash: string; hash: string }

/** Where a chain begins, or goes on after older rows were moved out. */
export type ChainEnd = { seq: number; hash: string }

/** The end of a chain without a single row. */
export const GENESIS: ChainEnd = { seq: 0, hash: 'sha256:0000000000000000000000000000000000000000000000000000000000000000' }

/** Seals a row behind the chain's end. What is null is left out of the hash, so that a column added later changes no old seal. */
export function sealRow(end: ChainEnd, row: AuditRow): Seal {
  const seq = end.seq + 1
  return { seq, rowId: row.id, previousHash: end.hash, hash: hashOf(seq, end.hash, row) }
}

function hashOf(seq: number, previous: string, row: AuditRow): string {
  const present = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  return contentDigest({ seq, previous, row: present })
}

/** What can be wrong with a chain; `seq` and `rowId` say where it was found first. */
export type ChainFault = { code: keyof typeof CHAIN_FAULTS; seq: number | null; rowId: number | null }

export const CHAIN_FAULTS = {
  'seal-missing': '链上缺了一环：有封存记录被删除。',
  'row-missing': '有记录已封存，但记录本身被删除。',
  'row-changed': '记录的内容在封存之后被改动。',
  'chain-broken': '这一环与上一环对不上：封存记录被改写。',
  'row-unsealed': '有记录早该封存而没有封存：可能是伪造的，或封存程序没有运行。',
  'anchor-missing': '链上找不到曾经导出的链头：末尾的记录被删除，或整条链被重写。',
} as const

/** Checks the link that follows `end`. @returns what is wrong with it, or the chain's new end */
export function checkLink(end: ChainEnd, { seal, row }: { seal: Seal; row: AuditRow | null }): { fault: ChainFault } | { end: ChainEnd } {
  const fault = (code: ChainFault['code']) => ({ fault: { code, seq: seal.seq, rowId: seal.rowId } })
  if (seal.seq !== end.seq + 1) return { fault: { code: 'seal-missing', seq: end.seq + 1, rowId: null } }
  if (seal.previousHash !== end.hash) return fault('chain-broken')
  if (!row) return fault('row-missing')
  if (hashOf(seal.seq, end.hash, row) !== seal.hash) return fault('row-changed')
  return { end: { seq: seal.seq, hash: seal.hash } }
}
