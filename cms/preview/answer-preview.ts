import type { PayloadRequest } from 'payload'
import type { PreviewAnswer } from '@cluster/shared/delivery/intake'
import { placeOf } from '../delivery/place.ts'
import { projectChoices } from '../domains/governance/layouts/public-choices.ts'
import { adminOrigins } from '../web/admin-origins.ts'
import { projectPreview } from './project-preview.ts'
import type { PreviewTarget } from './token.ts'

/** What a portal draws for a token; null when what it speaks of is gone. */
export async function answerPreview(req: PayloadRequest, target: PreviewTarget): Promise<PreviewAnswer | null> {
  if (target.collection !== 'layouts') {
    const record = await projectPreview(req, target)
    return record && { record }
  }
  const layout = await req.payload.findByID({ collection: 'layouts', id: target.id, depth: 0, req, overrideAccess: true, disableErrors: true })
  if (!layout) return null
  const { site } = await placeOf(req, layout)
  const { choices } = await projectChoices(req, site.id, target.choices)
  return { home: { site: site.slug, choices }, framedBy: adminOrigins() }
}
