import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditRow, type ChainEnd, checkLink, GENESIS, type Seal, sealRow } from './chain.ts'

const row = (id: number, more: Partial<AuditRow> = {}): AuditRow => ({
  id, at: '2026-11-23T01:02:03.456789Z', personId: 7, personName: '张三', personEmail: 'zhang@example.org', duty: 'editor', deed: 'update', collection: 'articles',
  documentId: 12, version: 3, site: 'suzhou-kunshan', isRefused: false, reason: null, address: '10.0.0.7', requestId: 'r-1', detail: { fields: ['title'] }, ...more })

function chain(rows: readonly AuditRow[]): Seal[] {
  let end: ChainEnd = GENESIS
  return rows.map((each) => {
    const seal = sealRow(end, each)
    end = { seq: seal.seq, hash: seal.hash }
    return seal
  })
}

function faultOf(links: ReadonlyArray<{ seal: Seal; row: AuditRow | null }>) {
  let end: ChainEnd = GENESIS
  for (const link of links) {
    const checked = checkLink(end, link)
    if ('fault' in checked) return checked.fault
    end = checked.end
  }
  return null
}

describe('the chain of the audit log', () => {
  const rows = [row(3), row(1, { deed: 'sign-in' }), row(9, { isRefused: true, reason: 'forbidden' })]
  const links = chain(rows).map((seal, index) => ({ seal, row: rows[index] ?? null }))

  it('holds as it was sealed, in the order of sealing', () => {
    expect(faultOf(links)).toBeNull()
    expect(links.map(({ seal }) => [seal.seq, seal.rowId])).toEqual([[1, 3], [2, 1], [3, 9]])
  })

  it('says which row was removed, and which seal', () => {
    expect(faultOf(links.map((link, index) => (index === 1 ? { ...link, row: null } : link)))).toEqual({ code: 'row-missing', seq: 2, rowId: 1 })
    expect(faultOf(links.filter((_, index) => index !== 1))).toEqual({ code: 'seal-missing', seq: 2, rowId: null })
  })

  it('finds a chain that was sealed anew from one place on', () => {
    const changed = rows.map((each, index) => (index === 1 ? { ...each, deed: 'sign-out' } : each))
    const anew = chain(changed)
    const mixed = links.map((link, index) => (index === 1 ? { seal: anew[1]!, row: changed[1]! } : link))
    expect(faultOf(mixed)).toEqual({ code: 'chain-broken', seq: 3, rowId: 9 })
  })

  it('finds a change of any field of any row', () => {
    const fields = Object.keys(rows[0]!) as Array<keyof AuditRow>
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 }), fc.constantFrom(...fields), fc.anything(), (index, field, value) => {
      const before = rows[index]![field]
      const isSame = JSON.stringify(before) === JSON.stringify(value) || (before === null && value === null)
      fc.pre(!isSame && JSON.stringify(value) !== undefined && (before !== null || value !== null))
      const changed = links.map((link, at) => (at === index ? { ...link, row: { ...link.row!, [field]: JSON.parse(JSON.stringify(value)) as never } } : link))
      expect(faultOf(changed)).toMatchObject({ code: 'row-changed', seq: index + 1 })
    }), { numRuns: 300 })
  })

  it('is not changed by a column that older rows do not have', () => {
    const seal = sealRow(GENESIS, rows[0]!)
    expect(sealRow(GENESIS, { ...rows[0]!, later: null } as AuditRow)).toEqual(seal)
  })
})
