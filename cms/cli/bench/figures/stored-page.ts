import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentPath } from '@cluster/shared/delivery/addresses'
import { nginxConfig } from '../../nginx-config.ts'
import { freePort } from '../../services/ports.ts'
import { ask } from '../ask.ts'
import { findProgram } from '../find-program.ts'
import { readLoadedDocuments } from '../loaded-documents.ts'
import type { Figure, Measurement } from '../measurement.ts'
import type { Bench } from '../open-bench.ts'
import { median, round } from '../percentile.ts'
import { askPortal, hostOf, untilPortalRests } from '../portal.ts'
import { runNginx } from '../run-nginx.ts'
import { runWrk } from '../run-wrk.ts'

const SITE = 'suzhou-kunshan'
const ROUNDS = 5
const SECONDS = 5

/** One of the ways in which the same bytes are asked for. */
type Way = { name: 'node' | 'static' | 'front'; encoding: Encoding; port: number; path: string; headers: Record<string, string> }
type Encoding = 'identity' | 'br' | 'gzip'
type Rates = Record<string, number[]>

const RATIOS = [
  { over: 'node', encoding: 'identity', atLeast: 0.45, label: '已存页面经 Node 与 nginx 静态文件之比（不压缩）' },
  { over: 'node', encoding: 'br', atLeast: 0.45, label: '已存页面经 Node 与 nginx 静态文件之比（br）' },
  { over: 'front', encoding: 'identity', atLeast: 0.95, label: '前置 nginx 读已存文件与 nginx 静态文件之比（不压缩）' },
  { over: 'front', encoding: 'gzip', atLeast: 0.95, label: '前置 nginx 读已存文件与 nginx 静态文件之比（gzip）' },
] as const

/** A stored page through the portal, and as a file through the printed nginx configuration, against the same bytes as a plain file. */
export const storedPage: Figure = {
  name: 'stored',
  label: '已存页面',
  measure: async (bench) => {
    const programs = { nginx: findProgram('nginx'), wrk: findProgram('wrk') }
    const missing = Object.entries(programs).filter(([, path]) => path === null).map(([name]) => name)
    if (programs.nginx === null || programs.wrk === null) {
      return RATIOS.map((ratio) => result(ratio, null, `本机没有 ${missing.join(' 和 ')}，跳过；在 Debian 上可以 apt-get install ${missing.join(' ')}`))
    }
    const folder = mkdtempSync(join(tmpdir(), 'cluster-bench-nginx-'))
    try {
      return await measureRatios(bench, { nginx: programs.nginx, wrk: programs.wrk, folder })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measureRatios(
  { cluster, folders, tell }: Bench, { nginx, wrk, folder }: { nginx: string; wrk: string; folder: string },
): Promise<Measurement[]> {
  const { env } = cluster()
  const path = await typicalPage(env)
  await untilPortalRests(env)
  const ports = { plain: await freePort(), front: await freePort() }
  const root = join(folder, 'plain')
  const bytes = copyStored(join(folders.pages, hostOf(SITE), path, 'index.html'), root)
  const server = await runNginx({
    program: nginx, folder, port: ports.plain, servers: plainServer(root, ports.plain) + nginxConfig({
      pages: folders.pages, portal: `127.0.0.1:${env.PORTAL_PORT}`, cms: null, listen: `127.0.0.1:${ports.front}`, hostPattern: hostOf('{slug}') }),
  })
  try {
    const rates: Rates = {}
    const ways = waysTo({ path, portal: Number(env.PORTAL_PORT), ...ports })
    for (const way of ways) await checkBytes(way, bytes)
    for (let round = 1; round <= ROUNDS; round += 1) {
      tell(`… 已存页面：第 ${round} 轮，共 ${ROUNDS} 轮`)
      for (const way of ways) (rates[`${way.name} ${way.encoding}`] ??= []).push(await runWrk({ program: wrk, seconds: SECONDS, ...way }))
    }
    return RATIOS.map((ratio) => {
      const [over, base] = [rates[`${ratio.over} ${ratio.encoding}`] ?? [], rates[`static ${ratio.encoding}`] ?? []]
      const each = over.map((rate, index) => round(rate / (base[index] ?? Number.NaN)))
      const note = `每秒 ${Math.round(median(over))} 与 ${Math.round(median(base))} 次，${bytes[ratio.encoding].length} 字节，`
        + `${ROUNDS} 轮中位数；${cpus().length} 个核，未绑定进程`
      return { ...result(ratio, round(median(each)), note), details: { page: `${SITE}${path}`, ratios: each, over, static: base } }
    })
  } finally {
    await server.stop()
  }
}

function result({ label, atLeast }: typeof RATIOS[number], measured: number | null, note: string): Measurement {
  return { figure: 'stored', label, unit: 'ratio', bound: { atLeast }, measured, note }
}

/** A demo article of the site, put into the store by asking for it. */
async function typicalPage(env: Record<string, string>): Promise<string> {
  const article = (await readLoadedDocuments(env)).find(({ site, collection }) => site === SITE && collection === 'articles')
  if (!article) throw new Error(`${SITE} has no public article`)
  const path = documentPath({ collection: 'articles', id: article.id })
  const { status } = await askPortal(env, { site: SITE, path })
  if (status !== 200) throw new Error(`${SITE}${path}: ${status}`)
  return path
}

/** The stored bytes as plain files under one name each. Throws when the portal has not written them. */
function copyStored(stored: string, root: string): Record<Encoding, Buffer> {
  if (!existsSync(stored)) throw new Error(`the portal has not written ${stored}`)
  const bytes = { identity: readFileSync(stored), br: readFileSync(`${stored}.br`), gzip: readFileSync(`${stored}.gz`) }
  for (const [encoding, content] of Object.entries(bytes)) {
    mkdirSync(join(root, encoding), { recursive: true })
    writeFileSync(join(root, encoding, 'page.html'), content)
  }
  return bytes
}

const plainServer = (root: string, port: number) => `
  server {
    listen 127.0.0.1:${port};
    root ${root};
    location /br/ { add_header Content-Encoding br; }
    location /gzip/ { add_header Content-Encoding gzip; }
  }
`

/** The ratio is one of like and like only while every way answers with the same bytes. */
async function checkBytes({ name, encoding, port, path, headers }: Way, bytes: Record<Encoding, Buffer>): Promise<void> {
  const answer = await ask({ port, path, headers })
  const said = answer.headers['content-encoding'] ?? 'identity'
  if (answer.status !== 200 || said !== encoding || !answer.body.equals(bytes[encoding])) {
    throw new Error(`${name} does not answer with the stored bytes in ${encoding}: ${answer.status}, ${said}, ${answer.body.length} bytes`)
  }
}

function waysTo({ path, portal, plain, front }: { path: string; portal: number; plain: number; front: number }): Way[] {
  const asking = (encoding: Encoding, port: number) =>
    ({ Host: `${hostOf(SITE)}:${port}`, ...(encoding === 'identity' ? {} : { 'Accept-Encoding': encoding }) })
  const plainly = (encoding: Encoding): Way => ({ name: 'static', encoding, port: plain, path: `/${encoding}/page.html`, headers: asking(encoding, plain) })
  const way = (name: 'node' | 'front', encoding: Encoding): Way => {
    const port = name === 'node' ? portal : front
    return { name, encoding, port, path, headers: asking(encoding, port) }
  }
  return [
    way('node', 'identity'), plainly('identity'), way('front', 'identity'), way('node', 'br'), plainly('br'), way('front', 'gzip'), plainly('gzip'),
  ]
}
