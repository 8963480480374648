import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from, to } from 'pg-copy-streams'
import type { TableShape } from './contents.ts'
import { quoted } from './read-structure.ts'

/** Whatever an operator has set, the same row is the same text at both ends. */
export const SAME_TEXT = `
  set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local xmloption = 'content';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0;`

/** The rows of a table in the text form of COPY, in pieces of any size. */
export async function* rowsOf(client: ClientBase, table: TableShape): AsyncGenerator<Uint8Array> {
  // Columns that are all generated leave nothing to write down.
  if (table.columns.length === 0) return
  yield* client.query(to(`copy ${quoted(client, table)} (${columnList(client, table)}) to stdout`)) as AsyncIterable<Buffer>
}

export type RowTaker = { take: (chunk: Uint8Array) => Promise<void>, end: () => Promise<void> }

/** Takes rows in that form into a table, in one statement. Both calls throw what PostgreSQL says against a row. */
export function takeRows(client: ClientBase, table: TableShape): RowTaker {
  const stream = client.query(from(`copy ${quoted(client, table)} (${columnList(client, table)}) from stdin`))
  const ended = finished(stream)
  ended.catch(() => undefined)
  return {
    take: async (chunk) => {
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended])
    },
    end: () => {
      stream.end()
      return ended
    },
  }
}

function columnList(client: ClientBase, { columns }: TableShape): string {
  return columns.map((column) => client.escapeIdentifier(column)).join(', ')
}
