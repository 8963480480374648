import type { IncomingMessage, ServerResponse } from 'node:http'
import { chooseEncoding, entityTag, isKnownToReader } from '../page-store/negotiate.ts'
import type { Bodies, Encoding, RenderedPage, StoredPage } from '../page-store/page.ts'
import { SECURITY_HEADERS_FLAT } from './security-headers.ts'

/** Readers and caches in between ask each time; the entity tag makes the answer small. */
const REVALIDATE = 'public, max-age=0, must-revalidate'
/** What belongs to one reader, or is not there. */
const NO_STORE = 'no-store'

/** Sends a stored page in the best form that the reader accepts, or says that the reader has it already. */
export function sendStored(request: IncomingMessage, response: ServerResponse, page: StoredPage, bodies: Bodies): void {
  const encoding = chooseEncoding(bodies, request.headers['accept-encoding'])
  // RFC 9110 §13.2.1: conditions count only where the answer would be a success.
  if (page.status === 200 && isKnownToReader(request.headers['if-none-match'], page.digest)) {
    response.writeHead(304, [
      'ETag', entityTag(page.digest, encoding), 'Cache-Control', REVALIDATE, 'Vary', 'Accept-Encoding', ...SECURITY_HEADERS_FLAT,
    ])
    response.end()
    return
  }
  const body = bodies[encoding] ?? bodies.identity
  response.writeHead(page.status, page.heads[encoding] ??= answerHead(page, encoding, body.length))
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

/** The headers of a stored page in one encoding: the same for every answer, so they are made once. */
function answerHead(page: StoredPage, encoding: Encoding, length: number): string[] {
  return [
    'Content-Type', page.contentType,
    'Content-Length', String(length),
    ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
    'ETag', entityTag(page.digest, encoding),
    'Cache-Control', REVALIDATE,
    'Vary', 'Accept-Encoding',
    ...SECURITY_HEADERS_FLAT,
  ]
}

/** Sends a page that is not kept. */
export function sendRendered(request: IncomingMessage, response: ServerResponse, page: RenderedPage, extra: readonly string[] = []): void {
  response.writeHead(page.status, [
    'Content-Type', page.contentType,
    'Content-Length', String(page.body.length),
    'Cache-Control', page.isStorable ? REVALIDATE : NO_STORE,
    ...(page.status === 503 ? ['Retry-After', '10'] : []),
    ...extra,
    ...SECURITY_HEADERS_FLAT,
  ])
  if (request.method === 'HEAD') response.end()
  else response.end(page.body)
}

/** Sends a short text of our own: refusals, health. Never stored by anybody. */
export function sendText(request: IncomingMessage, response: ServerResponse, status: number, text: string, extra: readonly string[] = []): void {
  const body = Buffer.from(text)
  response.writeHead(status, [
    'Content-Type', 'text/plain; charset=utf-8',
    'Content-Length', String(body.length),
    'Cache-Control', NO_STORE,
    ...extra,
    ...SECURITY_HEADERS_FLAT,
  ])
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

/** Sends the reader on to another path of the same host. */
export function sendRedirect(request: IncomingMessage, response: ServerResponse, location: string): void {
  sendText(request, response, 301, `页面地址是 ${location}`, ['Location', location])
}
