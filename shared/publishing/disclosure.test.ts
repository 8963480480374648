import { describe, expect, it } from 'vitest'
import { chainOf, disclosureIssues } from './disclosure.ts'
import type { SignOff, SignOffLink } from './states.ts'

const AT = '2026-11-23T02:00:00.000Z'
const signOff = (link: SignOffLink, more: Partial<SignOff> = {}): SignOff => ({ link, personId: 1, name: link, unit: '综合科', at: AT, digest: 'd', ...more })
const complete = (['final-review', 'second-review', 'first-review', 'draft'] as const).map((link) => signOff(link))
const emergency = { name: '周立新', unit: '办公室', at: AT, reason: '防汛', reviewDueAt: AT }

describe('chainOf', () => {
  it('shows the links in the order of the chain, and of the people only name, unit and time', () => {
    expect(chainOf(complete).map(({ link }) => link)).toEqual(['draft', 'first-review', 'second-review', 'final-review'])
    expect(Object.keys(chainOf(complete)[0]!).sort()).toEqual(['at', 'link', 'name', 'unit'])
  })

  it('shows no link that nobody signed', () => expect(chainOf([signOff('draft')])).toHaveLength(1))
})

describe('disclosureIssues', () => {
  it('has nothing to say of a complete chain', () => expect(disclosureIssues({ chain: chainOf(complete) })).toEqual([]))

  it.each(['draft', 'first-review', 'second-review', 'final-review'] as const)('misses %s', (link) => {
    expect(disclosureIssues({ chain: chainOf(complete.filter((signed) => signed.link !== link)) }).map(({ code }) => code)).toEqual(['chain-incomplete'])
  })

  it('misses a name or a unit', () => {
    for (const blank of [{ name: ' ' }, { unit: '' }]) {
      expect(disclosureIssues({ chain: chainOf(complete.map((signed) => (signed.link === 'draft' ? { ...signed, ...blank } : signed))) }).map(({ code }) => code)).toEqual(['chain-unnamed'])
    }
  })

  it('asks of an emergency who drafted and who ordered it', () => {
    expect(disclosureIssues({ chain: chainOf([signOff('draft'), signOff('final-review')]), emergency })).toEqual([])
    expect(disclosureIssues({ chain: chainOf([signOff('final-review')]), emergency })).toHaveLength(1)
    expect(disclosureIssues({ chain: chainOf([signOff('draft')]), emergency })).toHaveLength(1)
  })
})
