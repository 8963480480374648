import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { createPageDisk, fileName } from './disk.ts'
import { digestOf, encodeBody } from './encode.ts'
import type { PageFacts } from './page.ts'

const TEXT = '机构编制'.repeat(400)
const facts = (path: string, status = 200): PageFacts => ({
  host: 'jiangsu.localhost',
  path,
  status,
  contentType: 'text/html; charset=utf-8',
  tags: ['a'],
  digest: digestOf(Buffer.from(TEXT)),
  freshUntil: null,
  storedAt: 5,
  seq: 3,
})
async function openDisk() {
  const folder = await temporaryFolder()
  const disk = createPageDisk({ folder })
  await disk.open()
  return { folder, disk }
}
/** Files that a static server would show. */
const shown = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.records'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort()

describe('a page on disk', () => {
  it('lies where a static server looks, with its compressed forms', async () => {
    const { folder, disk } = await openDisk()
    await disk.write(facts('/articles/12/'), await encodeBody(Buffer.from(TEXT)))
    await disk.write(facts('/rss.xml'), await encodeBody(Buffer.from(TEXT)))
    expect(await shown(folder)).toEqual([
      ...['', '.br', '.gz'].map((end) => `/jiangsu.localhost/articles/12/index.html${end}`),
      ...['', '.br', '.gz'].map((end) => `/jiangsu.localhost/rss.xml${end}`),
    ])
    expect(await readFile(join(folder, 'jiangsu.localhost/articles/12/index.html'), 'utf8')).toBe(TEXT)
  })

  it('is found by the next process with all that was known of it', async () => {
    const { folder, disk } = await openDisk()
    await disk.write(facts('/articles/12/'), await encodeBody(Buffer.from(TEXT)))
    const next = createPageDisk({ folder })
    await next.open()
    expect(await next.scan()).toEqual([facts('/articles/12/')])
    expect((await next.read(facts('/articles/12/')))?.identity.toString()).toBe(TEXT)
  })

  it('that was withdrawn is kept, but never where a static server would answer 200', async () => {
    const { folder, disk } = await openDisk()
    await disk.write(facts('/articles/12/', 410), await encodeBody(Buffer.from(TEXT)))
    expect(await shown(folder)).toEqual([])
    expect((await disk.scan())[0]?.status).toBe(410)
    expect((await disk.read(facts('/articles/12/', 410)))?.identity.toString()).toBe(TEXT)
  })

  it('is removed in all its forms', async () => {
    const { folder, disk } = await openDisk()
    for (const status of [200, 410]) {
      await disk.write(facts('/articles/12/', status), await encodeBody(Buffer.from(TEXT)))
      await disk.remove('jiangsu.localhost', '/articles/12/')
      expect(await shown(folder)).toEqual([])
      expect(await disk.scan()).toEqual([])
      expect(await disk.read(facts('/articles/12/', status))).toBeNull()
    }
  })

  it('loses a compressed form that the newer page has not', async () => {
    const { folder, disk } = await openDisk()
    await disk.write(facts('/'), await encodeBody(Buffer.from(TEXT)))
    await disk.write(facts('/'), await encodeBody(Buffer.from('short')))
    expect(await shown(folder)).toEqual(['/jiangsu.localhost/index.html'])
  })

  it('whose facts do not read is not taken up', async () => {
    const { folder, disk } = await openDisk()
    await disk.write(facts('/'), await encodeBody(Buffer.from(TEXT)))
    await writeFile(join(folder, '.records/pages/jiangsu.localhost/index.html.json'), '{"host":')
    expect(await disk.scan()).toEqual([])
  })
})

it('clearing removes pages, keeps the directory, and touches nothing that is not ours', async () => {
  const { folder, disk } = await openDisk()
  await mkdir(join(folder, 'letters-of-my-mother'))
  await writeFile(join(folder, 'letters-of-my-mother', '1.txt'), 'dear')
  await disk.write(facts('/'), await encodeBody(Buffer.from(TEXT)))
  await writeFile(join(folder, '.records/directory.json'), '{}')
  await disk.clear()
  expect(await shown(folder)).toEqual(['/letters-of-my-mother/1.txt'])
  expect(await disk.scan()).toEqual([])
  expect((await stat(join(folder, '.records/directory.json'))).isFile()).toBe(true)
})

it('a path that leaves its folder has no file', () => {
  expect(fileName('/articles/12/')).toBe('articles/12/index.html')
  expect(fileName('/')).toBe('index.html')
  for (const path of ['/../x/', '/a/./b', 'relative/', '/a\0b/']) expect(() => fileName(path)).toThrow(RangeError)
})
