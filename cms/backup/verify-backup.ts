import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { BackupFault } from './backup-fault.ts'
import {
  type BackupHeader, type BackupManifest, ENTRIES, fileOfEntry, FORMAT, headerSchema, keysSchema, manifestSchema, tableOfEntry,
} from './contents.ts'
import { type ArchiveEntry, readArchive } from './read-archive.ts'
import { createRowDigest, type RowDigest } from './row-digest.ts'

export type VerifiedBackup = {
  header: BackupHeader
  keys: Record<string, string>
  demoAccounts: Buffer | null
  manifest: BackupManifest
  /** Size of the back-up file. */
  bytes: number
}

/** Settings and manifests are small; whatever is larger is none of ours. */
const SMALL_BYTES = 64 * 1024 * 1024

/**
 * Reads a back-up to its end and compares all that it holds with its manifest, without touching anything.
 * `onBytes` hears how much of the file has been read. Throws `BackupFault`.
 */
export async function verifyBackup(
  { path, passphrase, onBytes }: { path: string, passphrase: string, onBytes?: (bytes: number) => void },
): Promise<VerifiedBackup> {
  const damaged = (error?: unknown): never => {
    throw new BackupFault('damaged', path, { cause: error })
  }
  const parse = async <T>(entry: ArchiveEntry, schema: z.ZodType<T>): Promise<T> => {
    const text = (await readWhole(entry)).toString('utf8')
    try {
      return schema.parse(JSON.parse(text))
    } catch (error) {
      return damaged(error)
    }
  }
  let header: BackupHeader | null = null
  let keys: Record<string, string> = {}
  let demoAccounts: Buffer | null = null
  let manifest: BackupManifest | null = null
  const tables = new Map<string, ReturnType<typeof createRowDigest>>()
  const files = new Map<string, string>()
  let bytes = 0
  await readArchive({
    path, passphrase,
    onBytes: (read) => {
      bytes = read
      onBytes?.(read)
    },
    visit: async (entry) => {
      const table = tableOfEntry(entry.name)
      const file = fileOfEntry(entry.name)
      if (entry.name === ENTRIES.header) {
        header = await parse(entry, headerSchema)
        if (header.format > FORMAT) throw new BackupFault('newer', path)
      } else if (entry.name === ENTRIES.keys) keys = await parse(entry, keysSchema)
      else if (entry.name === ENTRIES.demoAccounts) demoAccounts = await readWhole(entry)
      else if (entry.name === ENTRIES.manifest) manifest = await parse(entry, manifestSchema)
      else if (table !== null) {
        const digest = tables.get(table) ?? createRowDigest()
        tables.set(table, digest)
        for await (const piece of entry.body) digest.take(piece)
      } else if (file !== null) files.set(file, await hashOf(entry))
      else damaged()
    },
  })
  if (header === null || manifest === null) return damaged()
  if (!isAsTold({ header, manifest, tables: new Map([...tables].map(([name, digest]) => [name, digest.result()])), files })) damaged()
  return { header, keys, demoAccounts, manifest, bytes }
}

const NO_ROWS = createRowDigest().result()

function isAsTold(
  { header, manifest, tables, files }:
  { header: BackupHeader, manifest: BackupManifest, tables: ReadonlyMap<string, RowDigest>, files: ReadonlyMap<string, string> },
): boolean {
  const known = new Set(header.tables.map(({ schema, name }) => `${schema}.${name}`))
  const told = new Map(manifest.tables.map((table) => [`${table.schema}.${table.name}`, table]))
  const areTables = known.size === told.size && [...tables.keys()].every((name) => known.has(name))
    && [...known].every((name) => {
      const [found, wanted] = [tables.get(name) ?? NO_ROWS, told.get(name)]
      return wanted !== undefined && found.rows === wanted.rows && found.digest === wanted.digest
    })
  return areTables && files.size === manifest.files.length
    && manifest.files.every(({ name, sha256 }) => files.get(name) === sha256)
}

async function readWhole({ bytes, body }: ArchiveEntry): Promise<Buffer> {
  if (bytes > SMALL_BYTES) throw new RangeError(`an entry of ${bytes} bytes where settings are expected`)
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function hashOf({ body }: ArchiveEntry): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of body) hash.update(piece)
  return hash.digest('hex')
}
