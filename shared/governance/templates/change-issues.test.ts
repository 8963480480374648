import { describe, expect, it } from 'vitest'
import { changeIssues, sleepingParts } from './change-issues.ts'
import { type Choices, NO_CHOICES } from './choices.ts'
import { faultless } from './templates.fixtures.ts'

const open = faultless()
const strict = faultless({
  name: '严格模板',
  home: open.home.map((part) => ({ ...part, rule: 'locked' as const, isMovable: false })),
  slots: open.slots.map((each) => ({ ...each, rule: 'locked' as const })),
})
const chosen: Choices = { order: ['policies', 'frontier'], hidden: ['links'], accent: 'pine', heroPicture: 7, links: [{ label: '市政府', href: '/' }] }
const parts = (before: Choices, after: Choices) => changeIssues(strict, before, after).map(({ path }) => path)

describe('a change under a release that lets less', () => {
  it('leaves what sleeps alone', () => {
    expect(changeIssues(strict, chosen, chosen)).toEqual([])
    expect(changeIssues(strict, chosen, structuredClone(chosen))).toEqual([])
    expect(new Set(sleepingParts(strict, chosen))).toEqual(new Set(['order', 'hidden', 'links', 'accent', 'heroPicture']))
    expect(sleepingParts(open, chosen)).toEqual([])
  })

  it('may go back to the province’s proposal, in part or whole', () => {
    expect(changeIssues(strict, chosen, NO_CHOICES)).toEqual([])
    expect(changeIssues(strict, chosen, { ...chosen, accent: null })).toEqual([])
  })

  it.each<[keyof Choices, Partial<Choices>]>([
    ['order', { order: ['links', 'policies'] }],
    ['hidden', { hidden: ['links', 'updates'] }],
    ['accent', { accent: 'crimson' }],
    ['heroPicture', { heroPicture: 8 }],
    ['links', { links: [...chosen.links, { label: '省政府', href: '/' }] }],
  ])('is refused for what it touches: %s', (path, over) => {
    expect(parts(chosen, { ...chosen, ...over })).toContain(path)
    expect(new Set(parts(chosen, { ...chosen, ...over }))).toEqual(new Set([path]))
  })

  it('within the release has nothing against it', () => {
    expect(changeIssues(open, NO_CHOICES, chosen)).toEqual([])
  })
})
