import { addDataAndFileToRequest, type Endpoint } from 'payload'
import { previewPath, siteOrigin } from '@cluster/shared/delivery/addresses'
import type { Choices } from '@cluster/shared/governance/templates/choices'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { placeOf } from '../../../delivery/place.ts'
import { env } from '../../../env.ts'
import { makePreviewToken, TOKEN_LIMIT } from '../../../preview/token.ts'
import { readable } from '../../../review/endpoints/versions.ts'
import { parseChoices } from './choices-of.ts'
import { projectChoices } from './public-choices.ts'
import { listPublished, type PublishedChoices } from './published-choices.ts'

/** What an editor works within: the release's rules, and what was published so far (the latest first). */
export type LayoutFrame = {
  site: { id: number; name: string }
  manifest: Pick<Manifest, 'id' | 'name' | 'home' | 'slots' | 'accents'>
  published: PublishedChoices[]
}

const refuse = (status: number, code: string, message: string, path?: string) =>
  Response.json({ errors: [{ code, message, ...(path ? { path } : {}) }] }, { status })

const read = (req: Parameters<Endpoint['handler']>[0], id: number) =>
  req.payload.findByID({ collection: 'layouts', id, depth: 0, req, overrideAccess: true })

export const layoutEndpoints: Omit<Endpoint, 'root'>[] = [
  {
    // `GET /api/layouts/<id>/frame` → LayoutFrame
    path: '/:id/frame', method: 'get',
    handler: async (req) => readable(req, 'layouts', async (id) => {
      const { site } = await placeOf(req, await read(req, id))
      const { home, slots, accents, name, id: release } = manifestOf(site.release)
      const published = await listPublished(req, site.id)
      return Response.json({ site: { id: site.id, name: site.name }, manifest: { id: release, name, home, slots, accents }, published } satisfies LayoutFrame)
    }),
  },
  {
    // `POST /api/layouts/<id>/live-preview` with choices → `{ url }`: the site's real home page under them; nothing is kept.
    path: '/:id/live-preview', method: 'post',
    handler: async (req) => readable(req, 'layouts', async (id) => {
      await addDataAndFileToRequest(req)
      const parsed = parseChoices(req.data ?? {})
      if (!parsed.success) return refuse(422, 'invalid', '有的内容还没写对，写对以后会显示预览。', parsed.error.issues[0]?.path.join('.'))
      const { site } = await placeOf(req, await read(req, id))
      const choices: Choices = { ...parsed.data, ...await usable(req, site.id, parsed.data) }
      const token = makePreviewToken({ collection: 'layouts', id, choices }, { secret: env().PREVIEW_SECRET, now: new Date() })
      if (token.length > TOKEN_LIMIT) return refuse(422, 'too-long', '本地链接的网址加起来太长，不能即时预览。请缩短网址，或保存后送审。', 'links')
      // Under the cluster's own name: only that one may be shown within the admin.
      return Response.json({ url: siteOrigin(env().PORTAL_ORIGIN, { slug: site.slug }) + previewPath(token) })
    }),
  },
]

/** Another office's picture is not shown, not even on trial. */
async function usable(req: Parameters<Endpoint['handler']>[0], siteId: number, choices: Choices): Promise<Pick<Choices, 'heroPicture'>> {
  const { issues } = await projectChoices(req, siteId, choices)
  return { heroPicture: issues.length > 0 ? null : choices.heroPicture }
}
