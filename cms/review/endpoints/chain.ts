import type { Endpoint } from 'payload'
import { permittedActions } from '@cluster/shared/governance/review-chain'
import { contentDigest } from '@cluster/shared/publishing/digest'
import { query, sql } from '../../database/query.ts'
import type { ReviewedCollection } from '../../domains/slugs.ts'
import { portalsReached } from '../../operator/portals-reached.ts'
import { factsOf } from '../perform.ts'
import { reviewable } from '../reviewable.ts'
import { readRow } from '../rows.ts'
import { readable } from './versions.ts'

/** `GET /api/<collection>/<id>/chain`: where the document stands, who signed, what this person may do now, and what the text still lacks. */
export function chainEndpoint(collection: ReviewedCollection): Omit<Endpoint, 'root'> {
  return {
    path: '/:id/chain', method: 'get',
    handler: async (req) => readable(req, collection, async (id) => {
      const row = await readRow(req, collection, id)
      const signable = await reviewable(collection).sign(req, id)
      const facts = await factsOf(req, { collection, id }, row!, contentDigest(signable.content))
      const steps = await query<{ action: string; from: string; to: string; reason: string | null; name: string; unit: string; at: string }>(req, sql`
        select action, from_state as "from", to_state as "to", reason, person_name as name, unit, at from cluster.transitions
        where collection = ${collection} and document_id = ${id} order by id desc limit 100`)
      return Response.json({
        state: facts.state, version: row!.version, isLive: facts.isLive,
        signOffs: facts.signOffs.map(({ link, name, unit, at, isEmergency }) => ({ link, name, unit, at, isEmergency })),
        actions: permittedActions(facts).filter((action) => !reviewable(collection).refused?.[action]), issues: signable.issues, steps,
        // Whoever withdraws a text wants to know that it is gone everywhere.
        portals: facts.state === 'withdrawn' && collection !== 'import-batches' && collection !== 'layouts' ? await portalsReached(req, { collection, id }) : null,
      })
    }),
  }
}
