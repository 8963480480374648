import { documentPath } from '@cluster/shared/delivery/addresses'
import type { SearchAnswer } from '@cluster/shared/delivery/search'
import { Unreachable } from '../data/failures.ts'
import { originOf, type Services } from '../load/context.ts'
import { readSearchQuery } from '../load/search-query.ts'
import type { RenderedPage } from '../page-store/page.ts'

/**
 * `/api/search?q=&site=&city=&kind=&year=&issuer=&validity=&page=`: JSON for programs. 400 with what is wrong when a
 * parameter does not fit, 503 when neither the search engine nor the database answers.
 */
export async function renderSearchApi(services: Services, parameters: URLSearchParams): Promise<RenderedPage> {
  const asked = readSearchQuery(parameters)
  if (!asked.isValid) {
    return json(400, {
      error: {
        code: 'bad-parameter',
        parameters: asked.names,
        message: `参数 ${asked.names.join('、')} 的值不可用。`,
      },
    })
  }
  try {
    return json(200, publicAnswer(services, await services.delivery.search(asked.query)))
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return json(503, { error: { code: 'search-unreachable', message: '搜索服务没有应答，请过几分钟再试。' } })
  }
}

function publicAnswer(services: Services, answer: SearchAnswer) {
  const hits = answer.hits.map(({ collection, id, titleParts, snippetParts, ...hit }) => ({
    ...hit,
    id: `${collection}-${id}`,
    url: `${originOf(services, hit.site)}${documentPath({ collection, id })}`,
    snippet: snippetParts.map((part) => part.text).join(''),
    titleParts,
    snippetParts,
  }))
  const { total, page, pages, facets, degraded } = answer
  return { hits, total, page, pages, facets, degraded }
}

function json(status: number, value: unknown): RenderedPage {
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    body: Buffer.from(JSON.stringify(value)),
    tags: [],
    freshUntil: null,
    isStorable: false,
  }
}
