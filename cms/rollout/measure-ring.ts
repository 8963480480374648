import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import type { Ring } from '@cluster/shared/governance/templates/rings'
import { homePath } from '@cluster/shared/delivery/addresses'
import { type MeasuredSite, type Measuring, measureSite, releasesOf } from './measure-site.ts'
import { readPage } from './read-page.ts'
import { samplePages } from './sample-pages.ts'

export type RingToMeasure = { id: number; attempt: number; release: string; sites: string[] }

/** A portal hears of a switch within a moment; one that has not after this long is measured as it is, and found red. */
const PURGE_PATIENCE_MS = 10_000
const PURGE_POLL_MS = 100

/** The sites of the ring that this attempt has not measured yet; null when the attempt is over. */
export async function ringToMeasure({ asker }: Pick<Measuring, 'asker'>, { rollout, attempt }: { rollout: number; attempt: number }): Promise<RingToMeasure | null> {
  const { rows: [row] } = await asker.query<{ release: string; rings: Ring[]; ring: number; done: string[] }>(`
    select release, rings, ring, array(select site from cluster.rollout_verdicts where rollout_id = rollouts.id and rollout_verdicts.attempt = $2) as done
    from cluster.rollouts where id = $1 and attempt = $2 and state = 'running' and ring is not null`, [rollout, attempt])
  if (!row) return null
  const sites = (row.rings[row.ring]?.sites ?? []).filter((site) => !row.done.includes(site))
  return { id: rollout, attempt, release: row.release, sites }
}

/**
 * Measures the ring's sites on their real pages, one after the other, and hands each finding to `note`, which says whether to go on.
 * @throws PortalSilent; what was measured until then is kept, and the next try goes on after it
 */
export async function measureRing(
  measuring: Measuring,
  { ring, manifest, note }: { ring: RingToMeasure; manifest: Manifest; note: (site: string, found: MeasuredSite) => Promise<boolean> },
): Promise<void> {
  for (const site of ring.sites) {
    await waitForSwitch(measuring, site, ring.release)
    const found = await measureSite(measuring, { site, manifest, isTrial: false })
    if (found && !(await note(site, found))) return
  }
}

/** All of a site's pages leave the store together: once its home page is the new one, the others are. */
async function waitForSwitch({ asker, portal, styles }: Measuring, site: string, release: string): Promise<void> {
  const record = (await samplePages(asker, site))?.record
  if (!record) return
  const until = performance.now() + PURGE_PATIENCE_MS
  while (performance.now() < until) {
    const { html } = await portal.visit(record, homePath())
    if (releasesOf(readPage(html).styles, styles).includes(release)) return
    await new Promise((resolve) => setTimeout(resolve, PURGE_POLL_MS))
  }
}
