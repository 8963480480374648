import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { framedBy } from '@cluster/shared/http/security-headers'
import { chooseEncoding, entityTag, isKnownToReader } from '../page-store/negotiate.ts'
import type { Bodies, Encoding, RenderedPage, StoredPage } from '../page-store/page.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** Readers and caches in between ask each time; the entity tag makes the answer small. */
const REVALIDATE = 'public, max-age=0, must-revalidate'
/** What belongs to one reader, or is not there. */
const NO_STORE = 'no-store'

/** Sends a stored page in the best form that the reader accepts, or says that the reader has it already. */
export function sendStored(request: IncomingMessage, response: ServerResponse, page: StoredPage, bodies: Bodies): void {
  const encoding = chooseEncoding(bodies, request.headers['accept-encoding'])
  // RFC 9110 §13.2.1: conditions count only where the answer would be a success.
  if (page.status === 200 && isKnownToReader(request.headers['if-none-match'], page.digest)) {
    response.writeHead(304, validators(page, encoding))
    response.end()
    return
  }
  const body = bodies[encoding] ?? bodies.identity
  response.writeHead(page.status, (page.heads[encoding] ??= answerHead(page, encoding, body.length)))
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

function validators(page: StoredPage, encoding: Encoding) {
  return {
    ETag: entityTag(page.digest, encoding),
    'Cache-Control': REVALIDATE,
    Vary: 'Accept-Encoding',
    ...SECURITY_HEADERS,
  }
}

/**
 * The headers of a stored page in one encoding, flat as `writeHead` takes them fastest: made once for all answers.
 */
function answerHead(page: StoredPage, encoding: Encoding, length: number): string[] {
  return Object.entries({
    'Content-Type': page.contentType,
    'Content-Length': String(length),
    ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
    ...validators(page, encoding),
  }).flat()
}

/** Sends a page that is not kept. */
export function sendRendered(request: IncomingMessage, response: ServerResponse, page: RenderedPage): void {
  send(request, response, page.status, page.body, {
    'Content-Type': page.contentType,
    'Cache-Control': page.isStorable ? REVALIDATE : NO_STORE,
    ...(page.status === 503 ? { 'Retry-After': '10' } : {}),
  }, page.framedBy ? framedBy(SECURITY_HEADERS, page.framedBy) : SECURITY_HEADERS)
}

export type TextAnswer = { status: number; text: string; headers?: OutgoingHttpHeaders }

/** Sends a short text of our own: refusals, health. Never stored by anybody. */
export function sendText(request: IncomingMessage, response: ServerResponse, answer: TextAnswer): void {
  send(request, response, answer.status, Buffer.from(answer.text), {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': NO_STORE,
    ...answer.headers,
  })
}

/** Sends the reader on: to another path of the same host, or to another site of the cluster; 302 where it may still change. */
export function sendRedirect(request: IncomingMessage, response: ServerResponse, location: string, status: 301 | 302 = 301): void {
  sendText(request, response, { status, text: `页面地址是 ${location}`, headers: { Location: location } })
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Buffer,
  headers: OutgoingHttpHeaders,
  security: Readonly<Record<string, string>> = SECURITY_HEADERS,
): void {
  response.writeHead(status, { 'Content-Length': String(body.length), ...headers, ...security })
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}
