import type { Action, SignOffLink, State } from '@cluster/shared/publishing/states'
import type { Issue } from '@cluster/shared/issue'

export type Step = { action: Action | 'release'; from: State; to: State; reason: string | null; name: string; unit: string; at: string }
export type Chain = {
  state: State
  version: number
  isLive: boolean
  signOffs: Array<{ link: SignOffLink; name: string; unit: string; at: string; isEmergency?: boolean }>
  actions: Action[]
  issues: Issue[]
  /** The latest first. */
  steps: Step[]
  /** Of a withdrawn text: how many portals have taken it off. */
  portals: { known: number; reached: number } | null
}
export type VersionEntry = { id: number; version: number; personName: string; at: string; isRefused: boolean }
export type VersionText = VersionEntry & { snapshot: Record<string, unknown> }
export type Document = Record<string, unknown> & { id: number; version: number; state: State }
export type Target = { collection: string; id: number }

/** Why a request was refused, in sentences, each with the field that it is about. */
export type Refusal = { message: string; code: string; path?: string }
/** A save that came second: what stands now, and under which number the refused text is kept. */
export type Conflict = { version: number; state: State; refusedVersion: number; mine: Record<string, unknown> }

export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; refusals: Refusal[]; conflict?: Omit<Conflict, 'mine'> }

const UNREACHABLE: Refusal = { code: 'unreachable', message: '没有连上服务器，刚才的操作没有生效。请检查网络后再试，您写的文字还在页面上。' }
const UNKNOWN: Refusal = { code: 'unknown', message: '服务器没有完成这个操作。请稍后再试；如果仍不行，请联系技术人员。' }
const SIGNED_OUT: Refusal = { code: 'sign-in-required', message: '登录已过期。请在新的标签页里重新登录，再回到这里继续，您写的文字还在页面上。' }

/** Asks the CMS for something as the person who is signed in. Never throws: a failure is an answer too. */
export const ask = <T>(path: string, init: RequestInit = {}): Promise<Answer<T>> => askWith(path, { ...init, headers: { 'Content-Type': 'application/json' } })

/** The same with a body of any form: files go as forms. */
export async function askWith<T>(path: string, init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }): Promise<Answer<T>> {
  try {
    const response = await fetch(path, { credentials: 'include', ...init, headers: { ...init.headers, 'Accept-Language': 'zh' } })
    const body: unknown = await response.json().catch(() => null)
    if (response.ok && body !== null) return { ok: true, value: body as T }
    if (response.status === 401) return { ok: false, status: 401, refusals: [SIGNED_OUT] }
    return { ok: false, status: response.status, ...refusalsOf(body) }
  } catch {
    return { ok: false, status: 0, refusals: [UNREACHABLE] }
  }
}

type ErrorEntry = { message?: string; code?: string; path?: string; data?: Record<string, unknown> }

/** Our own endpoints answer `{ message, code, path }`; the framework wraps them in `data`, and lists fields in `data.errors`. */
function refusalsOf(body: unknown): { refusals: Refusal[]; conflict?: Omit<Conflict, 'mine'> } {
  const entries: ErrorEntry[] = typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors) ? body.errors : []
  const refusals = entries.flatMap((entry): Refusal[] => {
    const fields = Array.isArray(entry.data?.errors) ? entry.data.errors as ErrorEntry[] : []
    if (fields.length > 0) return fields.map(({ message = '', path }) => ({ message, code: 'invalid', ...(path ? { path } : {}) }))
    const path = entry.path ?? (typeof entry.data?.path === 'string' ? entry.data.path : undefined)
    return [{ message: entry.message ?? UNKNOWN.message, code: entry.code ?? String(entry.data?.code ?? 'unknown'), ...(path ? { path } : {}) }]
  })
  const stale = entries.find(({ data }) => data?.code === 'stale-version')?.data
  return {
    refusals: refusals.length > 0 ? refusals : [UNKNOWN],
    ...(stale ? { conflict: { version: Number(stale.version), state: stale.state as State, refusedVersion: Number(stale.refusedVersion) } } : {}),
  }
}

const address = ({ collection, id }: Target) => `/api/${collection}/${id}`

export const readChain = (target: Target) => ask<Chain>(`${address(target)}/chain`)
export const readVersions = (target: Target) => ask<{ versions: VersionEntry[] }>(`${address(target)}/versions`)
export const readVersion = (target: Target, version: number) => ask<VersionText>(`${address(target)}/versions/${version}`)
export const readPreviewLink = (target: Target) => ask<{ url: string }>(`${address(target)}/preview-link`)
export const readDocument = (target: Target) => ask<Document>(`${address(target)}?depth=0`)

export const saveDocument = (target: Target, data: Record<string, unknown>) =>
  ask<{ doc: Document }>(`${address(target)}?depth=0`, { method: 'PATCH', body: JSON.stringify(data) })

export const transition = (target: Target, request: { action: Action; version: number; reason?: string; at?: string }) =>
  ask<{ state: State; version: number }>(`${address(target)}/transitions`, { method: 'POST', body: JSON.stringify(request) })
