import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Client, type ClientBase } from 'pg'
import {
  type BackupHeader, type BackupManifest, countDocuments, ENTRIES, FORMAT, type TableShape,
} from './contents.ts'
import { rowsOf, SAME_TEXT } from './copy-rows.ts'
import { type HeldFiles, holdFiles, type NamedFile, readNamedFiles } from './media-files.ts'
import { quoted, readMigrations, readSequences, readTables } from './read-structure.ts'
import { createRowDigest } from './row-digest.ts'
import { type ArchiveWriter, writeArchive } from './write-archive.ts'

/** Rows are gathered to entries of about this size: all that is ever held in memory of a table. */
const PART_BYTES = 4 * 1024 * 1024

export type BackupSource = {
  /** The owner's address: only the owner may read everything. */
  databaseUrl: string
  mediaDir: string
  mode: BackupHeader['mode']
  product: string
  /** Keys that stored rows were made with. */
  keys: Record<string, string>
  /** Content of the demo's list of accounts; null in a production cluster. */
  demoAccounts: Buffer | null
}

export type BackupOutcome = {
  bytes: number
  sha256: string
  documents: number
  files: number
  rows: number
  faults: BackupManifest['faults']
}

/** How far it has come: rows and files, of all that there are. */
export type Progress = (done: number, total: number) => void

/**
 * Backs up a running cluster to `path`: every row of one snapshot of the database, the files that these rows name, and
 * the keys without which they could not be read. Nobody waits for it and it waits for nobody.
 * On any error nothing is left at `path`.
 */
export async function writeBackup(
  { path, passphrase, workFactor, source, now, onProgress = () => undefined }: {
    path: string
    passphrase: string
    workFactor?: number
    source: BackupSource
    now: () => Date
    onProgress?: Progress
  },
): Promise<BackupOutcome> {
  const client = new Client({ connectionString: source.databaseUrl, application_name: 'cluster-backup' })
  client.on('error', () => undefined)
  await client.connect()
  let archive: ArchiveWriter | null = null
  let held: HeldFiles | null = null
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(SAME_TEXT)
    const tables = await readTables(client)
    // A migration that begins now waits until the rows are read: half of them would have another form.
    await client.query(`lock table ${tables.map((table) => quoted(client, table)).join(', ')} in access share mode`)
    const named = await readNamedFiles(client)
    held = await holdFiles(source.mediaDir, named)
    archive = await writeArchive({ path, passphrase, ...(workFactor === undefined ? {} : { workFactor }) })
    const manifest = await fill({ client, archive, held, named, tables, source, now, onProgress })
    const { bytes, sha256 } = await archive.finish()
    return {
      bytes, sha256, documents: countDocuments(manifest.tables), files: manifest.files.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0), faults: manifest.faults,
    }
  } catch (error) {
    await archive?.abandon(error)
    throw error
  } finally {
    await held?.release()
    await client.end().catch(() => undefined)
  }
}

async function fill(
  { client, archive, held, named, tables, source, now, onProgress }: {
    client: Client
    archive: ArchiveWriter
    held: HeldFiles
    named: readonly NamedFile[]
    tables: readonly TableShape[]
    source: BackupSource
    now: () => Date
    onProgress: Progress
  },
): Promise<BackupManifest> {
  const asJson = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
  await archive.add(ENTRIES.header, asJson(await headerOf({ client, tables, source, now })))
  await archive.add(ENTRIES.keys, asJson(source.keys))
  if (source.demoAccounts) await archive.add(ENTRIES.demoAccounts, source.demoAccounts)

  const total = await countRows(client, tables) + named.length
  let done = 0
  const advance = (by: number) => onProgress(done += by, total)
  const manifest: BackupManifest = { finishedAt: '', tables: [], sequences: [], files: [], faults: [] }
  for (const { schema, name, columns } of tables) {
    const rows = await addTable({ client, archive, table: { schema, name, columns }, advance })
    manifest.tables.push({ schema, name, ...rows })
  }
  manifest.sequences = await readSequences(client)
  await client.query('commit')
  for (const file of named) {
    await addFile({ archive, held, file, manifest })
    advance(1)
  }
  manifest.finishedAt = now().toISOString()
  await archive.add(ENTRIES.manifest, asJson(manifest))
  return manifest
}

async function headerOf(
  { client, tables, source, now }: { client: ClientBase, tables: readonly TableShape[], source: BackupSource, now: () => Date },
): Promise<BackupHeader> {
  const { rows: [server] } = await client.query<{ version: string }>("select current_setting('server_version') as version")
  const { rows: sites } = await client.query<{ slug: string, name: string }>('select slug, name from public.sites order by slug')
  return {
    format: FORMAT, product: source.product, createdAt: now().toISOString(), mode: source.mode,
    postgres: server?.version ?? '', migrations: await readMigrations(client), tables: [...tables], sites,
  }
}

async function countRows(client: ClientBase, tables: readonly TableShape[]): Promise<number> {
  let total = 0
  for (const table of tables) {
    const { rows: [counted] } = await client.query<{ count: string }>(`select count(*) from ${quoted(client, table)}`)
    total += Number(counted?.count ?? 0)
  }
  return total
}

async function addTable(
  { client, archive, table, advance }: { client: ClientBase, archive: ArchiveWriter, table: TableShape, advance: (by: number) => void },
) {
  const digest = createRowDigest()
  let pieces: Uint8Array[] = []
  let bytes = 0
  let parts = 0
  let told = 0
  const flush = async () => {
    if (bytes === 0) return
    await archive.add(ENTRIES.tablePart(table, parts += 1), Buffer.concat(pieces, bytes))
    pieces = []
    bytes = 0
  }
  for await (const piece of rowsOf(client, table)) {
    digest.take(piece)
    pieces.push(piece)
    bytes += piece.length
    if (bytes < PART_BYTES) continue
    await flush()
    const { rows } = digest.result()
    advance(rows - told)
    told = rows
  }
  await flush()
  const result = digest.result()
  advance(result.rows - told)
  return result
}

async function addFile(
  { archive, held, file, manifest }: { archive: ArchiveWriter, held: HeldFiles, file: NamedFile, manifest: BackupManifest },
): Promise<void> {
  const path = held.pathOf(file.name)
  const facts = await stat(path).catch(() => null)
  if (!facts?.isFile()) {
    manifest.faults.push({ name: file.name, fault: 'missing' })
    return
  }
  const hash = createHash('sha256')
  const hashed = async function* () {
    const end = Math.max(facts.size - 1, 0)
    for await (const chunk of createReadStream(path, { end, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
  }
  await archive.addStream(ENTRIES.file(file.name), facts.size, hashed())
  const sha256 = hash.digest('hex')
  manifest.files.push({ name: file.name, bytes: facts.size, sha256 })
  if (file.sha256 !== null && file.sha256 !== sha256) manifest.faults.push({ name: file.name, fault: 'differs' })
}
