import { describe, expect, it } from 'vitest'
import { type Manifest, manifestIssues, manifestSchema } from './manifest.ts'
import { faultless } from './templates.fixtures.ts'

const codes = (changes: Partial<Manifest>) => manifestIssues(faultless(changes)).map(({ code }) => code)
const base = faultless()
const without = <Item>(items: readonly Item[], isOut: (item: Item) => boolean) => items.filter((item) => !isOut(item))

describe('a manifest', () => {
  it('without fault may be issued', () => {
    expect(manifestIssues(base)).toEqual([])
    expect(manifestSchema.parse(base)).toEqual(base)
  })

  it.each<[string, Partial<Manifest>, string]>([
    ['lacks a slot that norms demand', { slots: without(base.slots, ({ slot }) => slot === 'footer') }, 'slot-missing'],
    ['lets offices change the named chain', { slots: base.slots.map((each) => (each.slot === 'chain' ? { ...each, rule: 'optional' as const } : each)) }, 'slot-must-be-locked'],
    ['rules a slot twice', { slots: [...base.slots, base.slots[0]!] }, 'part-twice'],
    ['lacks the policies on the home page', { home: without(base.home, ({ block }) => block === 'policies') }, 'block-missing'],
    ['locks a block that may be moved', { home: base.home.map((each) => (each.block === 'frontier' ? { ...each, rule: 'locked' as const } : each)) }, 'locked-but-movable'],
    ['locks the order and lets blocks move', { slots: base.slots.map((each) => (each.slot === 'home-order' ? { ...each, rule: 'locked' as const } : each)) }, 'order-contradicts'],
    ['shows letters and takes none', { interaction: [] }, 'module-off'],
    ['lacks a mandated column', { columns: without(base.columns, ({ key }) => key === 'notices') }, 'column-missing'],
    ['renames a mandated column', { columns: base.columns.map((each) => (each.key === 'notices' ? { ...each, name: '公告栏' } : each)) }, 'column-differs'],
    ['shows fewer names than the province demands', { columns: base.columns.map((each) => (each.key === 'updates' ? { ...each, chain: ['draft' as const] } : each)) }, 'chain-weaker'],
    ['lets updates grow older than the inspection does', { columns: base.columns.map((each) => (each.key === 'updates' ? { ...each, freshnessDays: 30 } : each)) }, 'freshness-weaker'],
    ['forgets a label', { labels: { ...base.labels, document: ['ArticleTitle'] } }, 'label-missing'],
    ['forgets the sponsor', { footer: [] }, 'footer-field-missing'],
    ['lacks a page kind', { pageKinds: base.pageKinds.slice(1) }, 'page-kind-missing'],
    ['offers an accent that nobody can read', { accents: [{ ...base.accents[0]!, light: { accent: '#e8a0a0', accentInk: '#ffffff', ground: '#fbfaf7' } }] }, 'contrast-too-low'],
  ])('that %s is refused, and told what to write instead', (_, changes, code) => {
    expect(codes(changes)).toContain(code)
    for (const { message } of manifestIssues(faultless(changes))) expect(message).toMatch(/。.+。$/u)
  })

  it('tells everything at once', () => {
    expect(new Set(codes({ footer: [], interaction: [], pageKinds: base.pageKinds.slice(1) }))).toEqual(
      new Set(['footer-field-missing', 'module-off', 'page-kind-missing']))
  })
})
