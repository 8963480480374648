import type { z } from 'zod'
import {
  addressesAnswerSchema,
  columnAnswerSchema,
  directoryAnswerSchema,
  documentAnswerSchema,
  feedSliceSchema,
  homeAnswerSchema,
  latestAnswerSchema,
  letterStatusAnswerSchema,
  siteAnswerSchema,
} from '@cluster/shared/delivery/api'
import { searchAnswerSchema, type SearchQuery } from '@cluster/shared/delivery/search'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { ContractBroken, Unreachable } from './failures.ts'
import { fetchJson, parseAnswer } from './fetch-json.ts'

/** A reader waits no longer for a page; the delivery server answers in milliseconds or is in trouble. */
export const DELIVERY_TIMEOUT_MS = 2_000
/** Files may be large, but the first byte may not take longer. */
const FILE_TIMEOUT_MS = 5_000

export type DeliveryClient = ReturnType<typeof createDeliveryClient>

/**
 * The only client of the delivery server. Every answer is parsed by the contract; what does not exist is `null`.
 * Throws `Unreachable` or `ContractBroken`.
 */
export function createDeliveryClient({
  baseUrl,
  timeoutMs = DELIVERY_TIMEOUT_MS,
}: {
  baseUrl: string
  timeoutMs?: number
}) {
  async function find<Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.output<Schema> | null> {
    const url = `${baseUrl}${path}`
    const { status, json } = await fetchJson({ url, timeoutMs })
    if (status === 404) return null
    if (status !== 200) throw new ContractBroken(`${url} answered ${status}`)
    return parseAnswer(schema, json, url)
  }
  async function get<Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.output<Schema>> {
    const answer = await find(schema, path)
    if (answer === null) throw new ContractBroken(`${baseUrl}${path} answered 404`)
    return answer
  }

  return {
    directory: () => get(directoryAnswerSchema, '/v1/directory'),
    site: (site: string) => find(siteAnswerSchema, `/v1/sites/${site}`),
    home: (site: string) => find(homeAnswerSchema, `/v1/sites/${site}/home`),
    column: (site: string, key: string, page: number) =>
      find(columnAnswerSchema, `/v1/sites/${site}/columns/${key}?page=${page}`),
    document: (site: string, collection: DocumentCollection, id: number) =>
      find(documentAnswerSchema, `/v1/sites/${site}/documents/${collection}/${id}`),
    latest: (site: string, limit: number) => find(latestAnswerSchema, `/v1/sites/${site}/latest?limit=${limit}`),
    addresses: (site: string) => find(addressesAnswerSchema, `/v1/sites/${site}/addresses`),
    search: (query: SearchQuery) => get(searchAnswerSchema, `/v1/search?${searchParameters(query)}`),
    letterStatus: (codeHash: string) => find(letterStatusAnswerSchema, `/v1/letters/${codeHash}`),
    /** Change-feed events after `seq`, oldest first. */
    feedSince: (seq: number) => get(feedSliceSchema, `/v1/feed/since?after=${seq}`),
    /** The change feed as it happens; ends when the server or `signal` says so. */
    feedStream: async (seq: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
      const url = `${baseUrl}/v1/feed?after=${seq}`
      const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal }).catch(
        (cause: unknown) => {
          throw new Unreachable(`${url} did not answer`, { cause })
        },
      )
      if (response.status !== 200 || !response.body) {
        await response.body?.cancel()
        throw new Unreachable(`${url} answered ${response.status}`)
      }
      return response.body
    },
    /** A file's bytes as a stream; `null` when no delivery record names it. */
    file: async (hash: string, name: string): Promise<Response | null> => {
      const url = `${baseUrl}/v1/files/${hash}/${encodeURIComponent(name)}`
      const waiting = new AbortController()
      const timer = setTimeout(() => waiting.abort(), FILE_TIMEOUT_MS)
      const response = await fetch(url, { signal: waiting.signal })
        .catch((cause: unknown) => {
          throw new Unreachable(`${url} did not answer`, { cause })
        })
        .finally(() => clearTimeout(timer))
      if (response.status === 200) return response
      await response.body?.cancel()
      if (response.status === 404) return null
      throw new Unreachable(`${url} answered ${response.status}`)
    },
  }
}

/** A query in the order of the contract, without what is not asked: `q=编制&page=2`. */
export function searchParameters(query: SearchQuery): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
}
