import type { z } from 'zod'
import { currentRequestId } from '../http/request-id.ts'
import { ContractBroken, Unreachable } from './failures.ts'

export type Call = {
  url: string
  timeoutMs: number
  headers?: Record<string, string>
  /** Sent as JSON with POST; GET without it. */
  body?: unknown
}

/**
 * Asks one of our own servers for JSON. Throws `Unreachable` when no answer comes in time, or a 5xx; everything else
 * is the caller's to judge.
 */
export async function fetchJson({
  url,
  timeoutMs,
  headers = {},
  body,
}: Call): Promise<{ status: number; json: unknown }> {
  const requestId = currentRequestId()
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(requestId ? { 'x-request-id': requestId } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    text = await response.text()
  } catch (cause) {
    throw new Unreachable(`${url} did not answer`, { cause })
  }
  // 429: the server behind us has too much to do; the reader may try again like after any other failure of it.
  if (response.status >= 500 || response.status === 429) throw new Unreachable(`${url} answered ${response.status}`)
  try {
    return { status: response.status, json: text === '' ? null : JSON.parse(text) }
  } catch (cause) {
    throw new ContractBroken(`${url} answered no JSON`, { cause })
  }
}

/** Parses an answer by the contract. Throws `ContractBroken` with the first places that do not fit. */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, json: unknown, url: string): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new ContractBroken(`${url} does not fit the contract: ${places.join('; ')}`)
}
