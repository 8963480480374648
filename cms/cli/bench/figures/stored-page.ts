import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentPath, homePath } from '@cluster/shared/delivery/addresses'
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
import { checkBytes, copyStored, plainServers, waysTo, type Way } from '../ways-to-a-page.ts'

const SITE = 'suzhou-kunshan'
const ROUNDS = 5
/**
 * In a round the ways take turns second by second, forth and back, so that what else the machine does meets all of them and none is always
 * the one after another; each counts with its median.
 */
const TURNS = 5
const SECONDS = 1

const RATIOS = [
  { over: 'node', base: 'static', encoding: 'identity', atLeast: 0.45, what: '经 Node 与 nginx 静态文件之比（不压缩）' },
  { over: 'node', base: 'static', encoding: 'br', atLeast: 0.45, what: '经 Node 与 nginx 静态文件之比（br）' },
  { over: 'front', base: 'headed', encoding: 'identity', atLeast: 0.95, what: '前置 nginx 与同样字节的静态文件之比（不压缩）' },
  { over: 'front', base: 'headed', encoding: 'gzip', atLeast: 0.95, what: '前置 nginx 与同样字节的静态文件之比（gzip）' },
  { over: 'front', base: 'static', encoding: 'identity', atLeast: 0.95, what: '前置 nginx 与不带安全头的静态文件之比（不压缩）' },
  { over: 'front', base: 'static', encoding: 'gzip', atLeast: 0.95, what: '前置 nginx 与不带安全头的静态文件之比（gzip）' },
] as const
type Ratio = (typeof RATIOS)[number]
const PAGES = ['首页', '文章页'] as const
type PageName = (typeof PAGES)[number]

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
      const names = missing.join(' ')
      const reason = `本机没有 ${names}，跳过；在 Debian 上可以 apt-get install ${names}`
      return PAGES.flatMap((page) => RATIOS.map((ratio) => result(page, ratio, null, reason)))
    }
    const folder = mkdtempSync(join(tmpdir(), 'cluster-bench-nginx-'))
    try {
      return await measureRatios(bench, { nginx: programs.nginx, wrk: programs.wrk, folder })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

type Programs = { nginx: string; wrk: string; folder: string }

async function measureRatios(bench: Bench, programs: Programs): Promise<Measurement[]> {
  const { env } = bench.cluster()
  const paths: Record<PageName, string> = { 首页: homePath(), 文章页: await anArticle(env) }
  await untilPortalRests(env)
  const measured: Measurement[] = []
  for (const page of PAGES) measured.push(...(await measurePage(bench, programs, { page, path: paths[page] })))
  return measured
}

async function measurePage(
  { cluster, folders, tell }: Bench,
  { nginx, wrk, folder }: Programs,
  { page, path }: { page: PageName; path: string },
): Promise<Measurement[]> {
  const { env } = cluster()
  const { status } = await askPortal(env, { site: SITE, path })
  if (status !== 200) throw new Error(`${SITE}${path}: ${status}`)
  const ports = {
    portal: Number(env.PORTAL_PORT),
    plain: await freePort(),
    headed: await freePort(),
    front: await freePort(),
  }
  const root = join(folder, 'plain')
  const bytes = await copyStored(join(folders.pages, hostOf(SITE), path, 'index.html'), root)
  const server = await runNginx({
    program: nginx,
    folder,
    port: ports.plain,
    servers:
      plainServers(root, ports) +
      nginxConfig({
        pages: folders.pages,
        portal: `127.0.0.1:${env.PORTAL_PORT}`,
        cms: null,
        listen: `127.0.0.1:${ports.front}`,
        hostPattern: hostOf('{slug}'),
      }),
  })
  try {
    const ways = waysTo({ site: SITE, path, ports })
    for (const way of ways) await checkBytes(way, bytes)
    const rounds: Round[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      tell(`… 已存页面（${page}）：第 ${round} 轮，共 ${ROUNDS} 轮`)
      rounds.push(await measureRound(wrk, ways))
    }
    return RATIOS.map((ratio) => compare(page, path, ratio, rounds, bytes[ratio.encoding].length))
  } finally {
    await server.stop()
  }
}

/** Requests a second by way and encoding. */
type Round = Map<string, number>
const keyOf = ({ name, encoding }: Pick<Way, 'name' | 'encoding'>) => `${name} ${encoding}`

async function measureRound(wrk: string, ways: Way[]): Promise<Round> {
  const rates = new Map(ways.map((way) => [keyOf(way), [] as number[]]))
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const way of turn % 2 === 0 ? ways : ways.toReversed()) {
      rates.get(keyOf(way))!.push(await runWrk({ program: wrk, seconds: SECONDS, ...way }))
    }
  }
  return new Map([...rates].map(([key, all]) => [key, median(all)]))
}

function compare(page: PageName, path: string, ratio: Ratio, rounds: Round[], length: number): Measurement {
  const ratesOf = (name: Way['name']) =>
    rounds.map((round) => round.get(keyOf({ name, encoding: ratio.encoding })) ?? Number.NaN)
  const [over, base] = [ratesOf(ratio.over), ratesOf(ratio.base)]
  const each = over.map((rate, index) => rate / (base[index] ?? Number.NaN))
  const note =
    `每秒 ${Math.round(median(over))} 与 ${Math.round(median(base))} 次，${length} 字节，` +
    `${ROUNDS} 轮中位数；${cpus().length} 个核，未绑定进程`
  return {
    ...result(page, ratio, median(each), note),
    details: { page: `${SITE}${path}`, ratios: each, over, base },
  }
}

function result(page: PageName, { what, atLeast }: Ratio, measured: number | null, note: string): Measurement {
  return { figure: 'stored', label: `已存${page}${what}`, unit: 'ratio', bound: { atLeast }, measured, note }
}

/** A demo article of the site. */
async function anArticle(env: Record<string, string>): Promise<string> {
  const article = (await readLoadedDocuments(env)).find(
    ({ site, collection }) => site === SITE && collection === 'articles',
  )
  if (!article) throw new Error(`${SITE} has no public article`)
  return documentPath({ collection: 'articles', id: article.id })
}
