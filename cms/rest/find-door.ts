import type { Endpoint, SanitizedConfig } from 'payload'

const API = '/api'

/** An endpoint that answers at an address. */
export type Door = {
  /** `get /articles/:id/versions`; endpoints of the whole cluster without a collection: `get /inbox`. */
  key: string
  collection: string | null
  params: Record<string, string>
}

type Endpoints = false | readonly Omit<Endpoint, 'root'>[]

/** Every endpoint of the configuration that a request can reach, by its key: what there is to be opened or closed. */
export function doorKeys(config: SanitizedConfig): string[] {
  const keys = (prefix: string, endpoints: Endpoints | undefined) => (endpoints || [])
    .filter((endpoint, index, all) => !all.slice(0, index).some((earlier) => earlier.method === endpoint.method && fit(earlier.path, exampleOf(endpoint.path))))
    .map(({ method, path }) => keyOf(method, prefix, path))
  return [
    ...keys('', config.endpoints),
    ...config.collections.flatMap(({ slug, endpoints }) => keys(`/${slug}`, endpoints)),
    ...config.globals.flatMap(({ slug, endpoints }) => keys(`/globals/${slug}`, endpoints)),
  ]
}

/** The endpoint that a request would reach, found as Payload finds it: by the first that fits. @param path decoded segments behind `/api` */
export function findDoor(config: SanitizedConfig, method: string, segments: readonly string[]): Door | null {
  const isGlobal = segments[0] === 'globals'
  const owners: ReadonlyArray<{ slug: string; endpoints: Endpoints }> = isGlobal ? config.globals : config.collections
  const name = isGlobal ? segments[1] : segments[0]
  const owner = owners.find(({ slug }) => slug === name)
  const prefix = owner ? `${isGlobal ? '/globals' : ''}/${owner.slug}` : ''
  const rest = owner ? segments.slice(isGlobal ? 2 : 1) : segments
  for (const endpoint of (owner ? owner.endpoints : config.endpoints) || []) {
    if (endpoint.method !== method.toLowerCase()) continue
    const params = fit(endpoint.path, rest)
    if (params) return { key: keyOf(endpoint.method, prefix, endpoint.path), collection: owner?.slug ?? null, params }
  }
  return null
}

/** `/api/articles/12` → `['articles', '12']`, decoded; null when it is no such address or has signs that no address has. */
export function segmentsOf(pathname: string): string[] | null {
  if (pathname !== API && !pathname.startsWith(`${API}/`)) return null
  try {
    return pathname.slice(API.length).split('/').slice(1).map((segment) => decodeURIComponent(segment))
  } catch {
    return null
  }
}

const keyOf = (method: string, prefix: string, path: string) => `${method} ${prefix}${path === '/' && prefix ? '' : path}`

/** An address that a pattern means. */
const exampleOf = (path: string) => path.split('/').filter(Boolean).map((part) => (part.startsWith(':') ? '1' : part))

/** Our patterns know fixed words, `:name` and, at the end, `:name?`. */
function fit(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean)
  const isLastOptional = wanted.at(-1)?.endsWith('?') ?? false
  if (segments.length > wanted.length || segments.length < wanted.length - (isLastOptional ? 1 : 0)) return null
  const params: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = wanted[index]!
    if (part.startsWith(':')) params[part.replace(/[:?]/g, '')] = segment
    else if (part.toLowerCase() !== segment.toLowerCase()) return null
  }
  return params
}
