import type { PayloadRequest } from 'payload'
import { query, sql } from '../../../database/query.ts'

/**
 * Holds a file name, and all names that are made of it by appending a number, until the request's transaction ends. Payload looks for a free
 * name and writes the file long before the row that takes it: two uploads at once would find the same one, and one file would be lost.
 */
export async function holdFileName(req: PayloadRequest, name: string): Promise<void> {
  const stem = name.replace(/\.[^.]*$/, '').replace(/(?:-\d+)+$/, '').toLowerCase()
  await query(req, sql`select pg_advisory_xact_lock(hashtext('media'), hashtext(${stem}))`)
}
