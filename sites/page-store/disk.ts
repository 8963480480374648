import { mkdir, readdir, readFile, rename, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readJson, replaceFile } from '../data/store-json.ts'
import type { Bodies, PageFacts } from './page.ts'

/** Beside the hosts' folders, under a name that no host can have: a static server in front never shows it. */
export const RECORDS_FOLDER = '.records'
const PARALLEL_READS = 64

const factsSchema = z.object({
  host: z.string(),
  path: z.string(),
  status: z.number().int(),
  contentType: z.string(),
  tags: z.array(z.string()),
  digest: z.string(),
  freshUntil: z.number().nullable(),
  storedAt: z.number(),
  seq: z.number().int(),
})

export type PageDisk = ReturnType<typeof createPageDisk>

/**
 * Pages as files that any static server can serve: `<folder>/<host>/<path>/index.html` with `.gz` and `.br`, or the
 * path's own name for `rss.xml` and the like. What the store has to remember of a page lies in `.records/pages`; so
 * does the body of a page whose status is not 200, because a static server would serve a withdrawn page's 410 as 200.
 */
export function createPageDisk({ folder }: { folder: string }) {
  const records = join(folder, RECORDS_FOLDER, 'pages')
  const drafts = join(folder, RECORDS_FOLDER, 'drafts')

  const factsFile = (host: string, path: string) => join(records, host, `${fileName(path)}.json`)
  const bodyFile = (facts: Pick<PageFacts, 'host' | 'path' | 'status'>) =>
    join(facts.status === 200 ? folder : records, facts.host, fileName(facts.path))

  return {
    /** Makes the folder ready; what a crash left half written goes. */
    open: async (): Promise<void> => {
      await rm(drafts, { recursive: true, force: true })
      await mkdir(drafts, { recursive: true })
    },
    /** Facts go first and come off last: a body without facts could never be purged. */
    write: async (facts: PageFacts, bodies: Bodies): Promise<void> => {
      const body = bodyFile(facts)
      await replaceFile(factsFile(facts.host, facts.path), JSON.stringify(facts), drafts)
      await replaceOrRemove(`${body}.br`, bodies.br, drafts)
      await replaceOrRemove(`${body}.gz`, bodies.gzip, drafts)
      await replaceFile(body, bodies.identity, drafts)
    },
    read: async (facts: PageFacts): Promise<Bodies | null> => {
      const body = bodyFile(facts)
      const optional = (path: string) => readFile(path).catch(() => null)
      const [identity, gzip, br] = await Promise.all([optional(body), optional(`${body}.gz`), optional(`${body}.br`)])
      return identity && { identity, gzip, br }
    },
    remove: async (host: string, path: string): Promise<void> => {
      const names = [join(folder, host, fileName(path)), join(records, host, fileName(path))]
      await Promise.all(names.flatMap((name) => [name, `${name}.gz`, `${name}.br`]).map(removeIfThere))
      await removeIfThere(factsFile(host, path))
    },
    /** Facts of all pages on disk; what does not read as facts is removed. */
    scan: async (): Promise<PageFacts[]> => {
      const files = (await readdir(records, { recursive: true, withFileTypes: true }).catch(() => []))
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map((entry) => join(entry.parentPath, entry.name))
      const found: PageFacts[] = []
      for (let start = 0; start < files.length; start += PARALLEL_READS) {
        const batch = files.slice(start, start + PARALLEL_READS)
        const facts = await Promise.all(batch.map((file) => readJson(factsSchema, file)))
        await Promise.all(facts.map((each, index) => (each ? found.push(each) : removeIfThere(batch[index] ?? ''))))
      }
      return found
    },
    /**
     * Forgets all pages and files; the directory and the sites' records stay. Touches only the hosts that have
     * records: an operator may have named a folder that holds other things.
     */
    clear: async (): Promise<void> => {
      const old = join(drafts, `old-${process.pid}-${Date.now()}`)
      await mkdir(old, { recursive: true })
      const hosts = await readdir(records).catch(() => [])
      const moves = [...hosts, 'files'].map((name) => [join(folder, name), join(old, name)] as const)
      for (const [from, to] of [...moves, [records, join(old, RECORDS_FOLDER)] as const]) {
        await rename(from, to).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error
        })
      }
      await rm(old, { recursive: true, force: true })
    },
  }
}

/** `/articles/12/` → `articles/12/index.html`; `/rss.xml` → `rss.xml`. Throws on a path that leaves its folder. */
export function fileName(path: string): string {
  const segments = path.split('/').slice(1)
  if (
    !path.startsWith('/') ||
    segments.some((segment) => segment === '.' || segment === '..' || segment.includes('\0'))
  ) {
    throw new RangeError(`${JSON.stringify(path)} is no path of a page`)
  }
  return `${segments
    .slice(0, -1)
    .map((segment) => `${segment}/`)
    .join('')}${segments.at(-1) || 'index.html'}`
}

async function replaceOrRemove(path: string, content: Buffer | null, drafts: string): Promise<void> {
  if (content) await replaceFile(path, content, drafts)
  else await removeIfThere(path)
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
  })
}
