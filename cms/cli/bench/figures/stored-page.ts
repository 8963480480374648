import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentPath } from '@cluster/shared/delivery/addresses'
import { nginxConfig } from '../../nginx-config.ts'
import { freePort } from '../../services/ports.ts'
import { findProgram } from '../find-program.ts'
import { readLoadedDocuments } from '../loaded-documents.ts'
import type { Figure, Measurement } from '../measurement.ts'
import type { Bench } from '../open-bench.ts'
import { median } from '../percentile.ts'
import { askPortal, hostOf, untilPortalRests } from '../portal.ts'
import { runNginx } from '../run-nginx.ts'
import { runWrk } from '../run-wrk.ts'
import { checkBytes, copyStored, plainServer, waysTo } from '../ways-to-a-page.ts'

const SITE = 'suzhou-kunshan'
const ROUNDS = 5
const SECONDS = 5

type Rates = Record<string, number[]>

const RATIOS = [
  { over: 'node', encoding: 'identity', atLeast: 0.45, label: '已存页面经 Node 与 nginx 静态文件之比（不压缩）' },
  { over: 'node', encoding: 'br', atLeast: 0.45, label: '已存页面经 Node 与 nginx 静态文件之比（br）' },
  {
    over: 'front',
    encoding: 'identity',
    atLeast: 0.95,
    label: '前置 nginx 读已存文件与 nginx 静态文件之比（不压缩）',
  },
  { over: 'front', encoding: 'gzip', atLeast: 0.95, label: '前置 nginx 读已存文件与 nginx 静态文件之比（gzip）' },
] as const

/** A stored page through the portal, and by the printed nginx configuration, against the same bytes as a plain file. */
export const storedPage: Figure = {
  name: 'stored',
  label: '已存页面',
  measure: async (bench) => {
    const programs = { nginx: findProgram('nginx'), wrk: findProgram('wrk') }
    const missing = Object.entries(programs)
      .filter(([, path]) => path === null)
      .map(([name]) => name)
    if (programs.nginx === null || programs.wrk === null) {
      return RATIOS.map((ratio) =>
        result(
          ratio,
          null,
          `本机没有 ${missing.join(' 和 ')}，跳过；在 Debian 上可以 apt-get install ${missing.join(' ')}`,
        ),
      )
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
  { cluster, folders, tell }: Bench,
  { nginx, wrk, folder }: { nginx: string; wrk: string; folder: string },
): Promise<Measurement[]> {
  const { env } = cluster()
  const path = await typicalPage(env)
  await untilPortalRests(env)
  const ports = { plain: await freePort(), front: await freePort() }
  const root = join(folder, 'plain')
  const bytes = await copyStored(join(folders.pages, hostOf(SITE), path, 'index.html'), root)
  const server = await runNginx({
    program: nginx,
    folder,
    port: ports.plain,
    servers:
      plainServer(root, ports.plain) +
      nginxConfig({
        pages: folders.pages,
        portal: `127.0.0.1:${env.PORTAL_PORT}`,
        cms: null,
        listen: `127.0.0.1:${ports.front}`,
        hostPattern: hostOf('{slug}'),
      }),
  })
  try {
    const rates: Rates = {}
    const ways = waysTo({ site: SITE, path, portal: Number(env.PORTAL_PORT), ...ports })
    for (const way of ways) await checkBytes(way, bytes)
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      tell(`… 已存页面：第 ${turn} 轮，共 ${ROUNDS} 轮`)
      for (const way of ways) {
        const rate = await runWrk({ program: wrk, seconds: SECONDS, ...way })
        rates[`${way.name} ${way.encoding}`] = [...(rates[`${way.name} ${way.encoding}`] ?? []), rate]
      }
    }
    return RATIOS.map((ratio) => {
      const [over, base] = [rates[`${ratio.over} ${ratio.encoding}`] ?? [], rates[`static ${ratio.encoding}`] ?? []]
      const each = over.map((rate, index) => rate / (base[index] ?? Number.NaN))
      const note =
        `每秒 ${Math.round(median(over))} 与 ${Math.round(median(base))} 次，${bytes[ratio.encoding].length} 字节，` +
        `${ROUNDS} 轮中位数；${cpus().length} 个核，未绑定进程`
      return {
        ...result(ratio, median(each), note),
        details: { page: `${SITE}${path}`, ratios: each, over, static: base },
      }
    })
  } finally {
    await server.stop()
  }
}

function result({ label, atLeast }: (typeof RATIOS)[number], measured: number | null, note: string): Measurement {
  return { figure: 'stored', label, unit: 'ratio', bound: { atLeast }, measured, note }
}

/** A demo article of the site, put into the store by asking for it. */
async function typicalPage(env: Record<string, string>): Promise<string> {
  const article = (await readLoadedDocuments(env)).find(
    ({ site, collection }) => site === SITE && collection === 'articles',
  )
  if (!article) throw new Error(`${SITE} has no public article`)
  const path = documentPath({ collection: 'articles', id: article.id })
  const { status } = await askPortal(env, { site: SITE, path })
  if (status !== 200) throw new Error(`${SITE}${path}: ${status}`)
  return path
}
