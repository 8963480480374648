import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from '../../testing/cluster.ts'
import { neutralEnvironment } from '../../testing/neutral-environment.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { ROOT } from '../folders.ts'
import { isStillRunning } from '../process-identity.ts'
import { answersOk } from '../services/node-services.ts'
import { freePort } from '../services/ports.ts'

const MINUTES = 60_000
const folder = temporaryFolder('cluster-start')
const dataDir = join(folder, 'data')
const answersFile = join(folder, 'answers.json')
const ADMINISTRATORS = [
  { duty: 'province-admin', name: '许文远', email: 'xu@example.gov.cn', unit: '综合处' },
  { duty: 'security-admin', name: '汪若琳', email: 'wang@example.gov.cn', unit: '信息中心' },
  { duty: 'audit-admin', name: '孔令仪', email: 'kong@example.gov.cn', unit: '监督检查处' },
]

function command(args: string[], env: Record<string, string> = {}) {
  const run = spawnSync(process.execPath, [join(ROOT, 'cms', 'cli', 'main.ts'), ...args], {
    env: { ...neutralEnvironment(), NODE_ENV: 'production', DATA_DIR: dataDir, ...env }, encoding: 'utf8', stdio: 'pipe',
  })
  return { code: run.status, output: run.stdout, refusal: run.stderr.trim() }
}

const freePorts = async () => ({ PORTAL_PORT: String(await freePort()), CMS_PORT: String(await freePort()) })

let setup: ReturnType<typeof command>
let cluster: TestCluster

beforeAll(async () => {
  writeFileSync(answersFile, JSON.stringify({ administrators: ADMINISTRATORS }))
  setup = command(['setup', '--from', answersFile])
  if (setup.code !== 0) throw new Error(setup.refusal)
  cluster = await startTestCluster({ dataDir })
}, 10 * MINUTES)
afterAll(async () => {
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
}, MINUTES)

describe('npm run setup', () => {
  it('shows each administrator’s first password and keeps it nowhere', () => {
    const passwords = ADMINISTRATORS.map(({ email }) => setup.output.match(new RegExp(`${email}\\s+(\\S{12,})`))?.[1] ?? '')
    expect(new Set(passwords).size).toBe(3)
    const kept = [dataDir, join(dataDir, 'logs')].flatMap((place) => readdirSync(place).map((name) => join(place, name)))
      .filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, 'utf8')).join('\n')
    for (const password of passwords) {
      expect(password).not.toBe('')
      expect(kept).not.toContain(password)
    }
  })

  it('refuses one person in two of the three duties', () => {
    const twice = ADMINISTRATORS.map((one) => ({ ...one, email: 'xu@example.gov.cn' }))
    writeFileSync(join(folder, 'twice.json'), JSON.stringify({ administrators: twice }))
    const run = command(['setup', '--from', join(folder, 'twice.json')], { DATA_DIR: join(folder, 'other') })
    expect(run.code).not.toBe(0)
    expect(run.refusal).toContain('必须是不同的人')
  })
})

describe('npm start', () => {
  it('answers any host that all is well, on both ports', async () => {
    expect(await answersOk({ host: '127.0.0.1', port: cluster.portalPort })).toBe(true)
    expect(await answersOk({ host: '127.0.0.1', port: cluster.cmsPort })).toBe(true)
  })

  it('never gives a production cluster demo accounts', () => {
    expect(cluster.env.CLUSTER_MODE).toBe('production')
    expect(existsSync(join(dataDir, 'demo-accounts.json'))).toBe(false)
  })

  it('keeps its secrets to itself', () => {
    for (const name of ['secrets.json', 'running.json', 'cluster.lock']) {
      expect(statSync(join(dataDir, name)).mode & 0o077, name).toBe(0)
    }
    expect(cluster.env.MEILISEARCH_SEARCH_KEY || 'none').not.toBe(cluster.env.MEILISEARCH_API_KEY)
  })

  it('refuses a second start on the same folder, and another on its port', () => {
    const second = command(['start'])
    expect(second.code).not.toBe(0)
    expect(second.refusal).toMatch(/^数据目录 .* 正由另一个进程使用（进程号 \d+）[^\n]*$/)
    const neighbour = command(['start'], { DATA_DIR: join(folder, 'neighbour'), PORTAL_PORT: String(cluster.portalPort) })
    expect(neighbour.code).not.toBe(0)
    expect(neighbour.refusal).toMatch(/^端口 \d+（门户）已被别的程序占用[^\n]*$/)
  })

  it('brings a killed process back', async () => {
    const before = cluster.services().delivery
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => cluster.services().delivery, { timeout: MINUTES }).not.toEqual(before)
    const port = Number(cluster.env.DELIVERY_PORT)
    await expect.poll(() => answersOk({ host: '127.0.0.1', port }), { timeout: MINUTES }).toBe(true)
  }, 2 * MINUTES)

  it('stops everything, and comes up again with what it had', async () => {
    const services = Object.values(cluster.services())
    expect(services.length).toBeGreaterThanOrEqual(5)
    await cluster.stop()
    expect(services.filter(isStillRunning)).toEqual([])
    expect(existsSync(join(dataDir, 'cluster.lock'))).toBe(false)
    expect(command(['setup', '--from', answersFile]).refusal).toContain('已经有站点')
    cluster = await startTestCluster({ dataDir })
    expect(await answersOk({ host: '127.0.0.1', port: cluster.portalPort })).toBe(true)
  }, 5 * MINUTES)
})

describe('a start that cannot be', () => {
  it.each([
    ['a database that is not there', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' }, /DATABASE_URL 指定的数据库连不上/],
    ['an address that is none', { DATABASE_URL: 'nonsense' }, /DATABASE_URL 不是有效的地址/],
    ['a port that is none', { CMS_PORT: 'abc' }, /环境变量 CMS_PORT 的值“abc”不可用/],
    ['one port for two', { CMS_PORT: '4555', PORTAL_PORT: '4555' }, /端口 4555 同时分给了两个服务/],
    ['a folder that cannot be', { DATA_DIR: '/dev/null/data' }, /数据目录 \/dev\/null\/data 无法写入/],
  ])('says so in one sentence: %s', async (_, env, sentence) => {
    const run = command(['start'], { DATA_DIR: join(folder, 'failing'), ...await freePorts(), ...env })
    expect(run.code).not.toBe(0)
    expect(run.refusal).toMatch(sentence)
    expect(run.refusal.split('\n')).toHaveLength(1)
  })

  it('says that the database folder is damaged, and leaves it as it is', async () => {
    const damaged = join(folder, 'damaged')
    const first = command(['setup', '--from', answersFile], { DATA_DIR: damaged })
    expect(first.code, first.refusal).toBe(0)
    const control = join(damaged, 'postgres', 'global', 'pg_control')
    writeFileSync(control, 'torn')
    const run = command(['start'], { DATA_DIR: damaged, ...await freePorts() })
    expect(run.code).not.toBe(0)
    expect(run.refusal).toMatch(/^数据库目录已损坏：global\/pg_control 不完整。[^\n]*$/)
    expect(readFileSync(control, 'utf8')).toBe('torn')
  }, 2 * MINUTES)
})
