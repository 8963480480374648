import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  canonicalPath,
  letterFormPath,
  letterStatusPath,
  resolveAddress,
  searchApiPath,
  searchPath,
  type Address,
} from '@cluster/shared/delivery/addresses'
import { clientAddress, type TrustedProxies } from '@cluster/shared/http/client-address'
import { movedPath } from '@cluster/shared/governance/site-lifecycle/redirect'
import { RENDER_MS_HEADER, TRIAL_HEADER, type Trial } from '@cluster/shared/delivery/trial'
import { tooOften } from '@cluster/shared/http/rate'
import type { Files } from '../files/files.ts'
import type { Directory, Elsewhere } from '../hosts/directory.ts'
import type { KnownHost } from '../hosts/hosts.ts'
import { explainFailure } from '../load/failure.ts'
import type { Counters } from '../operator/counters.ts'
import type { Health } from '../operator/health.ts'
import type { Pages } from '../page-store/pages.ts'
import type { PageStore } from '../page-store/store.ts'
import { isEndpoint, type Renderer, type Target } from '../render.ts'
import { sendAsset, type Assets } from './assets.ts'
import type { LimitedDeed, RateLimits } from './rate-limits.ts'
import { kindOf } from './kind-of.ts'
import { readForm } from './read-form.ts'
import { acceptRequestId, withinRequest } from './request-id.ts'
import { sendRedirect, sendRendered, sendStored, sendText } from './send.ts'
import { openTrial } from './trial.ts'

const FILE_PATH = /^\/files\/([0-9a-f]{64})\/([^/]+)$/
/** The two forms; everything else is only read. */
const FORM_PATHS: ReadonlySet<string> = new Set([letterFormPath(), letterStatusPath()])
const NO_QUERY = new URLSearchParams()

export type Portal = {
  directory: Pick<Directory, 'host' | 'isKnown' | 'leadElsewhere' | 'addressOn'>
  assets: Assets
  store: PageStore
  pages: Pages<Target>
  render: Renderer
  files: Pick<Files, 'send'>
  counters: Counters
  health: () => Health
  /** Hears of each answer that did not come at once from the store. */
  answered?: ((kind: string, status: number, ms: number) => void) | undefined
  rates: RateLimits
  /** Whose word about a reader's address is believed. */
  trusted: TrustedProxies
  /** Shared with the CMS: what it signs with it is drawn on trial. */
  trialKey: string
}

/** Answers one request. The order is: health, host, stored page, the build's own files, everything else. */
export function createHandler(portal: Portal) {
  const { directory, store, counters } = portal

  return (request: IncomingMessage, response: ServerResponse): void | Promise<void> => {
    const url = request.url ?? '/'
    if (url === '/healthz') {
      const { word, status } = portal.health()
      return sendText(request, response, { status, text: word })
    }
    const host = directory.host(request.headers.host)
    if (!host) return refuseHost(portal, request, response)
    // Before any stored page: one may have been made at the moment at which the site moved.
    if (host.standing && sendElsewhere(portal, request, response, host, url)) return
    const { method } = request
    if ((method === 'GET' || method === 'HEAD') && request.headers[TRIAL_HEADER] === undefined) {
      const page = store.find(host.name, url)
      if (page?.bodies && !store.isExpired(page)) {
        counters.counts.hits += 1
        page.requestedAt = Date.now()
        return sendStored(request, response, page, page.bodies)
      }
    }
    return identified(portal, request, response, host, url)
  }
}

function refuseHost({ directory }: Portal, request: IncomingMessage, response: ServerResponse): void {
  if (!directory.isKnown())
    return sendText(request, response, {
      status: 503,
      text: '网站正在启动，请过一会儿再打开。',
      headers: { 'Retry-After': '5' },
    })
  sendText(request, response, { status: 421, text: '这个域名不属于本网站群，请核对网址。' })
}

/**
 * Answers for a site that is not there for readers: one that is being opened says so, one that was merged or closed leads to where
 * things are now. Decided by what the portal has on disk, so that it holds with everything else down. @returns false where the site answers itself
 */
