import type { IncomingMessage, ServerResponse } from 'node:http'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { digestOf, encodeBody } from '../page-store/encode.ts'
import { chooseEncoding, entityTag, isKnownToReader } from '../page-store/negotiate.ts'
import type { Bodies } from '../page-store/page.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
}
const TEXTUAL = new Set(['css', 'js', 'mjs', 'svg', 'txt', 'json', 'webmanifest'])

type Asset = { bodies: Bodies; digest: string; contentType: string; cacheControl: string }
export type Assets = Map<string, Asset>

/**
 * The build's own files, in memory: styles, scripts and icons, a few hundred kilobytes. Empty when there is no folder.
 */
export async function readAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const assets: Assets = new Map()
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    const extension = /\.([a-z0-9]+)$/i.exec(entry.name)?.[1]?.toLowerCase() ?? ''
    const content = await readFile(file)
    assets.set(path, {
      bodies: await encodeBody(content, { isText: TEXTUAL.has(extension) }),
      digest: digestOf(content),
      contentType: TYPES[extension] ?? 'application/octet-stream',
      // Names under /_astro carry a digest of their content; the others keep theirs for years.
      cacheControl: path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    })
  }
  return assets
}

/** A file of ours that is made at the start and not built: kept beside the build's own. */
export async function textAsset(text: string, contentType: string): Promise<Asset> {
  const content = Buffer.from(text)
  return {
    bodies: await encodeBody(content, { isText: true }),
    digest: digestOf(content),
    contentType,
    cacheControl: 'no-cache',
  }
}

export function sendAsset(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  const encoding = chooseEncoding(asset.bodies, request.headers['accept-encoding'])
  const body = asset.bodies[encoding] ?? asset.bodies.identity
  const isKnown = isKnownToReader(request.headers['if-none-match'], asset.digest)
  response.writeHead(isKnown ? 304 : 200, {
    ETag: entityTag(asset.digest, encoding),
    'Cache-Control': asset.cacheControl,
    Vary: 'Accept-Encoding',
    ...(isKnown ? {} : { 'Content-Type': asset.contentType, 'Content-Length': String(body.length) }),
    ...(isKnown || encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
    ...SECURITY_HEADERS,
  })
  if (isKnown || request.method === 'HEAD') response.end()
  else response.end(body)
}
