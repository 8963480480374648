import type { Endpoint } from 'payload'
import { previewPath, siteOrigin } from '@cluster/shared/delivery/addresses'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { placeOf } from '../delivery/place.ts'
import { env } from '../env.ts'
import { readable } from '../review/endpoints/versions.ts'
import { makePreviewToken } from './token.ts'

/** `GET /api/<collection>/<id>/preview-link` → `{ url }`: the text on the real portal page, for those who may read it. */
export function previewLinkEndpoint(collection: DocumentCollection): Omit<Endpoint, 'root'> {
  return {
    path: '/:id/preview-link', method: 'get',
    handler: async (req) => readable(req, collection, async (id) => {
      const document = await req.payload.findByID({ collection, id, depth: 0, req, overrideAccess: true })
      const { site } = await placeOf(req, document)
      const token = makePreviewToken({ collection, id }, { secret: env().PREVIEW_SECRET, now: new Date() })
      return Response.json({ url: siteOrigin(env().PORTAL_ORIGIN, { slug: site.slug, domain: site.domain ?? undefined }) + previewPath(token) })
    }),
  }
}
