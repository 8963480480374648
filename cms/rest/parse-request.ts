import type { SanitizedConfig } from 'payload'
import { refusal } from '@cluster/shared/issue'
import { isClosed } from './closed-doors.ts'
import { type Door, findDoor, segmentsOf } from './find-door.ts'
import { readJson, readText } from './parse-body.ts'
import { checkQuery } from './parse-query.ts'
import { RequestRefused } from './request-refused.ts'
import { isText } from './safe-json.ts'

/** How the admin asks what would be too long for an address. */
const OVERRIDE_HEADERS = ['x-payload-http-method-override', 'x-http-method-override']
const NAME_LIMIT = 255
/** PostgreSQL's integer. */
const LARGEST_ID = 2 ** 31 - 1

const absent = () => new RequestRefused(404, [refusal('not-found', '没有这个地址，或者它不对外开放。')])

/**
 * Parses a request before Payload sees it: its address, its parameters, its body. What comes out is one that Payload can work on.
 * @throws RequestRefused with what is wrong and what would be right
 */
export async function parseRequest(config: SanitizedConfig, incoming: Request): Promise<Request> {
  const override = OVERRIDE_HEADERS.map((name) => incoming.headers.get(name)).find((value) => value !== null)
  if (override === undefined) return parsed(config, incoming)
  const type = mediaType(incoming)
  if (incoming.method !== 'POST' || override !== 'GET' || type !== 'application/x-www-form-urlencoded') {
    throw new RequestRefused(400, [refusal('bad-override', '请求的方法不对，没有处理。')])
  }
  const url = new URL(incoming.url)
  url.search = new URLSearchParams([...url.searchParams, ...new URLSearchParams(await readText(incoming))]).toString()
  const headers = new Headers(incoming.headers)
  for (const name of [...OVERRIDE_HEADERS, 'content-length', 'content-type']) headers.delete(name)
  return parsed(config, new Request(url, { method: 'GET', headers, signal: incoming.signal }))
}

async function parsed(config: SanitizedConfig, request: Request): Promise<Request> {
  const { pathname, search } = new URL(request.url)
  // Next answers HEAD by the handler of GET.
  const method = request.method === 'HEAD' ? 'GET' : request.method
  if (method === 'OPTIONS') return request
  checkDoor(findOpenDoor(config, method, pathname))
  checkQuery(search, method)
  return method === 'GET' || request.body === null ? request : withParsedBody(request)
}

function findOpenDoor(config: SanitizedConfig, method: string, pathname: string): Door {
  const segments = segmentsOf(pathname)
  if (!segments || segments.some((segment) => !isText(segment) || segment.length > NAME_LIMIT)) throw absent()
  const door = findDoor(config, method, segments)
  if (!door || isClosed(door.key)) throw absent()
  return door
}

/** Ids of documents are PostgreSQL integers; a file is named by one segment. What others call an id is theirs to check. */
function checkDoor({ collection, params }: Door): void {
  const { id, versionId, filename } = params
  for (const number of [id, versionId]) {
    if (collection !== null && number !== undefined && !(/^[1-9]\d{0,9}$/.test(number) && Number(number) <= LARGEST_ID)) {
      throw new RequestRefused(404, [refusal('not-found', '没有找到。')])
    }
  }
  if (filename !== undefined && /[/\\]|^\.+$/.test(filename)) throw new RequestRefused(404, [refusal('not-found', '没有找到这个文件。')])
}

/** JSON is read here once; a form with a file is read by the upload, within its own limits, and its JSON checked by `refuseUnsafeData`. */
async function withParsedBody(request: Request): Promise<Request> {
  const type = mediaType(request)
  if (type === 'multipart/form-data') {
    if (!/;\s*boundary="?[^\s";]/i.test(request.headers.get('content-type') ?? '')) throw new RequestRefused(400, [refusal('malformed', '表单不完整或格式不对，没有处理。请刷新页面后重新上传。')])
    return request
  }
  const isJson = type === 'application/json'
  const body = isJson ? await readJson(request) : await readText(request)
  if (!isJson && body !== '') {
    throw new RequestRefused(415, [refusal('media-type', `不接受“${shown(type)}”格式的内容，没有处理。请用 application/json。`)])
  }
  return new Request(request.url, { method: request.method, headers: request.headers, body: isJson ? body : null, signal: request.signal })
}

const mediaType = (request: Request) => (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
const shown = (type: string) => type.replace(/[^a-z0-9.+/-]/g, '').slice(0, 60) || '未知'
