import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
/** Pure libraries: no input or output, no clock, no environment. */
const SHARED_LIBRARIES = ['zod', '@noble/hashes', 'canonicalize', '@zxcvbn-ts/core', '@zxcvbn-ts/language-common', 'ipaddr.js']
const DATABASE_DRIVERS = ['pg', 'drizzle-orm', '@payloadcms/db-postgres', 'graphile-worker']

type Import = { file: string; from: string }

const sources = (room: string) => globSync('**/*.{ts,tsx,astro,mjs}', { cwd: join(ROOT, room) })
  .map((file) => join(room, file))
  .filter((file) => !/node_modules|\/dist\/|\.next|\.astro\//.test(file))
const isTest = (file: string) => /vitest\.config\.ts$|\.test\.tsx?$|\/testing\/|\/fixtures|fixture/.test(file)

/** Every import of a room's own files; relative ones as paths from the root, so that a step out of the room is seen. */
function importsOf(room: string): Import[] {
  return sources(room).filter((file) => !isTest(file)).flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g)]
    return found.map((match) => match[1] ?? match[2] ?? match[3]!).map((from) => ({
      file, from: from.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), from)) : from,
    }))
  })
}

const breaches = (room: string, isAllowed: (imported: Import) => boolean) =>
  importsOf(room).filter((imported) => !isAllowed(imported)).map(({ file, from }) => `${file} → ${from}`)

const isOf = (packages: readonly string[], from: string) => packages.some((name) => from === name || from.startsWith(`${name}/`))
const isBare = (from: string) => !/^(shared|cms|sites|themes)\//.test(from)

describe('the rooms of the house', () => {
  it('shared imports itself and pure libraries only', () => {
    expect(breaches('shared', ({ from }) => from.startsWith('shared/') || isOf(SHARED_LIBRARIES, from))).toEqual([])
  })

  it('shared has no clock, no environment and no randomness of its own', () => {
    const impure = sources('shared').filter((file) => !isTest(file)).filter((file) =>
      /\bDate\.now\(|\bnew Date\(\)|\bprocess\.|\bMath\.random\(|\bglobalThis\./.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(impure).toEqual([])
  })

  it('themes import shared, Astro and icons, nothing of the CMS or the portal', () => {
    // What freezes a release reads files; nothing that a page is made of imports it.
    const freezing = ['themes/issued.ts', 'themes/record-issue.ts']
    expect(breaches('themes', ({ file, from }) => from.startsWith('themes/') || (freezing.includes(file) && from.startsWith('node:'))
      || isOf(['@cluster/shared', 'astro', '@lucide/astro', '@cluster/themes'], from))).toEqual([])
    expect(importsOf('themes').filter(({ file, from }) => freezing.includes(from) && !freezing.includes(file))).toEqual([])
  })

  it('sites import neither the CMS nor a database driver', () => {
    expect(breaches('sites', ({ from }) => !from.startsWith('cms/') && !isOf(['@cluster/cms', 'payload', ...DATABASE_DRIVERS], from))).toEqual([])
  })

  it('the CMS imports nothing of the portal, and of the themes only what releases promise', () => {
    // Data without a line of markup: what a release locks, and what its pages are measured by.
    const promises = '@cluster/themes/manifests.ts'
    expect(breaches('cms', ({ from }) => from === promises || (isBare(from) ? !isOf(['@cluster/sites', '@cluster/themes', 'astro'], from) : from.startsWith('cms/')))).toEqual([])
  })

  it('a domain imports no other domain’s hooks', () => {
    const domainOf = (path: string) => /^cms\/domains\/([^/]+)\//.exec(path)?.[1]
    expect(breaches('cms', ({ file, from }) => {
      const [own, other] = [domainOf(file), domainOf(from)]
      return !own || !other || own === other || !from.includes('/hooks/')
    })).toEqual([])
  })

  it('one file of each room reads the environment', () => {
    const readers = ['cms', 'sites', 'themes'].flatMap(sources).filter((file) => !isTest(file) && /\bprocess\.env\b/.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(readers.filter((file) => !['cms/env.ts', 'sites/env.ts', 'cms/cli/start.mjs'].includes(file))).toEqual([])
  })

  it('the delivery server reaches no collection: it loads neither Payload nor the review chain', () => {
    const reached = new Set<string>()
    const all = importsOf('cms')
    const visit = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const { from } of all.filter((imported) => imported.file === file)) visit(from)
    }
    visit('cms/delivery/server.ts')
    expect(reached.size).toBeGreaterThan(5)
    expect([...reached].filter((from) => isOf(['payload', '@payloadcms/db-postgres'], from) || /^cms\/(review|domains|access)\//.test(from))).toEqual([])
  })
})
