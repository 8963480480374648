import type { ReactNode } from 'react'
import { documentPath, siteOrigin } from '@cluster/shared/delivery/addresses'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import type { PoolSite } from '../../domains/publishing/content-pool/pool-sites.ts'
import { env } from '../../env.ts'
import { minuteOf } from '../dates.ts'

type Sites = ReadonlyMap<string, PoolSite>

/** The name of a site as people say it. */
export const nameOf = (sites: Sites, slug: string) => sites.get(slug)?.name ?? slug

/** A title that leads to the public page: the original's, or the one on the site that shows it. */
export function PublicTitle({ sites, site, collection, id, title }: { sites: Sites; site: string; collection: DocumentCollection; id: number; title: string }) {
  const domain = sites.get(site)?.domain
  const origin = siteOrigin(env().PORTAL_ORIGIN, { slug: site, ...(domain ? { domain } : {}) })
  return (
    <a href={`${origin}${documentPath({ collection, id })}`} target="_blank" rel="noreferrer">
      {title}<span className="cluster-visually-hidden">（在新窗口打开）</span>
    </a>
  )
}

/** When, in Jiangsu's time. */
export const When = ({ at }: { at: string }) => <time dateTime={at}>{minuteOf(at)}</time>

/** A table with its heads; each cell knows its head, for screens that are too narrow for columns. */
export function PoolTable({ caption, heads, children }: { caption: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <caption className="cluster-visually-hidden">{caption}</caption>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** What is said where a list has nothing. */
export function Empty({ title, advice }: { title: string; advice: string }) {
  return <div className="cluster-empty"><strong>{title}</strong><p>{advice}</p></div>
}
