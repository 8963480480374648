import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from './ask.ts'
import { PAGE_HEADERS } from '../nginx-config.ts'
import { hostOf } from './portal.ts'

/** Files are written after the page was sent, in the background. */
const WRITTEN_WITHIN_MS = 5_000

/** One of the ways in which the same bytes are asked for; `headed` is the static file with the headers of our pages. */
export type Way = {
  name: 'node' | 'static' | 'front' | 'headed'
  encoding: Encoding
  port: number
  path: string
  headers: Record<string, string>
}
export type Encoding = 'identity' | 'br' | 'gzip'

/** The stored bytes as plain files under one name each. Throws when the portal has not written them. */
export async function copyStored(stored: string, root: string): Promise<Record<Encoding, Buffer>> {
  const deadline = performance.now() + WRITTEN_WITHIN_MS
  while (!existsSync(stored)) {
    if (performance.now() > deadline) throw new Error(`the portal has not written ${stored}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const bytes = {
    identity: readFileSync(stored),
    br: readFileSync(`${stored}.br`),
    gzip: readFileSync(`${stored}.gz`),
  }
  for (const encoding of Object.keys(bytes)) mkdirSync(join(root, encoding), { recursive: true })
  writeFileSync(join(root, 'identity', 'page.html'), bytes.identity)
  writeFileSync(join(root, 'br', 'page.html'), bytes.br)
  writeFileSync(join(root, 'gzip', 'page.html'), bytes.identity)
  writeFileSync(join(root, 'gzip', 'page.html.gz'), bytes.gzip)
  return bytes
}

/**
 * The server whose speed is the measure: the bytes as files, and nothing else. Compressed ones by nginx's own way where
 * it has one (gzip), as they lie where it has none (br). On the second port the same files go with the headers that
 * every page carries: the same bytes on the wire as the front's.
 */
export const plainServers = (root: string, ports: { plain: number; headed: number }) => `
  server {
    listen 127.0.0.1:${ports.plain};
    root ${root};
    location /br/ { add_header Content-Encoding br; }
    location /gzip/ { gzip_static on; }
  }
  server {
    listen 127.0.0.1:${ports.headed};
    root ${root};
    charset utf-8;
    ${PAGE_HEADERS}
    location /gzip/ { gzip_static on; }
  }
`

/** The ratio is one of like and like only while every way answers with the same bytes. */
export async function checkBytes(
  { name, encoding, port, path, headers }: Way,
  bytes: Record<Encoding, Buffer>,
): Promise<void> {
  const answer = await ask({ port, path, headers })
  const said = answer.headers['content-encoding'] ?? 'identity'
  if (answer.status !== 200 || said !== encoding || !answer.body.equals(bytes[encoding])) {
    const got = `${answer.status}, ${said}, ${answer.body.length} bytes`
    throw new Error(`${name} does not answer with the stored bytes in ${encoding}: ${got}`)
  }
}

/** In the order in which one round takes them: each beside the one that it is compared with. */
export function waysTo({
  site,
  path,
  ports,
}: {
  site: string
  path: string
  ports: Record<'portal' | 'plain' | 'headed' | 'front', number>
}): Way[] {
  const way = (name: Way['name'], encoding: Encoding): Way => {
    const port = {
      node: ports.portal,
      static: ports.plain,
      headed: ports.headed,
      front: ports.front,
    }[name]
    const isFile = name === 'static' || name === 'headed'
    return {
      name,
      encoding,
      port,
      path: isFile ? `/${encoding}/page.html` : path,
      headers: {
        Host: `${hostOf(site)}:${port}`,
        ...(encoding === 'identity' ? {} : { 'Accept-Encoding': encoding }),
      },
    }
  }
  return [
    way('node', 'identity'),
    way('static', 'identity'),
    way('front', 'identity'),
    way('headed', 'identity'),
    way('node', 'br'),
    way('static', 'br'),
    way('front', 'gzip'),
    way('headed', 'gzip'),
    way('static', 'gzip'),
  ]
}
