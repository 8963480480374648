import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { clientAddress, type TrustedProxies } from '@cluster/shared/http/client-address'
import { fixedHeaders, policyFor } from './headers.ts'

const MB = 1024 * 1024
/** The longest statute with all its marks takes about 1 MB as the editor sends it. */
const BODY_LIMIT = 4 * MB
/** The largest attachment and its form. */
const UPLOAD_LIMIT = 64 * MB
/** Until a body has come. An office on a line of 4 Mbit/s needs two minutes for the largest attachment, and a moment for everything else. */
const BODY_MS = 30_000
const UPLOAD_MS = 300_000

/** Where there is anything. What lies elsewhere is answered here: the framework would answer in its own words. */
const KNOWN_PATH = /^\/(?:$|admin(?:\/|$)|api(?:\/|$)|_next\/|healthz$|icon\.svg$)/
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PATCH', 'PUT', 'DELETE']
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What only a proxy may say of a client, in all the ways in which proxies say it. */
const TOLD_BY_PROXIES = ['x-real-ip', 'x-client-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip']

export type FrontDoor = {
  /** What answers whatever is let in. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  trusted: TrustedProxies
  /** Where the admin is opened, such as `https://admin.example.gov.cn`; its own pages may come from there although a proxy calls it by another name. */
  origins: readonly string[]
  isTls: boolean
  /** Whose pages the admin's may show in a frame, as a policy's source: `https://*.example.gov.cn`. */
  frames: string
  onFault: (what: string, error: unknown) => void
  bodyMs?: number
}

/**
 * What every request to the CMS passes first: headers, a nonce for the page's scripts, one believed address of the client, and refusals of
 * what another site's page sends in somebody's name, of bodies that are too large or have no stated size, and of bodies that do not come.
 */
export function openFrontDoor({ handle, trusted, origins, isTls, frames, onFault, bodyMs }: FrontDoor) {
  const fixed = fixedHeaders({ isTls })
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const policy = policyFor(path, randomBytes(18).toString('base64'), frames)
    for (const [name, value] of fixed) response.setHeader(name, value)
    response.setHeader('Content-Security-Policy', policy)
    // Next reads the nonce from here and gives it to its own scripts.
    request.headers['content-security-policy'] = policy
    request.headers['x-forwarded-for'] = clientAddress({ peer: request.socket.remoteAddress, forwardedFor: request.headers['x-forwarded-for'], trusted })
    for (const name of TOLD_BY_PROXIES) delete request.headers[name]

    const refusal = refusalOf(request, path, origins)
    if (refusal) return refuse(response, path, refusal)
    limitBodyTime(request, response, bodyMs ?? (isUpload(request, path) ? UPLOAD_MS : BODY_MS))
    handle(request, response).catch((error: unknown) => {
      onFault('request', error)
      if (response.headersSent) response.destroy()
      else refuse(response, path, { status: 500, code: 'fault', message: '服务器没有完成这个操作，内容没有改动。请稍后再试；如果仍不行，请联系技术人员。' })
    })
  }
}

type Refusal = { status: number; code: string; message: string }

function refusalOf(request: IncomingMessage, path: string, origins: readonly string[]): Refusal | null {
  const { headers, method = 'GET' } = request
  if (!METHODS.includes(method)) return { status: 405, code: 'bad-method', message: '这个地址不支持这样的操作。' }
  if (!isReadable(path)) return { status: 400, code: 'bad-address', message: '网址里有无法识别的字符，请从管理后台的页面打开。' }
  if (!KNOWN_PATH.test(path)) return { status: 404, code: 'not-found', message: '没有这个页面。管理后台的地址是 /admin 。' }
  if (!SAFE_METHODS.has(method) && !isOfThisOrigin(headers, origins)) {
    return { status: 403, code: 'foreign-origin', message: '这个请求来自别的网站，没有处理。请从管理后台的页面操作。' }
  }
  // Without a stated size nothing bounds it before it is here; browsers and proxies always state it.
  if (headers['transfer-encoding'] !== undefined) return { status: 411, code: 'length-required', message: '请求没有写明长度，没有处理。' }
  const limit = isUpload(request, path) ? UPLOAD_LIMIT : BODY_LIMIT
  if (Number(headers['content-length'] ?? 0) > limit) {
    return { status: 413, code: 'too-large', message: isUpload(request, path)
      ? '文件太大，没有上传。请压缩后再试；图片不超过 20 MB，其他附件不超过 50 MB。' : `提交的内容超过 ${BODY_LIMIT / MB} MB，没有处理。请精简后再试。` }
  }
  return null
}

function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}

/** Browsers say where a request that changes something comes from; programs, which send no cookies of somebody else, say nothing. */
function isOfThisOrigin(headers: IncomingMessage['headers'], origins: readonly string[]): boolean {
  const { origin, host } = headers
  const fetchSite = headers['sec-fetch-site']
  if (origin !== undefined) return origins.includes(origin) || (URL.canParse(origin) && new URL(origin).host === host)
  return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none'
}

/** Files go to their collection as forms. */
const isUpload = ({ headers }: IncomingMessage, path: string) =>
  path === '/api/media' && (headers['content-type'] ?? '').startsWith('multipart/form-data')

function limitBodyTime(request: IncomingMessage, response: ServerResponse, ms: number): void {
  if (Number(request.headers['content-length'] ?? 0) === 0) return
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, ms)
  response.once('close', () => clearTimeout(timer))
}

function refuse(response: ServerResponse, path: string, { status, code, message }: Refusal): void {
  const isProgram = path.startsWith('/api/')
  const body = isProgram ? JSON.stringify({ errors: [{ message, code }] }) : message
  response.writeHead(status, {
    'Content-Type': `${isProgram ? 'application/json' : 'text/plain'}; charset=utf-8`, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store',
    // What has not been read must not be taken for the next request.
    Connection: 'close', ...(status === 405 ? { Allow: METHODS.join(', ') } : {}),
  })
  response.end(body)
}