function sendElsewhere(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  host: KnownHost,
  url: string,
): boolean {
  const { path } = splitUrl(url)
  // Styles, scripts and pictures of the build belong to no site.
  if (path.startsWith('/_astro/')) return false
  if (host.standing?.state === 'opening') {
    const trial = openTrial(request.headers[TRIAL_HEADER], { key: portal.trialKey, site: host.site, now: Date.now() })
    if (trial) return false
    sendText(request, response, {
      status: 503,
      text: '本网站正在建设，还没有开通。',
      headers: { 'Retry-After': '3600', 'X-Robots-Tag': 'noindex' },
    })
    return true
  }
  const there = portal.directory.leadElsewhere(host.site, path)
  if (!there) return false
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(request, response, {
      status: 410,
      text: `本网站已并入“${there.name}”，没有收下。请用浏览器的“后退”回去复制您填写的内容，到 ${there.url} 提交。`,
      headers: { Connection: 'close' },
    })
    return true
  }
  sendMoved(request, response, there, url)
  return true
}

function sendMoved(request: IncomingMessage, response: ServerResponse, { url, isPermanent }: Elsewhere, asked: string): void {
  const mark = asked.indexOf('?')
  sendRedirect(request, response, mark === -1 ? url : `${url}${asked.slice(mark)}`, isPermanent ? 301 : 302)
}

/** Everything but stored pages is done under the request's id, and measured. */
async function identified(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  host: KnownHost,
  url: string,
): Promise<void> {
  const startedAt = performance.now()
  const id = acceptRequestId(request.headers['x-request-id'])
  response.setHeader('X-Request-Id', id)
  await withinRequest(id, () => answer(portal, request, response, host, url))
  portal.answered?.(kindOf(splitUrl(url).path), response.statusCode, performance.now() - startedAt)
}

async function answer(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  host: KnownHost,
  url: string,
): Promise<void> {
  const { path, query } = splitUrl(url)
  const target: Target = { host: host.name, path, known: host, query, form: null }
  const trial =
    request.method === 'GET'
      ? openTrial(request.headers[TRIAL_HEADER], { key: portal.trialKey, site: host.site, now: Date.now() })
      : null
  const deed = trial ? null : limitedDeed(request.method, path, query)
  if (deed && (await isRefused(portal, request, response, deed))) return
  if (request.method === 'POST' && FORM_PATHS.has(path)) return answerForm(portal, request, response, target)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const allowed = FORM_PATHS.has(path) ? 'GET, HEAD, POST' : 'GET, HEAD'
    return sendText(request, response, {
      status: 405,
      text: '这个地址只能打开，不能提交。',
      headers: { Allow: allowed, Connection: 'close' },
    })
  }

  const asset = portal.assets.get(path)
  if (asset) return sendAsset(request, response, asset)
  const file = FILE_PATH.exec(path)
  if (file) return answerFile(portal, request, response, target, file[1] ?? '', file[2] ?? '')
  // A browser that is shown a page on trial asks for its styles and pictures with the same header: those are as always.
  if (trial) return answerTrial(portal, request, response, { ...target, trial })
  if (path === searchApiPath()) return answerUnstored(portal, request, response, target)
  if (isEndpoint(path)) return answerStored(portal, request, response, target)

  // Names in there are digests: one that is not there belongs to another build, and nobody reads a page about it.
  if (path.startsWith('/_astro/'))
    return sendText(request, response, { status: 404, text: '这个文件属于网站的另一个版本，请刷新页面。' })

  const canonical = canonicalPath(path)
  if (canonical !== null && canonical !== path)
    return sendRedirect(request, response, query.size > 0 ? `${canonical}?${query}` : canonical)
  const address = resolveAddress(path)
  if (!address) return answerUnstored(portal, request, response, target)
  return dependsOnQuery(address, query)
    ? answerUnstored(portal, request, response, target)
    : answerStored(portal, request, response, { ...target, query: NO_QUERY })
}

/** What of a request is counted; null for what any reader may ask as often as the network carries. */
function limitedDeed(method: string | undefined, path: string, query: URLSearchParams): LimitedDeed | null {
  const isForm = method === 'POST'
  if (path === searchApiPath() || (path === searchPath() && query.size > 0)) return 'search'
  if (path === letterFormPath() && isForm) return 'letter'
  if (path === letterStatusPath() && (isForm || query.has('code'))) return 'status'
  return null
}

