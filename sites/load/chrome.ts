import { columnPath, directoryPath, feedPath, filePath, homePath, siteOrigin } from '@cluster/shared/delivery/addresses'
import type { Chrome, Link, NavigationItem } from '@cluster/shared/delivery/page-models'
import type { DocumentRecord, SiteRecord } from '@cluster/shared/delivery/records'
import { clusterTag, directoryTag, navigationTag, siteTag } from '@cluster/shared/delivery/tags'
import { accentOf } from '@cluster/shared/governance/templates/choices'
import { pageLabels } from '@cluster/shared/publishing/page-labels'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { originOf, type LoadContext } from './context.ts'
import { shownColumns } from './modules.ts'

export type ChromeRequest = {
  /** `null` on the home page, which is titled by the site itself. */
  title: string | null
  description: string
  /** The way to the page from the home page; the last one is the page itself. */
  trail?: readonly Link[]
  /** Key of the column that the page lists or that its document stands in. */
  columnKey?: string | undefined
  document?: DocumentRecord | undefined
  robots?: string | undefined
  /** Absolute address of the original, where the page shows what another site wrote. */
  canonical?: string | undefined
}

/** What stands around every page of a site: navigation, trail, and the head with its government labels. */
export function makeChrome(context: LoadContext, asked: ChromeRequest): Chrome {
  const { services, site, path } = context
  const origin = siteOrigin(services.originPattern, site)
  const address = `${origin}${path}`
  const column = site.columns.find((each) => each.key === asked.columnKey)
  return {
    site,
    ancestors: ancestorsOf(context),
    navigation: navigationOf(site, path, asked.columnKey),
    breadcrumbs: path === homePath() ? [] : [{ label: '首页', href: homePath() }, ...(asked.trail ?? [])],
    head: {
      title: asked.title === null ? site.name : `${asked.title} - ${site.name}`,
      description: asked.description,
      canonical: asked.canonical ?? address,
      labels: pageLabels({
        site,
        url: address,
        column,
        document: asked.document,
        imageUrl: pictureOf(asked.document, origin),
      }),
      ...(asked.robots === undefined ? {} : { robots: asked.robots }),
      feeds: [{ title: `${site.name}最新发布`, href: feedPath() }],
    },
    accent: accentOf(manifestOf(site.release), site.choices).key,
    path,
    madeAt: services.now().toISOString(),
  }
}

/** Tags of what stands around every page: the site, its navigation, and the other sites' names and addresses. */
export function chromeTags(site: Pick<SiteRecord, 'slug'>): string[] {
  return [clusterTag(), directoryTag(), siteTag(site.slug), navigationTag(site.slug)]
}

function navigationOf(site: SiteRecord, path: string, columnKey: string | undefined): NavigationItem[] {
  const columns = shownColumns(site).map((column) => ({
    label: column.name,
    href: columnPath(column.key),
    isCurrent: column.key === columnKey,
  }))
  return [
    { label: '首页', href: homePath(), isCurrent: path === homePath() },
    ...columns,
    { label: '站点', href: directoryPath(), isCurrent: path === directoryPath() },
  ]
}

function ancestorsOf({ services, site }: LoadContext): Array<Link & { slug: string }> {
  const chain: Array<Link & { slug: string }> = []
  let slug = site.parent
  while (slug !== null && !chain.some((link) => link.slug === slug)) {
    const parent = services.directory.site(slug)
    if (!parent) break
    chain.unshift({ slug: parent.slug, label: parent.name, href: `${originOf(services, parent.slug)}${homePath()}` })
    slug = parent.parent
  }
  return chain
}

/** Absolute address of the widest form of an article's picture. */
function pictureOf(document: DocumentRecord | undefined, origin: string): string | undefined {
  if (document?.collection !== 'articles') return undefined
  const widest = document.content.picture?.sources.at(-1)
  return widest && `${origin}${filePath(widest)}`
}
