import { z } from 'zod'

/** Raised when an older product could no longer read what this one writes. */
export const FORMAT = 1

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const tableSchema = z.object({ schema: name, name, columns: z.array(z.string().min(1)) })
export type TableShape = z.output<typeof tableSchema>

/** `backup.json`, the first entry: what one has to know before the first row is taken in. */
export const headerSchema = z.object({
  format: z.number().int(),
  product: z.string(),
  createdAt: z.iso.datetime(),
  mode: z.enum(['demo', 'production']),
  /** PostgreSQL that it was read from, for information. */
  postgres: z.string(),
  /** Names of the migrations that made the structure, in order. */
  migrations: z.array(z.string().min(1)),
  tables: z.array(tableSchema),
  sites: z.array(z.object({ slug: z.string(), name: z.string() })),
})
export type BackupHeader = z.output<typeof headerSchema>

/** `settings/secrets.json`: the keys without which a part of the rows could not be read again. */
export const keysSchema = z.record(z.string(), z.string().min(1))

/** `manifest.json`, the last entry: what must have arrived. */
export const manifestSchema = z.object({
  finishedAt: z.iso.datetime(),
  tables: z.array(z.object({ schema: name, name, rows: z.number().int(), digest })),
  sequences: z.array(z.object({ schema: name, name, value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
  files: z.array(z.object({ name: z.string().min(1), bytes: z.number().int(), sha256: digest })),
  /** Files that rows name and that were not there, or held something else than the rows say. */
  faults: z.array(z.object({ name: z.string(), fault: z.enum(['missing', 'differs']) })),
})
export type BackupManifest = z.output<typeof manifestSchema>

/** Names of the entries; parts of a table, joined in their order, are the text of one COPY. */
export const ENTRIES = {
  header: 'backup.json',
  keys: 'settings/secrets.json',
  demoAccounts: 'settings/demo-accounts.json',
  manifest: 'manifest.json',
  tablePart: (table: Pick<TableShape, 'schema' | 'name'>, part: number) =>
    `tables/${table.schema}.${table.name}/${String(part).padStart(6, '0')}.copy`,
  file: (fileName: string) => `media/${fileName}`,
} as const

/** The table that an entry is a part of, as `schema.name`; null for other entries. */
export function tableOfEntry(entry: string): string | null {
  return /^tables\/([a-z0-9_]+\.[a-z0-9_]+)\/\d{6}\.copy$/.exec(entry)?.[1] ?? null
}

/** The media file that an entry holds; null for other entries and for a name that would leave its folder. */
export function fileOfEntry(entry: string): string | null {
  const found = /^media\/([^/\\\0]+)$/.exec(entry)?.[1]
  return found === undefined || found === '.' || found === '..' ? null : found
}

/** Texts that an office works on: what a person means by the size of a back-up. */
export function countDocuments(tables: ReadonlyArray<{ schema: string, name: string, rows: number }>): number {
  return tables.filter(({ schema, name }) => schema === 'public' && ['articles', 'policies', 'letters'].includes(name))
    .reduce((sum, { rows }) => sum + rows, 0)
}
