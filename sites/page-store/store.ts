import { bytesOf, digestOf } from './encode.ts'
import type { PageDisk } from './disk.ts'
import type { Bodies, PageFacts, StoredPage } from './page.ts'

/** Eviction goes down to this part of the limit, so that it does not run at every page. */
const EVICT_TO = 0.9

/** Taken before a render; tells afterwards whether something that the page shows was purged meanwhile. */
export type Fence = { at: number; release: () => void }
export type PageStore = ReturnType<typeof createPageStore>

/**
 * Pages by host and path, with an index by tag. The index holds every page that is on disk; bodies are in memory up to
 * `maxBytes`, those asked for longest ago leave first. Purging takes effect at once; `settled` waits for the disk.
 */
export function createPageStore({
  disk,
  maxBytes,
  now,
  onError,
}: {
  disk: Pick<PageDisk, 'write' | 'read' | 'remove' | 'clear'>
  maxBytes: number
  /** Milliseconds since 1970. */
  now: () => number
  onError: (error: unknown) => void
}) {
  const hosts = new Map<string, Map<string, StoredPage>>()
  const byTag = new Map<string, Set<StoredPage>>()
  /** Tag → the number of its last purge; kept only while a render is under way. */
  const purgedAt = new Map<string, number>()
  const pending = new Map<string, Promise<unknown>>()
  const reads = new Map<StoredPage, Promise<Bodies | null>>()
  /** Pages that the disk would not let go of: they may no longer be shown, and after a restart they would be. */
  const unremoved = new Map<string, Pick<StoredPage, 'host' | 'path'>>()
  let purges = 0
  let clearedAt = 0
  let openFences = 0
  let entries = 0
  let bytes = 0

  /** Disk work of one page happens in the order in which it was decided. */
  function queue(page: Pick<StoredPage, 'host' | 'path'>, deed: () => Promise<void>): Promise<void> {
    const key = `${page.host}${page.path}`
    const done = (pending.get(key) ?? Promise.resolve()).then(deed).catch(onError)
    pending.set(key, done)
    void done.then(() => {
      if (pending.get(key) === done) pending.delete(key)
    })
    return done
  }

  function removeFromDisk({ host, path }: Pick<StoredPage, 'host' | 'path'>): Promise<void> {
    const key = `${host}${path}`
    unremoved.set(key, { host, path })
    return queue({ host, path }, async () => {
      // A newer page has taken its place on disk meanwhile.
      if (!unremoved.has(key)) return
      await disk.remove(host, path)
      unremoved.delete(key)
    })
  }

  function isCurrent(page: StoredPage): boolean {
    return hosts.get(page.host)?.get(page.path) === page
  }

  function forget(page: StoredPage): void {
    const pages = hosts.get(page.host)
    if (pages?.get(page.path) !== page) return
    pages.delete(page.path)
    if (pages.size === 0) hosts.delete(page.host)
    for (const tag of page.tags) {
      const tagged = byTag.get(tag)
      tagged?.delete(page)
      if (tagged?.size === 0) byTag.delete(tag)
    }
    entries -= 1
    setBodies(page, null)
  }

  function setBodies(page: StoredPage, bodies: Bodies | null): void {
    bytes -= page.bytes
    page.bodies = bodies
    page.bytes = bodies ? bytesOf(bodies) : 0
    bytes += page.bytes
  }

  function insert(facts: PageFacts, bodies: Bodies | null, requestedAt: number): StoredPage {
    const old = hosts.get(facts.host)?.get(facts.path)
    if (old) forget(old)
    const page: StoredPage = { ...facts, bodies: null, requestedAt, bytes: 0, heads: {} }
    const pages = hosts.get(facts.host) ?? new Map<string, StoredPage>()
    hosts.set(facts.host, pages.set(facts.path, page))
    for (const tag of facts.tags) {
      const tagged = byTag.get(tag) ?? new Set<StoredPage>()
      byTag.set(tag, tagged.add(page))
    }
    entries += 1
    setBodies(page, bodies)
    return page
  }

  function evict(): void {
    if (bytes <= maxBytes) return
    const inMemory = [...hosts.values()].flatMap((pages) => [...pages.values()]).filter((page) => page.bodies)
    inMemory.sort((left, right) => left.requestedAt - right.requestedAt)
    for (const page of inMemory) {
      if (bytes <= maxBytes * EVICT_TO) return
      setBodies(page, null)
    }
  }

  return {
    find: (host: string, path: string): StoredPage | undefined => hosts.get(host)?.get(path),

    /** A page's bodies, from memory or disk; `null` when the disk no longer has them as they were written. */
    bodies: (page: StoredPage): Bodies | null | Promise<Bodies | null> => {
      if (page.bodies) return page.bodies
      const running = reads.get(page)
      if (running) return running
      const read = (async () => {
        await pending.get(`${page.host}${page.path}`)
        const bodies = await disk.read(page)
        const isWhole = bodies !== null && digestOf(bodies.identity) === page.digest
        if (!isWhole) return null
        if (isCurrent(page)) {
          setBodies(page, bodies)
          evict()
        }
        return bodies
      })().finally(() => reads.delete(page))
      reads.set(page, read)
      return read
    },

    fence: (): Fence => {
      openFences += 1
      let isOpen = true
      return {
        at: purges,
        release: () => {
          if (!isOpen) return
          isOpen = false
          openFences -= 1
          if (openFences === 0) purgedAt.clear()
        },
      }
    },

    /**
     * Keeps a page, in memory at once and on disk soon; `null` when one of its tags was purged since the fence was
     * taken.
     */
    put: (facts: PageFacts, bodies: Bodies, fence: Fence, requestedAt: number): StoredPage | null => {
      const isOutdated = clearedAt > fence.at || facts.tags.some((tag) => (purgedAt.get(tag) ?? 0) > fence.at)
      if (isOutdated) return null
      const page = insert(facts, bodies, requestedAt)
      void queue(page, async () => {
        if (!isCurrent(page)) return
        try {
          await disk.write(facts, bodies)
          if (isCurrent(page)) unremoved.delete(`${page.host}${page.path}`)
        } catch (error) {
          // Half of a page, or an older one, must not stay where a static server would find it.
          void removeFromDisk(page)
          throw error
        }
      })
      evict()
      return page
    },

    /** Takes up a page that an earlier process has left on disk. */
    adopt: (facts: PageFacts): void => {
      insert(facts, null, 0)
    },

    /** Removes every page that carries one of the tags; answers what it removed. */
    purge: (tags: readonly string[]): StoredPage[] => {
      purges += 1
      const purged = new Set<StoredPage>()
      for (const tag of tags) {
        if (openFences > 0) purgedAt.set(tag, purges)
        for (const page of byTag.get(tag) ?? []) purged.add(page)
      }
      for (const page of purged) {
        forget(page)
        void removeFromDisk(page)
      }
      return [...purged]
    },

    /** Removes one page that turned out to be unusable. */
    drop: (page: StoredPage): void => {
      if (!isCurrent(page)) return
      forget(page)
      void removeFromDisk(page)
    },

    /** Forgets everything: the store belongs to another build or to another database. */
    clear: async (): Promise<void> => {
      purges += 1
      clearedAt = purges
      for (const page of [...hosts.values()].flatMap((pages) => [...pages.values()])) forget(page)
      await Promise.all(pending.values())
      await disk.clear()
    },

    /** Resolves once the disk has caught up with all that was decided until now. Throws when it has not let go of a page. */
    settled: async (): Promise<void> => {
      await Promise.all(pending.values())
      await Promise.all([...unremoved.values()].map(removeFromDisk))
      if (unremoved.size > 0) throw new Error(`${unremoved.size} purged pages are still on disk, ${[...unremoved.keys()][0]} is one`)
    },

    pages: (): StoredPage[] => [...hosts.values()].flatMap((pages) => [...pages.values()]),
    isExpired: (page: StoredPage): boolean => page.freshUntil !== null && page.freshUntil <= now(),
    size: () => ({ entries, bytes }),
  }
}
