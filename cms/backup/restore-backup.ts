import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { fileOfEntry } from './contents.ts'
import { forgetSearch, forgetTheLater } from './forget-the-later.ts'
import { beginLoading, LoadMismatch } from './load-tables.ts'
import { type ArchiveEntry, readArchive } from './read-archive.ts'
import type { VerifiedBackup } from './verify-backup.ts'

/**
 * Brings the rows and files of a verified back-up into a database of the same structure, and an empty media folder.
 * The rows are committed as the last thing, after all files are on disk: an interrupted restore leaves the tables empty.
 * `isEngineShared`: a search engine of its own may hold documents of another time.
 * Throws `LoadMismatch`, `BackupFault`, or what the disk or PostgreSQL says.
 */
export async function restoreBackup(
  { path, passphrase, verified, databaseUrl, mediaDir, isEngineShared, onBytes }: {
    path: string
    passphrase: string
    verified: VerifiedBackup
    /** The owner's address. */
    databaseUrl: string
    mediaDir: string
    isEngineShared: boolean
    onBytes?: (bytes: number) => void
  },
): Promise<void> {
  const { header, manifest } = verified
  const client = new Client({ connectionString: databaseUrl, application_name: 'cluster-restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    const loader = await beginLoading(client, header.tables)
    const expected = new Map(manifest.files.map(({ name, sha256 }) => [name, sha256]))
    await mkdir(mediaDir, { recursive: true })
    await readArchive({
      path, passphrase, ...(onBytes ? { onBytes } : {}),
      visit: async (entry) => {
        await loader.take(entry)
        const name = fileOfEntry(entry.name)
        if (name !== null) await storeFile({ entry, name, mediaDir, sha256: expected.get(name) })
      },
    })
    await loader.finish(manifest)
    await forgetTheLater(client)
    if (isEngineShared) await forgetSearch(client)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function storeFile(
  { entry, name, mediaDir, sha256 }: { entry: ArchiveEntry, name: string, mediaDir: string, sha256: string | undefined },
): Promise<void> {
  const file = await open(join(mediaDir, name), 'wx', 0o644)
  try {
    const hash = createHash('sha256')
    for await (const piece of entry.body) {
      hash.update(piece)
      await file.writeFile(piece)
    }
    if (hash.digest('hex') !== sha256) throw new LoadMismatch(`file ${name} is another one than the manifest says`)
    await file.sync()
  } finally {
    await file.close()
  }
}
