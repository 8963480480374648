import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { manifestIssues, manifestSchema } from '@cluster/shared/governance/templates/manifest'
import { MANIFESTS, manifestOf } from './manifests.ts'
import { NEWEST_RELEASE, RELEASES } from './registry.ts'

const fileOf = (release: string, name: string) => new URL(`./${release}/${name}`, import.meta.url)

describe.each(RELEASES)('%s', (release) => {
  const manifest = MANIFESTS[release]

  test('has a manifest that contradicts neither itself nor the province', () => {
    expect(manifestSchema.parse(manifest)).toEqual(manifest)
    expect(manifest.id).toBe(release)
    expect(manifestIssues(manifest)).toEqual([])
  })

  test('has a route for each page kind that it promises', () => {
    for (const kind of manifest.pageKinds) expect([kind, existsSync(fileOf(release, `routes/${kind}.astro`))]).toEqual([kind, true])
  })

  test('draws with the colours whose contrast was checked', () => {
    const tokens = readFileSync(fileOf(release, 'tokens.css'), 'utf8')
    for (const { light, dark } of manifest.accents) {
      for (const colour of Object.values({ ...light, ...dark })) expect(tokens).toContain(colour)
    }
  })
})

test('a site with a release that this build lacks gets the newest', () => {
  expect(manifestOf('standard-99').id).toBe(NEWEST_RELEASE)
})
