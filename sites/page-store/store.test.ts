import { beforeEach, describe, expect, it } from 'vitest'
import { digestOf } from './encode.ts'
import type { Bodies, PageFacts, StoredPage } from './page.ts'
import { createPageStore, type PageStore } from './store.ts'

type Written = { facts: PageFacts; bodies: Bodies }

/** A disk in memory that can be held, to look at the store while the disk has not followed yet. */
function memoryDisk() {
  const files = new Map<string, Written>()
  const faults = { write: false, remove: false }
  let gate = Promise.resolve()
  let open = () => {}
  return {
    files,
    faults,
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    release: () => open(),
    write: async (facts: PageFacts, bodies: Bodies) => {
      await gate
      if (faults.write) throw new Error('ENOSPC')
      files.set(`${facts.host}${facts.path}`, { facts, bodies })
    },
    read: async (facts: PageFacts) => files.get(`${facts.host}${facts.path}`)?.bodies ?? null,
    remove: async (host: string, path: string) => {
      await gate
      if (faults.remove) throw new Error('EIO')
      files.delete(`${host}${path}`)
    },
    clear: async () => files.clear(),
  }
}

const bodiesOf = (text: string): Bodies => ({ identity: Buffer.from(text), gzip: null, br: null })
const factsOf = (path: string, tags: string[], text = path, more: Partial<PageFacts> = {}): PageFacts => ({
  host: 'jiangsu.localhost',
  path,
  status: 200,
  contentType: 'text/html; charset=utf-8',
  tags,
  digest: digestOf(Buffer.from(text)),
  freshUntil: null,
  storedAt: 1,
  seq: 0,
  ...more,
})

let disk: ReturnType<typeof memoryDisk>
let store: PageStore
let clock: number
const errors: unknown[] = []

beforeEach(() => {
  disk = memoryDisk()
  clock = 1_000
  errors.length = 0
  store = createPageStore({ disk, maxBytes: 100, now: () => clock, onError: (error) => errors.push(error) })
})

function keep(path: string, tags: string[], text = path, requestedAt = 0): StoredPage {
  const fence = store.fence()
  const page = store.put(factsOf(path, tags, text), bodiesOf(text), fence, requestedAt)
  fence.release()
  if (!page) throw new Error('the page was not kept')
  return page
}

describe('purging', () => {
  it('removes every page that carries the tag, from memory at once and from disk soon', async () => {
    keep('/', ['doc:articles/1', 'site:jiangsu'])
    keep('/articles/1/', ['doc:articles/1'])
    keep('/articles/2/', ['doc:articles/2'])
    await store.settled()
    expect(
      store
        .purge(['doc:articles/1'])
        .map((page) => page.path)
        .sort(),
    ).toEqual(['/', '/articles/1/'])
    expect(store.find('jiangsu.localhost', '/')).toBeUndefined()
    expect(store.find('jiangsu.localhost', '/articles/2/')).toBeDefined()
    await store.settled()
    expect([...disk.files.keys()]).toEqual(['jiangsu.localhost/articles/2/'])
  })

  it('leaves nothing on disk when the page was still being written', async () => {
    disk.hold()
    keep('/', ['a'])
    store.purge(['a'])
    disk.release()
    await store.settled()
    expect(disk.files.size).toBe(0)
  })

  it('leaves the newer page on disk when the page was made anew meanwhile', async () => {
    disk.hold()
    keep('/', ['a'], 'old')
    store.purge(['a'])
    keep('/', ['a'], 'new')
    disk.release()
    await store.settled()
    expect(disk.files.get('jiangsu.localhost/')?.bodies.identity.toString()).toBe('new')
  })

  it('reaches pages of which only the disk has the body', async () => {
    keep('/', ['a'], 'x'.repeat(80))
    keep('/two/', ['b'], 'y'.repeat(80), 5)
    await store.settled()
    expect(store.find('jiangsu.localhost', '/')?.bodies).toBeNull()
    store.purge(['a'])
    await store.settled()
    expect([...disk.files.keys()]).toEqual(['jiangsu.localhost/two/'])
  })
})

describe('a disk that fails', () => {
  it('full: the page is shown from memory, and nothing older of it stays on disk', async () => {
    keep('/', ['a'], 'old')
    await store.settled()
    disk.faults.write = true
    const page = keep('/', ['a'], 'new')
    await store.settled()
    expect([page.bodies?.identity.toString(), disk.files.size, errors.length]).toEqual(['new', 0, 1])
    disk.faults.write = false
    keep('/', ['a'], 'newer')
    await store.settled()
    expect(disk.files.get('jiangsu.localhost/')?.bodies.identity.toString()).toBe('newer')
  })

  it('does not let go of a page: nobody is told that it was purged until it is gone', async () => {
    keep('/', ['a'])
    await store.settled()
    disk.faults.remove = true
    store.purge(['a'])
    await expect(store.settled()).rejects.toThrow('still on disk')
    disk.faults.remove = false
    await store.settled()
    expect(disk.files.size).toBe(0)
  })

  it('did not let go of a page: a newer one in its place stays', async () => {
    keep('/', ['a'], 'old')
    await store.settled()
    disk.faults.remove = true
    store.purge(['a'])
    await expect(store.settled()).rejects.toThrow()
    disk.faults.remove = false
    keep('/', ['a'], 'new')
    await store.settled()
    expect(disk.files.get('jiangsu.localhost/')?.bodies.identity.toString()).toBe('new')
  })
})

