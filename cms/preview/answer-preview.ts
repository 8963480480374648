import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PayloadRequest } from 'payload'
import { filePath } from '@cluster/shared/delivery/addresses'
import type { PreviewAnswer } from '@cluster/shared/delivery/intake'
import type { Picture } from '@cluster/shared/delivery/records'
import type { StoredFile } from '../delivery/files.ts'
import { placeOf } from '../delivery/place.ts'
import { projectChoices } from '../domains/governance/layouts/public-choices.ts'
import { env } from '../env.ts'
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
  const { choices, files } = await projectChoices(req, site.id, target.choices)
  const stand = choices.heroPicture && await standIn(choices.heroPicture, files)
  return {
    home: { site: site.slug, choices: stand ? { ...choices, heroPicture: stand.picture } : choices },
    framedBy: adminOrigins(), files: stand ? [stand.file] : [],
  }
}

/** What browsers draw, and what fits the door. */
const DRAWN = /^image\/(?:png|jpeg|webp|gif)$/
const STAND_IN_BYTES = 4_000_000

/**
 * A picture that no public page names is given to nobody, so the preview carries it within the page: in one size, the largest that
 * fits. Null when there is none; the picture's place then stays empty in the preview.
 */
async function standIn(picture: Picture, files: readonly StoredFile[]): Promise<{ picture: Picture; file: { path: string; data: string } } | null> {
  const source = picture.sources.findLast(({ bytes, mediaType }) => bytes <= STAND_IN_BYTES && DRAWN.test(mediaType))
  const stored = files.find(({ hash }) => hash === source?.hash)
  if (!source || !stored) return null
  const bytes = await readFile(join(env().MEDIA_DIR, basename(stored.storedAs))).catch(() => null)
  return bytes && { picture: { ...picture, sources: [source] }, file: { path: filePath(source), data: `data:${source.mediaType};base64,${bytes.toString('base64')}` } }
}
