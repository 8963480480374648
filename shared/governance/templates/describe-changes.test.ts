import { describe, expect, it } from 'vitest'
import { type Choices, NO_CHOICES } from './choices.ts'
import { describeChanges } from './describe-changes.ts'
import { moveBlock } from './move-block.ts'
import { faultless } from './templates.fixtures.ts'

const release = faultless()
const told = (before: Partial<Choices>, after: Partial<Choices>) => describeChanges(release, { ...NO_CHOICES, ...before }, { ...NO_CHOICES, ...after })

describe('what a reviewer is told', () => {
  it('is nothing where nothing differs', () => {
    expect(told({}, {})).toEqual([])
    expect(told({ order: ['frontier', 'policies', 'links'] }, {})).toEqual([])
  })

  it.each<[string, Partial<Choices>, Partial<Choices>, string[]]>([
    ['the one block that moved, not those that made room', {}, { order: ['links', 'frontier', 'policies'] }, ['“本地链接”从第 6 位移到第 3 位']],
    ['a neighbour', {}, { order: moveBlock(release, NO_CHOICES, 'policies', -1) }, ['“前沿信息”从第 3 位移到第 5 位']],
    ['what is no longer shown', {}, { hidden: ['links'] }, ['不再显示“本地链接”']],
    ['what is shown again', { hidden: ['links'] }, {}, ['重新显示“本地链接”']],
    ['the accent by name', {}, { accent: 'pine' }, ['主色从“朱红（全省默认）”改为“松绿”']],
    ['a picture', { heroPicture: 3 }, { heroPicture: 4 }, ['更换首页主图']],
    ['links that came, went and changed', { links: [{ label: '甲', href: '/a' }, { label: '乙', href: '/b' }] }, { links: [{ label: '乙', href: '/c' }, { label: '丙', href: '/d' }] },
      ['去掉本地链接“甲”', '添加本地链接“丙”（/d）', '本地链接“乙”的网址改为 /c']],
    ['links in another order', { links: [{ label: '甲', href: '/a' }, { label: '乙', href: '/b' }] }, { links: [{ label: '乙', href: '/b' }, { label: '甲', href: '/a' }] }, ['调换了本地链接的次序']],
  ])('%s', (_, before, after, sentences) => {
    expect(told(before, after)).toEqual(sentences)
  })
})
