import { link, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ClientBase } from 'pg'

/** A file that rows name; `sha256` where the rows know it. */
export type NamedFile = { name: string, sha256: string | null }

/** Every file that a row names: uploads with their sizes, and what the public copy still shows. */
export async function readNamedFiles(client: ClientBase): Promise<NamedFile[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public'
     and column_name in ('filename', 'mime_type', 'filesize') group by table_name having count(*) = 3`)
  const found = new Map<string, string | null>()
  const note = (name: unknown, sha256: unknown) => {
    if (typeof name !== 'string' || name === '') return
    found.set(name, typeof sha256 === 'string' ? sha256 : found.get(name) ?? null)
  }
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(uploads) as row from public.${client.escapeIdentifier(name)} as uploads`)
    for (const { row } of rows) noteSizes(row, note)
  }
  const { rows: published } = await client.query<{ name: string, hash: string }>(
    'select distinct stored_as as name, hash from delivery.files')
  for (const { name, hash } of published) note(name, hash)
  return [...found].map(([name, sha256]) => ({ name, sha256 })).sort((one, other) => (one.name < other.name ? -1 : 1))
}

function noteSizes(row: Record<string, unknown>, note: (name: unknown, sha256: unknown) => void): void {
  const hashes = (row.hashes ?? {}) as Record<string, unknown>
  note(row.filename, hashes.original)
  for (const [column, value] of Object.entries(row)) {
    const size = /^sizes_(.+)_filename$/.exec(column)?.[1]
    if (size) note(value, hashes[size])
  }
}

const HOLD = '.backup-'

export type HeldFiles = {
  /** Where the file is to be read now. */
  pathOf: (name: string) => string
  release: () => Promise<void>
}

/**
 * Holds files as they are: a second name for each, so that one that is deleted or replaced while the back-up runs can
 * still be read. On a file system without second names the files are read where they lie; their hashes tell a change.
 */
export async function holdFiles(mediaDir: string, files: readonly NamedFile[]): Promise<HeldFiles> {
  await releaseLeftovers(mediaDir)
  const folder = join(mediaDir, `${HOLD}${process.pid}`)
  await mkdir(folder, { recursive: true })
  const held = new Map<string, string>()
  for (const [index, { name }] of files.entries()) {
    if (basename(name) !== name) continue
    const second = join(folder, String(index))
    await link(join(mediaDir, name), second).then(() => held.set(name, second), () => undefined)
  }
  return {
    pathOf: (name) => held.get(name) ?? join(mediaDir, basename(name)),
    release: () => rm(folder, { recursive: true, force: true }),
  }
}

/** What a back-up that was killed has left: its second names would keep deleted files on disk. */
async function releaseLeftovers(mediaDir: string): Promise<void> {
  const names = await readdir(mediaDir).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(HOLD))) {
    if (!isAlive(Number(name.slice(HOLD.length)))) await rm(join(mediaDir, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
