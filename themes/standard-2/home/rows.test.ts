import { HOME_BLOCKS, type HomeBlock } from '@cluster/shared/governance/templates/parts'
import { describe, expect, test } from 'vitest'
import { HOMES } from '../../fixtures/home.ts'
import { findingsIn } from '../../fixtures/markup-rules.ts'
import { renderPage } from '../../fixtures/render.ts'
import { underRelease } from '../../fixtures/under-release.ts'
import { manifest } from '../manifest.ts'
import { fanBranches } from './fan-branches.ts'
import { rowsOf, sectionsOf } from './rows.ts'

type Chosen = NonNullable<Parameters<typeof underRelease>[2]>
const LINKS = [{ label: '江苏政务服务网', href: 'https://www.example.gov.cn/' }]
const province = (chosen: Chosen = {}) => underRelease(HOMES['home-province']!, 'standard-2', { links: LINKS, ...chosen })
const MOVABLE = manifest.home.filter(({ isMovable }) => isMovable).map(({ block }) => block)
const keyOf = (block: HomeBlock) => (block === 'local' ? 'reform-cases' : block)
/** Blocks as the reader meets them, from the identifiers of their titles. */
const shownIn = (html: string) => [...html.matchAll(/<section class="block home-[^>]*aria-labelledby="([^"]+)"/g)].map(([, key]) => key)

describe('rows of the home page', () => {
  test('notices stand beside the updates only where the office left them together', () => {
    expect(rowsOf(province())[0]).toMatchObject({ kind: 'opening', sections: [{ block: 'updates' }, { block: 'notices' }] })
    const apart = rowsOf(province({ order: ['updates', 'policies', 'notices'] }))
    expect(apart.map(({ kind }) => kind).slice(0, 4)).toEqual(['wide', 'wide', 'cards', 'wide'])
    expect(rowsOf(province({ order: ['notices', 'updates'] }))[0]!.sections.map(({ block }) => block)).toEqual(['notices', 'updates'])
  })

  test('small blocks that follow one another share a row', () => {
    const cards = rowsOf(province()).find(({ kind }) => kind === 'cards')!
    expect(cards.sections.map(({ key }) => key)).toEqual(['frontier', 'approvals', 'disclosure', 'institutions', 'reform-cases'])
  })

  test('a block without anything to show is absent', () => {
    const page = underRelease(HOMES['home-new']!, 'standard-2')
    expect(sectionsOf(page).map(({ block }) => block)).toEqual(['sites'])
  })

  test('a county takes its place among its neighbours, once', () => {
    const branches = fanBranches(HOMES['home-county']!)
    expect(branches.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
    expect(fanBranches(HOMES['home-province']!).some(({ isCurrent }) => isCurrent)).toBe(false)
  })
})

describe('the home page on the reader’s screen', () => {
  const orders = MOVABLE.map((_, shift) => [...MOVABLE.slice(shift), ...MOVABLE.slice(0, shift)])
  orders.push(MOVABLE.toReversed())
  test.each(orders.map((order) => [HOME_BLOCKS[order[0]!], order] as const))('that begins with %s keeps the office’s order', async (_, order) => {
    const html = await renderPage(province({ order }))
    expect(shownIn(html)).toEqual(order.map(keyOf))
    const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level))
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? level)).toBeLessThanOrEqual(1)
  })

  test('shows no optional block that the office hides, and keeps the others', async () => {
    const optional = manifest.home.filter(({ rule }) => rule === 'optional').map(({ block }) => block)
    const html = await renderPage(province({ hidden: optional }))
    expect(shownIn(html)).toEqual(MOVABLE.filter((block) => !optional.includes(block)).map(keyOf))
    expect(html).not.toContain('江苏政务服务网')
    expect(await findingsIn(html)).toEqual([])
  })

  test.each(manifest.accents.map(({ key }) => key))('carries the accent %s', async (accent) => {
    expect(await renderPage(province({ accent }))).toContain(`data-accent="${accent}"`)
  })

  test('shows the picture where one was chosen, the drawing where not, and the links', async () => {
    const [withPicture, without] = await Promise.all([renderPage(province({ hasHeroPicture: true })), renderPage(province())])
    expect(withPicture).toMatch(/class="hero-picture"><img[^>]+alt="窗口工作人员/)
    expect(withPicture).not.toContain('class="fan"')
    expect(without).not.toContain('hero-picture')
    expect(without).toContain('class="fan"')
    expect(without).toContain('href="https://www.example.gov.cn/"')
    expect(await findingsIn(withPicture)).toEqual([])
  })
})
