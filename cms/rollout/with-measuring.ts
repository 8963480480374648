import type { Asker } from '../audit/rows.ts'
import { env } from '../env.ts'
import { openPortal } from './ask-portal.ts'
import { type Measuring } from './measure-site.ts'
import { openChecker } from './open-checker.ts'

/** Opens what measuring needs for the length of `work`: a line to the portal, and threads that check. @throws PortalSilent */
export async function withMeasuring<T>(asker: Asker, site: string, work: (measuring: Measuring) => Promise<T>): Promise<T> {
  const { PORTAL_URL, PORTAL_ORIGIN, INTAKE_KEY } = env()
  const portal = openPortal({ url: PORTAL_URL, origin: PORTAL_ORIGIN, key: INTAKE_KEY })
  const checker = openChecker()
  try {
    return await work({ asker, portal, checker, styles: await portal.styles({ slug: site }), layouts: new Set() })
  } finally {
    portal.close()
    await checker.close()
  }
}
