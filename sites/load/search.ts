import { documentPath, searchPath } from '@cluster/shared/delivery/addresses'
import type { FacetOption, Link, SearchPage } from '@cluster/shared/delivery/page-models'
import {
  SEARCH_FACETS,
  SEARCH_PAGE_LIMIT,
  type SearchAnswer,
  type SearchFacet,
  type SearchQuery,
} from '@cluster/shared/delivery/search'
import { DOCUMENT_KINDS, VALIDITIES } from '@cluster/shared/publishing/kinds'
import { searchParameters } from '../data/delivery.ts'
import { Unreachable } from '../data/failures.ts'
import { makeChrome } from './chrome.ts'
import { originOf, passing, type Loaded, type LoadContext } from './context.ts'
import { makePager } from './entries.ts'
import { asksForSomething, readSearchQuery } from './search-query.ts'

const FACET_LABELS: Record<SearchFacet, string> = {
  site: '站点',
  city: '设区市',
  kind: '类型',
  year: '年份',
  issuer: '发文机关',
  validity: '有效性',
}
const PARAMETER_LABELS: Record<string, string> = { ...FACET_LABELS, q: '搜索词', page: '页码' }
/** Longer lists are not read; the counts are the largest ones. */
const MAX_OPTIONS = 12

/** Search over the cluster, or with `scope=site` (or `site=`) over one site. Never stored. */
export async function loadSearch(context: LoadContext): Promise<Loaded> {
  const asked = readSearchQuery(context.query)
  if (!asked.isValid) {
    const names = asked.names.map((name) => PARAMETER_LABELS[name] ?? name).join('、')
    return passing(
      searchPage(
        context,
        { q: context.query.get('q')?.slice(0, 200) ?? '', page: 1 },
        {
          answer: null,
          error: `搜索条件“${names}”的值不可用，请去掉后重新搜索。`,
        },
      ),
      400,
    )
  }
  const isThisSite = context.query.get('scope') === 'site'
  const query = isThisSite ? { ...asked.query, site: context.site.slug } : asked.query
  if (!asksForSomething(query)) return passing(searchPage(context, query, { answer: null, error: null }))
  try {
    return passing(searchPage(context, query, { answer: await context.services.delivery.search(query), error: null }))
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return passing(
      searchPage(context, query, { answer: null, error: '搜索暂时用不了：搜索服务没有应答。请过几分钟再试。' }),
      503,
    )
  }
}

function searchPage(
  context: LoadContext,
  query: SearchQuery,
  { answer, error }: Pick<SearchPage, 'answer' | 'error'>,
): SearchPage {
  const { services, site } = context
  const { site: _site, ...elsewhere } = query
  return {
    kind: 'search',
    chrome: makeChrome(context, {
      title: query.q === '' ? '搜索' : `搜索“${query.q}”`,
      description: `在${site.name}和全部站点中搜索。`,
      trail: [{ label: '搜索', href: searchPath() }],
      robots: 'noindex, follow',
    }),
    query,
    answer,
    error,
    hits: (answer?.hits ?? []).map((hit) => ({
      ...hit,
      href:
        hit.site === site.slug || hit.placedOn === site.slug
          ? documentPath(hit)
          : `${originOf(services, hit.site)}${documentPath(hit)}`,
    })),
    scope: {
      isThisSite: query.site === site.slug,
      thisSiteHref: hrefOf({ ...elsewhere, city: undefined, site: site.slug, page: 1 }),
      clusterHref: hrefOf({ ...elsewhere, page: 1 }),
    },
    facets: answer ? facetsOf(context, query, answer) : [],
    chosen: chosenOf(context, query),
    pager: makePager({
      page: answer?.page ?? 1,
      pages: Math.min(answer?.pages ?? 0, SEARCH_PAGE_LIMIT),
      total: answer?.total ?? 0,
      hrefOf: (number) => hrefOf({ ...query, page: number }),
    }),
  }
}

function hrefOf(query: SearchQuery): string {
  const parameters = searchParameters({ ...query, page: query.page === 1 ? undefined : query.page } as SearchQuery)
  return parameters.size > 0 ? `${searchPath()}?${parameters}` : searchPath()
}

function facetsOf(context: LoadContext, query: SearchQuery, answer: SearchAnswer): SearchPage['facets'] {
  return SEARCH_FACETS.flatMap((key) => {
    const options = Object.entries(answer.facets[key] ?? {})
      .filter(([value, count]) => value !== '' && count > 0)
      .sort((left, right) => (key === 'year' ? Number(right[0]) - Number(left[0]) : right[1] - left[1]))
      .slice(0, MAX_OPTIONS)
      .map(([value, count]): FacetOption => {
        const isSelected = String(query[key] ?? '') === value
        return {
          value,
          label: labelOf(context, key, value),
          count,
          isSelected,
          href: hrefOf({ ...query, [key]: isSelected ? undefined : value, page: 1 }),
        }
      })
    return options.length > 0 ? [{ key, label: FACET_LABELS[key], options }] : []
  })
}

function chosenOf(context: LoadContext, query: SearchQuery): Link[] {
  return SEARCH_FACETS.flatMap((key) => {
    const value = query[key]
    if (value === undefined) return []
    return [
      {
        label: `${FACET_LABELS[key]}：${labelOf(context, key, String(value))}`,
        href: hrefOf({ ...query, [key]: undefined, page: 1 }),
      },
    ]
  })
}

function labelOf({ services }: LoadContext, key: SearchFacet, value: string): string {
  switch (key) {
    case 'site':
      return services.directory.site(value)?.name ?? value
    case 'city':
      return services.directory.site(value)?.division ?? value
    case 'kind':
      return (DOCUMENT_KINDS as Record<string, string>)[value] ?? value
    case 'validity':
      return (VALIDITIES as Record<string, string>)[value] ?? value
    case 'year':
      return `${value}年`
    case 'issuer':
      return value
  }
}
