import type { PayloadRequest } from 'payload'
import type { z } from 'zod'
import { query, sql } from '../database/query.ts'
import type { signOffSchema, transitionSchema, versionsSchema } from './formats.ts'

export type History = { signOffs: z.infer<typeof signOffSchema>[], transitions: z.infer<typeof transitionSchema>[] }

/** Who signed a document and every step that it took, in order; voided sign-offs included. */
export async function readHistory(req: PayloadRequest, collection: string, id: number): Promise<History> {
  const signOffs = await query<History['signOffs'][number] & { voidedAt: string | null, voidedCause: string | null }>(req, sql`
    select link, person_name as name, unit, sign_offs.at, version, digest, is_emergency as "isEmergency", reason,
      voided.at as "voidedAt", voided.cause as "voidedCause"
    from cluster.sign_offs left join cluster.voided_sign_offs as voided on voided.sign_off_id = sign_offs.id
    where collection = ${collection} and document_id = ${id} order by sign_offs.id`)
  const transitions = await query<History['transitions'][number]>(req, sql`
    select action, from_state as "from", to_state as "to", reason, person_name as name, unit, at
    from cluster.transitions where collection = ${collection} and document_id = ${id} order by id`)
  return {
    signOffs: signOffs.map(({ voidedAt, voidedCause, ...signOff }) => ({
      ...signOff, at: iso(signOff.at), voided: voidedAt === null ? null : { at: iso(voidedAt), cause: voidedCause ?? '' },
    })),
    transitions: transitions.map((transition) => ({ ...transition, at: iso(transition.at) })),
  }
}

/** Every text of a document that was ever saved, the oldest first. */
export async function readVersions(req: PayloadRequest, collection: string, id: number): Promise<z.infer<typeof versionsSchema>> {
  const rows = await query<z.infer<typeof versionsSchema>[number]>(req, sql`
    select version, person_name as "savedBy", at, is_refused as "isRefused", snapshot
    from cluster.versions where collection = ${collection} and document_id = ${id} order by id`)
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

function iso(at: string): string {
  return new Date(at).toISOString()
}
