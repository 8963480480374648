import { siteOrigin } from '@cluster/shared/delivery/addresses'
import type { PageModel } from '@cluster/shared/delivery/page-models'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import type { DeliveryClient } from '../data/delivery.ts'
import type { IntakeClient } from '../data/intake.ts'
import type { Directory } from '../hosts/directory.ts'

/** What loading a page may ask. */
export type Services = {
  delivery: DeliveryClient
  intake: IntakeClient
  directory: Pick<Directory, 'site' | 'sites'>
  /** `http://{slug}.localhost:4321` */
  originPattern: string
  now: () => Date
}

export type LoadContext = {
  services: Services
  site: SiteRecord
  /** Path as asked, in its canonical form. */
  path: string
  query: URLSearchParams
  /** A form that was sent; `null` on GET. */
  form: URLSearchParams | null
}

/** Who may show a page in a frame, and what stands in for files that the page names and nobody gets yet. */
export type Framed = { by: readonly string[]; files: ReadonlyArray<{ path: string; data: string }> }

export type Loaded = {
  page: PageModel
  status: number
  tags: string[]
  freshUntil: number | null
  isStorable: boolean
  /** A page that is shown in a frame; absent: nobody may. */
  framed?: Framed
}

/** A page that can be kept until something that it shows is purged. */
export function storable(page: PageModel, tags: readonly string[], freshUntil: number | null = null): Loaded {
  return { page, status: 200, tags: [...new Set(tags)], freshUntil, isStorable: true }
}

/** A page for this one request. */
export function passing(page: PageModel, status = 200): Loaded {
  return { page, status, tags: [], freshUntil: null, isStorable: false }
}

/**
 * `http://suzhou.localhost:4321`: where a site's own pages are; of a site that the directory does not know, under the
 * pattern.
 */
export function originOf(services: Pick<Services, 'directory' | 'originPattern'>, slug: string): string {
  return siteOrigin(services.originPattern, services.directory.site(slug) ?? { slug })
}
