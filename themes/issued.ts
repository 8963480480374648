import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const THEMES = fileURLToPath(new URL('.', import.meta.url))
/** Where the digests of issued releases are kept, `{ "<release>": "sha256:…" }`. */
export const ISSUED_FILE = join(THEMES, 'issued.json')

/** Import statements of Astro and TypeScript files, dynamic ones, and those of style sheets. */
const IMPORTS = /(?:\bfrom\s*|\bimport\s*\(?\s*|@import\s+)(['"])(\.{1,2}\/[^'"]+)\1/g
const READABLE = ['.astro', '.ts', '.css']
/** What stands in a release's folder without being drawn: its tests, and the picture that shows it to the steward. */
const isBeside = (name: string) => name.endsWith('.test.ts') || name === 'preview.png'

/**
 * Every file that the pages of a release are made of: its own folder, and what that imports below `themes`, however
 * indirectly. Paths relative to `themes`, sorted.
 */
export function filesOf(release: string): string[] {
  const waiting = readdirSync(join(THEMES, release), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && !isBeside(each.name))
    .map((each) => join(each.parentPath, each.name))
  const found = new Set<string>()
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    if (!READABLE.includes(extname(file))) continue
    for (const [, , target] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
      waiting.push(resolve(dirname(file), target!.replace(/\?.*$/, '')))
    }
  }
  return [...found].map((file) => relative(THEMES, file)).sort()
}

/** Digest of a release with its parts, `sha256:…`: one character changed anywhere in it makes another one. */
export function digestOf(release: string, read = (path: string) => readFileSync(join(THEMES, path))): string {
  const hash = createHash('sha256')
  for (const path of filesOf(release)) {
    hash.update(`${path}\0${createHash('sha256').update(read(path)).digest('hex')}\n`)
  }
  return `sha256:${hash.digest('hex')}`
}

/** The digests that were written down when the releases were issued. */
export function issuedDigests(): Record<string, string> {
  return JSON.parse(readFileSync(ISSUED_FILE, 'utf8')) as Record<string, string>
}
