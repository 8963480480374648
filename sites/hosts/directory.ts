import { join } from 'node:path'
import { siteOrigin } from '@cluster/shared/delivery/addresses'
import { directoryAnswerSchema } from '@cluster/shared/delivery/api'
import type { SiteSummary } from '@cluster/shared/delivery/records'
import { leadElsewhere } from '@cluster/shared/governance/site-lifecycle/redirect'
import { isListed } from '@cluster/shared/governance/site-lifecycle/standing'
import type { DeliveryClient } from '../data/delivery.ts'
import { readJson, replaceFile } from '../data/store-json.ts'
import { hostName, knownHosts, type KnownHost } from './hosts.ts'

/** Host headers come in few spellings; whoever sends thousands is not read by heart. */
const MAX_REMEMBERED_HEADERS = 2_000

/** An address on another site, and that site's name. */
export type Elsewhere = { url: string; name: string; isPermanent: boolean }

export type Directory = ReturnType<typeof createDirectory>

/**
 * All sites of the cluster, in memory: who is asked, and what every page says about the others. Kept fresh by the
 * change feed and on disk, so that a portal that starts while everything else is down still knows its hosts.
 */
export function createDirectory({
  delivery,
  origin,
  folder,
}: {
  delivery: Pick<DeliveryClient, 'directory'>
  /** `http://{slug}.localhost:4321` */
  origin: string
  folder: string
}) {
  const file = join(folder, 'directory.json')
  let serialised = ''
  let sites: readonly SiteSummary[] = []
  let listed: readonly SiteSummary[] = []
  let bySlug = new Map<string, SiteSummary>()
  let hosts = new Map<string, KnownHost>()
  const byHeader = new Map<string, KnownHost | null>()

  function adopt(next: readonly SiteSummary[]): boolean {
    const text = JSON.stringify({ sites: next })
    if (text === serialised) return false
    serialised = text
    sites = next
    listed = next.filter((site) => isListed(site.standing))
    bySlug = new Map(next.map((site) => [site.slug, site]))
    hosts = knownHosts(next, origin)
    byHeader.clear()
    return true
  }

  /** A path on a site's own host; `null` for a site that nobody knows. */
  function addressOn(slug: string, path: string): Elsewhere | null {
    const site = bySlug.get(slug)
    return site ? { url: `${siteOrigin(origin, site)}${path}`, name: site.name, isPermanent: true } : null
  }

  return {
    /** Takes the last known directory from disk; false when there is none. */
    restore: async (): Promise<boolean> => {
      const kept = await readJson(directoryAnswerSchema, file)
      return kept !== null && adopt(kept.sites)
    },
    /**
     * Asks for the directory; true when it is another one than before. Throws when the delivery server does not
     * answer.
     */
    refresh: async (): Promise<boolean> => {
      const answer = await delivery.directory()
      if (!adopt(answer.sites)) return false
      await replaceFile(file, serialised)
      return true
    },
    isKnown: () => sites.length > 0,
    /** Those that readers are shown; one that is being opened, or is no more, is known by its name only. */
    sites: () => listed,
    site: (slug: string) => bySlug.get(slug),
    /** Where an address of a site leads that has been merged or closed; `null` where the site answers itself. */
    leadElsewhere: (slug: string, path: string): Elsewhere | null => {
      const leads = leadElsewhere(slug, path, (each) => bySlug.get(each)?.standing)
      const there = leads && addressOn(leads.site, leads.path)
      return there && { ...there, isPermanent: leads.isPermanent }
    },
    addressOn,
    /** The host that a Host header names; `null` for one that is not ours. */
    host: (header: string | undefined): KnownHost | null => {
      if (header === undefined) return null
      const remembered = byHeader.get(header)
      if (remembered !== undefined) return remembered
      if (byHeader.size >= MAX_REMEMBERED_HEADERS) byHeader.clear()
      const name = hostName(header)
      const host = name === null ? null : (hosts.get(name) ?? null)
      byHeader.set(header, host)
      return host
    },
    hostsOf: (slug: string): KnownHost[] => [...hosts.values()].filter((host) => host.site === slug),
  }
}
