import { describe, expect, test } from 'vitest'
import { findingsIn } from '../fixtures/markup-rules.ts'
import { renderPart } from '../fixtures/render.ts'

type Fixtures = { fixtures?: Record<string, Record<string, unknown>> }
const COMPONENTS = import.meta.glob<{ default: Parameters<typeof renderPart>[0] }>('./*/component.astro', {
  eager: true,
})
const FIXTURES = import.meta.glob<Fixtures>('./*/fixtures.ts', { eager: true })

const cases = Object.entries(FIXTURES).flatMap(([path, { fixtures = {} }]) =>
  Object.entries(fixtures).map(([state, props]) => ({ part: path.split('/')[1]!, state, props })),
)

describe.each(cases)('$part, $state', ({ part, props }) => {
  test('is valid markup without anything inline', async () => {
    const html = await renderPart(COMPONENTS[`./${part}/component.astro`]!.default, props)
    expect(await findingsIn(html)).toEqual([])
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=/)
  })
})
