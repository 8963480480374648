import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { digestOf, filesOf, issuedDigests } from './issued.ts'
import { MANIFESTS } from './manifests.ts'
import { RELEASES } from './registry.ts'

const issued = issuedDigests()
const HINT = '已发布的模板或它用的部件变了。请恢复原样，要改就做下一版（新部件放新文件夹，如 parts/masthead-3）；'
  + '新发布的模板用 node themes/record-issue.ts <编号> 登记一次。'

test.each(RELEASES)('%s is frozen with its parts from the day it is issued', (release) => {
  const expected = MANIFESTS[release].issuedOn === null ? undefined : digestOf(release)
  expect(issued[release], HINT).toBe(expected)
})

test('no digest is kept of a release that is not there', () => {
  expect(Object.keys(issued).filter((each) => !(RELEASES as readonly string[]).includes(each))).toEqual([])
})

test('a release is frozen with what it imports through others', () => {
  const files = filesOf('standard-1')
  for (const path of [
    'standard-1/manifest.ts', 'standard-1/pages.css', 'parts/base.css', 'parts/chain/links.ts', 'parts/chain/styles.css',
    'parts/entry-list/byline.astro', 'parts/elder-mode/elder-mode.js', 'parts/mark/icon.svg', 'parts/format.ts',
  ]) expect(files).toContain(path)
  expect(files.filter((path) => /\.test\.ts$|preview\.png$|fixtures/.test(path))).toEqual([])
})

test('one character in one part makes another digest', () => {
  const changed = (path: string) => {
    const text = readFileSync(new URL(path, import.meta.url), 'utf8')
    return Buffer.from(path === 'parts/format.ts' ? `${text} ` : text)
  }
  expect(digestOf('standard-1', changed)).not.toBe(digestOf('standard-1'))
})
