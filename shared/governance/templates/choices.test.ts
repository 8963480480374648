import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accentOf, arrangeHome, type Choices, choiceIssues, choicesSchema, NO_CHOICES } from './choices.ts'
import { HOME_BLOCK_CODES, type HomeBlock } from './parts.ts'
import { faultless } from './templates.fixtures.ts'

const release = faultless()
const choose = (changes: Partial<Choices>): Choices => ({ ...NO_CHOICES, ...changes })
const strict = faultless({
  name: '严格模板',
  home: release.home.map((part) => ({ ...part, rule: 'locked' as const, isMovable: false })),
  slots: release.slots.map((each) => ({ ...each, rule: 'locked' as const })),
})
const everything = choose({ order: ['policies', 'frontier'], hidden: ['links'], accent: 'pine', heroPicture: 7, links: [{ label: '市政府', href: 'https://www.example.gov.cn/' }] })

describe('choices of an office', () => {
  it('within the release have nothing against them', () => {
    expect(choiceIssues(release, NO_CHOICES)).toEqual([])
    expect(choiceIssues(release, everything)).toEqual([])
  })

  it.each<[string, Partial<Choices>, string, string]>([
    ['move a block that is fixed', { order: ['notices'] }, 'part-locked', '通知公告'],
    ['hide what must be shown', { hidden: ['updates'] }, 'part-locked', '工作动态'],
    ['name a block twice', { order: ['policies', 'policies'] }, 'block-twice', '政策文件与解读'],
    ['place a block that the release has not', { order: ['sites'] }, 'block-unknown', '站点导航'],
    ['take an accent that nobody checked', { accent: 'pink' }, 'accent-unknown', '朱红、松绿'],
  ])('that %s are refused by name', (_, changes, code, word) => {
    const [issue] = choiceIssues(release, choose(changes))
    expect(issue).toMatchObject({ code, severity: 'error' })
    expect(issue!.message).toContain(word)
  })

  it('that touch locked parts are told of every one, and of who may change it', () => {
    const issues = choiceIssues(strict, everything)
    expect(new Set(issues.map(({ path }) => path))).toEqual(new Set(['order', 'hidden', 'links', 'accent', 'heroPicture']))
    for (const { code, message } of issues) expect([code, message]).toEqual(['part-locked', expect.stringContaining('省级模板管理员')])
  })

  it('are parsed: no script addresses, no wall of links', () => {
    expect(choicesSchema.safeParse({ links: [{ label: '点我', href: 'javascript:alert(1)' }] }).success).toBe(false)
    expect(choicesSchema.safeParse({ links: Array.from({ length: 9 }, () => ({ label: '链接', href: '/' })) }).success).toBe(false)
    expect(choicesSchema.parse({})).toEqual(NO_CHOICES)
  })
})

describe('the home page', () => {
  it('follows the office where it may, and the province everywhere else', () => {
    expect(arrangeHome(release, NO_CHOICES)).toEqual(release.home.map(({ block }) => block))
    expect(arrangeHome(release, choose({ order: ['links', 'policies'] }))).toEqual(['hero', 'updates', 'links', 'notices', 'policies', 'frontier', 'letters'])
    expect(arrangeHome(release, choose({ hidden: ['links'] }))).not.toContain('links')
  })

  const choices = fc.record({ order: fc.array(fc.constantFrom<HomeBlock>(...HOME_BLOCK_CODES)), hidden: fc.array(fc.constantFrom<HomeBlock>(...HOME_BLOCK_CODES)) })
  it('whatever was chosen shows each block once, everything that must be shown, and fixed ones where they belong', () => {
    fc.assert(fc.property(choices, (given) => {
      const arranged = arrangeHome(release, choose(given))
      expect(new Set(arranged).size).toBe(arranged.length)
      for (const { block, rule } of release.home) if (rule !== 'optional') expect(arranged).toContain(block)
      const whole = arrangeHome(release, choose({ order: given.order }))
      release.home.forEach(({ block, isMovable }, index) => { if (!isMovable) expect(whole[index]).toBe(block) })
    }))
  })

  it('going to a strict release and back loses nothing of what was chosen', () => {
    const stored = structuredClone(everything)
    arrangeHome(strict, stored)
    accentOf(strict, stored)
    expect(stored).toEqual(everything)
    expect(arrangeHome(strict, stored)).toEqual(strict.home.map(({ block }) => block))
    expect(accentOf(strict, stored).key).toBe('crimson')
    expect(accentOf(release, stored).key).toBe('pine')
  })
})
