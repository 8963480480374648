import { request as requestHttp } from 'node:http'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { siteOrigin } from '@cluster/shared/delivery/addresses'
import { RELEASE_STYLES_PATH, type ReleaseStyles, releaseStylesSchema, RENDER_MS_HEADER, type Trial } from '@cluster/shared/delivery/trial'
import { trialHeader } from './trial-header.ts'

/** The portal did not answer at all: nothing is known of the site, so nothing may be concluded. */
export class PortalSilent extends Error {
  override name = 'PortalSilent'
}

export type PortalAnswer = {
  status: number
  html: string
  bytes: number
  /** As the portal says; null on ordinary visits. */
  renderMs: number | null
}
export type Portal = ReturnType<typeof openPortal>
type Site = { slug: string; domain?: string | undefined }

/** A render that takes longer is a fault by any measure. */
const PATIENCE_MS = 20_000
const SOCKETS = 8

/** One portal, asked under the name of each site; `origin` is the cluster's pattern, `key` the one shared with portals. */
export function openPortal({ url, origin, key, now = () => new Date() }: { url: string; origin: string; key: string; now?: () => Date }) {
  const base = new URL(url)
  const isTls = base.protocol === 'https:'
  const agent = isTls ? new HttpsAgent({ keepAlive: true, maxSockets: SOCKETS }) : new HttpAgent({ keepAlive: true, maxSockets: SOCKETS })

  function ask(site: Site, path: string, headers: Record<string, string> = {}): Promise<PortalAnswer> {
    return new Promise((resolve, reject) => {
      const silent = (cause: unknown) => reject(new PortalSilent(`the portal at ${base.origin} did not answer`, { cause }))
      const outgoing = (isTls ? requestHttps : requestHttp)({
        hostname: base.hostname, port: base.port || undefined, path, agent, timeout: PATIENCE_MS, headers: { host: new URL(siteOrigin(origin, site)).host, ...headers },
      }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', silent)
        incoming.on('end', () => {
          const body = Buffer.concat(chunks)
          const ms = Number(incoming.headers[RENDER_MS_HEADER])
          resolve({ status: incoming.statusCode ?? 0, html: body.toString('utf8'), bytes: body.length, renderMs: Number.isFinite(ms) ? ms : null })
        })
      })
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)))
      outgoing.on('error', silent)
      outgoing.end()
    })
  }

  return {
    /** As any reader gets the page. @throws PortalSilent */
    visit: (site: Site, path: string) => ask(site, path),
    /** Drawn for this one answer, under the release, or the site's own. @throws PortalSilent */
    tryOut: (site: Site, path: string, { release, draws = null }: { release: string | null; draws?: Trial['draws'] }) =>
      ask(site, path, trialHeader({ site: site.slug, release, draws }, { key, now: now() })),
    /** Which style sheets belong to which release of the portal's build. @throws PortalSilent */
    styles: async (site: Site): Promise<ReleaseStyles> => {
      const { status, html } = await ask(site, RELEASE_STYLES_PATH)
      if (status !== 200) throw new PortalSilent(`the portal does not tell the style sheets of its releases: ${status}`)
      return releaseStylesSchema.parse(JSON.parse(html))
    },
    close: () => agent.destroy(),
  }
}