const DEEDS: Record<LimitedDeed, string> = { search: '搜索', letter: '提交留言', status: '查询办理进度' }

async function isRefused(
  { rates, trusted }: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  deed: LimitedDeed,
): Promise<boolean> {
  const { socket, headers } = request
  const address = clientAddress({ peer: socket.remoteAddress, forwardedFor: headers['x-forwarded-for'], trusted })
  const seconds = await rates.exceeded(deed, address)
  if (seconds === null) return false
  const sentence = tooOften(DEEDS[deed], seconds)
  const isProgram = request.url?.startsWith(searchApiPath()) ?? false
  sendText(request, response, {
    status: 429,
    text: isProgram
      ? JSON.stringify({ error: { code: 'too-many', message: sentence } })
      : deed === 'letter'
        ? `${sentence}您填写的内容还在上一页，请用浏览器的“后退”回去。`
        : sentence,
    headers: {
      'Retry-After': String(seconds),
      ...(isProgram ? { 'Content-Type': 'application/json; charset=utf-8' } : {}),
      // A form that is not read must not be taken for the next request.
      ...(request.method === 'POST' ? { Connection: 'close' } : {}),
    },
  })
  return true
}

/**
 * True when the page says something else because of the query; every other page ignores it (campaign marks and the
 * like).
 */
function dependsOnQuery(address: Address, query: URLSearchParams): boolean {
  switch (address.page) {
    case 'search':
    case 'preview':
      return true
    case 'letter-form':
      return query.has('kind') || query.has('about')
    case 'letter-status':
      return query.has('code')
    default:
      return false
  }
}

async function answerStored(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  const answered = await portal.pages.get(target)
  if (answered.from === 'store') {
    portal.counters.counts.misses += 1
    return sendStored(request, response, answered.page, answered.bodies)
  }
  portal.counters.counts.unstored += 1
  // While a site is being carried to another one, what is not here any more is there already.
  if (answered.page.status === 404 && target.known.standing?.state === 'merging') {
    const { into, columns } = target.known.standing
    const there = portal.directory.addressOn(into, movedPath(target.path, columns))
    if (there) return sendMoved(request, response, { ...there, isPermanent: false }, target.path)
  }
  sendRendered(request, response, answered.page)
}

async function answerUnstored(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  portal.counters.counts.unstored += 1
  const page = await portal.render(target)
  sendRendered(request, response, { ...page, isStorable: false })
}

/**
 * A page as it would be under another release: rendered for this one answer, past store, rates and conditions, and kept
 * nowhere.
 */
async function answerTrial(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target & { trial: Trial },
): Promise<void> {
  portal.counters.counts.unstored += 1
  const before = process.threadCpuUsage()
  const page = await portal.render(target)
  const { user, system } = process.threadCpuUsage(before)
  response.setHeader(RENDER_MS_HEADER, ((user + system) / 1000).toFixed(1))
  sendRendered(request, response, { ...page, isStorable: false })
}

async function answerForm(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  const reading = await readForm(request)
  if (reading.state === 'refused')
    return sendText(request, response, {
      status: reading.status,
      text: reading.message,
      headers: { Connection: 'close' },
    })
  return answerUnstored(portal, request, response, { ...target, form: reading.form })
}

async function answerFile(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  hash: string,
  encodedName: string,
): Promise<void> {
  try {
    const isSent = await portal.files.send(request, response, hash, decode(encodedName) ?? '')
    if (!isSent) await answerUnstored(portal, request, response, target)
  } catch (error) {
    if (response.headersSent) {
      response.destroy()
      return
    }
    const { status } = explainFailure(error)
    sendText(request, response, { status, text: '这个文件暂时取不到，请过几分钟再下载。' })
  }
}

/** The address as it came, split; what is no path (an absolute address, `*`) is none of ours. */
function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?')
  const rawPath = mark === -1 ? url : url.slice(0, mark)
  const query = mark === -1 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1))
  return { path: rawPath.startsWith('/') ? rawPath : '/404', query }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