describe('the fence', () => {
  it('refuses a page of which something was purged while it was made', () => {
    const fence = store.fence()
    store.purge(['doc:articles/1'])
    expect(store.put(factsOf('/', ['doc:articles/1']), bodiesOf('old'), fence, 0)).toBeNull()
  })

  it('lets pass what has nothing to do with the purge, and what was begun after it', () => {
    const fence = store.fence()
    store.purge(['doc:articles/1'])
    expect(store.put(factsOf('/two/', ['doc:articles/2']), bodiesOf('two'), fence, 0)).not.toBeNull()
    const later = store.fence()
    expect(store.put(factsOf('/', ['doc:articles/1']), bodiesOf('new'), later, 0)).not.toBeNull()
  })

  it('refuses everything that was begun before the store was cleared', async () => {
    const fence = store.fence()
    await store.clear()
    expect(store.put(factsOf('/', ['a']), bodiesOf('old'), fence, 0)).toBeNull()
  })
})

describe('the limit', () => {
  it('lets go of the bodies that were asked for longest ago, and reads them again from disk', async () => {
    keep('/old/', ['a'], 'o'.repeat(40), 1)
    keep('/mid/', ['a'], 'm'.repeat(40), 2)
    keep('/new/', ['a'], 'n'.repeat(40), 3)
    expect(store.size()).toEqual({ entries: 3, bytes: 80 })
    const old = store.find('jiangsu.localhost', '/old/')
    expect(old?.bodies).toBeNull()
    expect((await store.bodies(old as StoredPage))?.identity.toString()).toBe('o'.repeat(40))
    expect(store.size().bytes).toBeLessThanOrEqual(100)
  })

  it('reads a page once for everybody who waits for it', async () => {
    let reads = 0
    const read = disk.read
    disk.read = (facts) => {
      reads += 1
      return read(facts)
    }
    store = createPageStore({ disk, maxBytes: 100, now: () => clock, onError: (error) => errors.push(error) })
    disk.files.set('jiangsu.localhost/', { facts: factsOf('/', ['a'], 'text'), bodies: bodiesOf('text') })
    store.adopt(factsOf('/', ['a'], 'text'))
    const page = store.find('jiangsu.localhost', '/') as StoredPage
    await Promise.all([store.bodies(page), store.bodies(page), store.bodies(page)])
    expect(reads).toBe(1)
  })
})

describe('pages left by an earlier process', () => {
  it('are served as they were, with their status', async () => {
    const facts = factsOf('/articles/9/', ['doc:articles/9'], 'gone', { status: 410 })
    disk.files.set('jiangsu.localhost/articles/9/', { facts, bodies: bodiesOf('gone') })
    store.adopt(facts)
    const page = store.find('jiangsu.localhost', '/articles/9/') as StoredPage
    expect(page.status).toBe(410)
    expect((await store.bodies(page))?.identity.toString()).toBe('gone')
  })

  it('are refused when their body is not the one that was written', async () => {
    disk.files.set('jiangsu.localhost/', { facts: factsOf('/', ['a'], 'whole'), bodies: bodiesOf('who') })
    store.adopt(factsOf('/', ['a'], 'whole'))
    expect(await store.bodies(store.find('jiangsu.localhost', '/') as StoredPage)).toBeNull()
  })
})

it('a full disk is reported, and the page is served from memory', async () => {
  disk.write = () => Promise.reject(new Error('no space left'))
  store = createPageStore({ disk, maxBytes: 100, now: () => clock, onError: (error) => errors.push(error) })
  keep('/', ['a'], 'text')
  await store.settled()
  expect(errors).toHaveLength(1)
  expect(store.find('jiangsu.localhost', '/')?.bodies?.identity.toString()).toBe('text')
})

it('a page expires at the time that it carries', () => {
  const fence = store.fence()
  const page = store.put(factsOf('/', ['a'], 'x', { freshUntil: 2_000 }), bodiesOf('x'), fence, 0) as StoredPage
  expect(store.isExpired(page)).toBe(false)
  clock = 2_000
  expect(store.isExpired(page)).toBe(true)
})
