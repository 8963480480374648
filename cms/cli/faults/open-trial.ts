import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findProgram } from '../bench/find-program.ts'
import { runNginx, type Nginx } from '../bench/run-nginx.ts'
import { clusterEnvironment } from '../cluster-environment.ts'
import { dataFolders, makeDataFolders, type DataFolders } from '../folders.ts'
import { lockDataFolder } from '../lock-data-folder.ts'
import { holderOf } from '../lock-file.ts'
import { nginxBalancer } from '../nginx-balancer.ts'
import { migrateDatabase } from '../prepare-database.ts'
import { endProcess, isStillRunning } from '../process-identity.ts'
import { Refusal } from '../refusal.ts'
import { runScript } from '../run-script.ts'
import { openSecrets } from '../secrets.ts'
import { DATABASE_NAME, embeddedAddresses, type DatabaseAddresses } from '../services/database-addresses.ts'
import { holdService, type HeldService } from '../services/hold-service.ts'
import { makeDatabase, makeRoles } from '../services/make-database.ts'
import { orderNodeServices } from '../services/node-services.ts'
import { freePort, type Ports } from '../services/ports.ts'
import { orderPostgres } from '../services/postgres.ts'
import { endLeftovers, keepRunning, readRunning } from '../services/running.ts'
import { hasSearchEngine, orderSearchEngine, settleSearchKeys } from '../services/search-engine.ts'
import { readSettings } from '../settings.ts'
import { openLine, type Line } from './open-line.ts'
import { canMountDisks, mountSmallDisk, unmountLeftover, type SmallDisk } from './small-disk.ts'

export type Kind = 'postgres' | 'meilisearch' | 'delivery' | 'worker' | 'cms' | 'portal'
export const LINES = ['cms-postgres', 'worker-postgres', 'delivery-postgres', 'worker-meilisearch', 'delivery-meilisearch', 'portal-delivery'] as const
export type LineName = typeof LINES[number]
export type DiskName = 'pages' | 'media' | 'postgres'

const accountsSchema = z.array(z.object({ email: z.string(), password: z.string(), name: z.string(), duty: z.string(), site: z.string() }))

export type Trial = {
  folders: DataFolders
  /** Under nginx: what readers, and clerks, know. */
  front: { portal: number; cms: number }
  /** Ports behind it, by the service's name: `portal-2`. */
  ports: Record<string, number>
  services: HeldService[]
  service: (name: string) => HeldService
  of: (kind: Kind) => HeldService[]
  lines: Record<LineName, Line>
  /** Null where no small disk can be mounted. */
  disks: Record<DiskName, SmallDisk> | null
  accounts: z.output<typeof accountsSchema>
  /** Past all lines, for looking at what is there. */
  database: DatabaseAddresses
  adminUrl: string
  engine: { url: string; adminKey: string }
  env: Record<string, string>
  close: () => Promise<void>
}

export type Counts = { cms: number; worker: number; delivery: number; portal: number }
export const SEVERAL: Counts = { cms: 2, worker: 2, delivery: 2, portal: 3 }

/** Sites whose demo texts are written: one that is worked on, and one that is only read. */
export const WORKED_SITE = 'suzhou-kunshan'
export const READ_SITE = 'nanjing-luhe'
const MARKER = 'trial.json'

/**
 * A whole cluster of its own, several processes of each kind behind nginx, with lines between them that can be cut and disks that can be
 * filled. The folder is emptied first. Throws `Refusal` where nginx or the search engine is missing.
 */
export async function openTrial({ folder, counts = SEVERAL, hasDisks, tell }: {
  folder: string
  counts?: Counts
  hasDisks: boolean
  tell: (sentence: string) => void
}): Promise<Trial> {
  const nginxProgram = findProgram('nginx')
  if (!nginxProgram) throw new Refusal('本机没有 nginx，多进程和故障演练需要它。在 Debian 上：apt-get install nginx')
  if (!hasSearchEngine()) throw new Refusal('没有适合本机的搜索引擎程序，故障演练无法进行。')
  const settings = readSettings({ DATA_DIR: folder })
  const usual = dataFolders(folder)
  const places = { pages: join(usual.root, 'disk-pages'), media: join(usual.root, 'disk-media'), postgres: join(usual.root, 'disk-postgres') }
  await emptyFolder(usual, Object.values(places))
  makeDataFolders(usual)
  writeFileSync(join(usual.root, MARKER), '{}')
  const unlock = lockDataFolder(usual)
  const services: HeldService[] = []
  const lines: Line[] = []
  const disks = hasDisks && canMountDisks ? {
    pages: mountSmallDisk({ folder: places.pages, megabytes: 48 }),
    media: mountSmallDisk({ folder: places.media, megabytes: 16 }),
    postgres: mountSmallDisk({ folder: places.postgres, megabytes: 900 }),
  } : null
  const folders = disks === null ? usual : { ...usual, media: join(places.media, 'media'), postgres: join(places.postgres, 'data') }
  makeDataFolders(folders)
  settings.folders = folders
  let nginx: Nginx | null = null

  const killAll = () => {
    for (const service of services) service.kill()
    for (const disk of Object.values(disks ?? {})) disk.close()
  }
  process.once('exit', killAll)
  const close = async () => {
    process.off('exit', killAll)
    await nginx?.stop()
    const inOrder = services.toReversed()
    const engines = inOrder.filter(({ name }) => name === 'postgres' || name === 'meilisearch')
    await Promise.all(inOrder.filter((service) => !engines.includes(service)).map((service) => service.stop()))
    await Promise.all(engines.map((service) => service.stop()))
    await Promise.all(lines.map((line) => line.close()))
    for (const disk of Object.values(disks ?? {})) disk.close()
    unlock()
  }
  const take = (order: Parameters<typeof holdService>[0]['order']) => {
    const service = holdService({ order, logFolder: folders.logs })
    services.push(service)
    return service
  }
  try {
    const secrets = openSecrets(folders)
    const postgres = await orderPostgres({ settings, secrets })
    const search = await orderSearchEngine({ settings, secrets })
    await Promise.all([take(postgres.order).start(), take(search.order).start()])
    await makeRoles({ adminUrl: postgres.adminUrl, secrets })
    await makeDatabase({ adminUrl: postgres.adminUrl, name: DATABASE_NAME })
    const database = embeddedAddresses({ port: postgres.port, secrets, database: DATABASE_NAME })
    const keys = await settleSearchKeys({ settings, secrets, url: search.url })
    const engine = { url: search.url, adminKey: keys.searchAdminKey, searchKey: keys.searchOnlyKey }
    const ports = await portsFor(counts)
    const front = { portal: await freePort(), cms: await freePort(), delivery: await freePort() }
    const environment = (own: Ports, addresses = database, address = engine) => ({
      ...clusterEnvironment({ settings, secrets, database: addresses, search: address, ports: own, mode: 'demo' as const }),
      PORTAL_ORIGIN: `http://{slug}.localhost:${front.portal}`,
      CMS_URL: `http://127.0.0.1:${front.cms}`,
    })
    const plain = environment(ports[0]!)
    tell('… 建立数据库结构和演示内容')
    await migrateDatabase({ env: plain, logFolder: folders.logs })
    const seed = await runScript({ script: 'cms/seed/seed.ts', args: ['--only', `${WORKED_SITE},${READ_SITE}`], name: 'seed', env: plain, logFolder: folders.logs })
    if (seed.code !== 0) throw new Refusal(`演示内容没有写完。日志在 ${seed.logPath}，最后几行：\n${seed.output}`)

    const enginePort = Number(new URL(search.url).port)
    const named = Object.fromEntries(await Promise.all(LINES.map(async (name) => {
      const to = name.endsWith('-postgres') ? postgres.port : name.endsWith('-meilisearch') ? enginePort : front.delivery
      const line = await openLine({ to })
      lines.push(line)
      return [name, line] as const
    }))) as Record<LineName, Line>
    const through = (kind: 'cms' | 'worker' | 'delivery') => ({
      addresses: embeddedAddresses({ port: named[`${kind}-postgres`].port, secrets, database: DATABASE_NAME }),
      engine: kind === 'cms' ? engine : { ...engine, url: `http://127.0.0.1:${named[`${kind}-meilisearch`].port}` },
    })
    const known: Record<string, number> = { postgres: postgres.port, meilisearch: enginePort }
    const starting: HeldService[] = []
    for (const kind of ['delivery', 'worker', 'cms', 'portal'] as const) {
      for (let number = 1; number <= counts[kind]; number += 1) {
        const own = ports[number - 1]!
        const way = kind === 'portal' ? { addresses: database, engine } : through(kind)
        const env = {
          ...environment(own, way.addresses, way.engine),
          DELIVERY_URL: `http://127.0.0.1:${named['portal-delivery'].port}`,
          PAGE_STORE_DIR: disks && number === 1 ? join(disks.pages.folder, 'pages') : `${usual.pages}-${number}`,
        }
        const order = orderNodeServices({ env, ports: own }).find(({ name }) => name === kind)!
        const name = `${kind}-${number}`
        known[name] = own[kind]
        if (kind === 'portal') known[`${name}-operator`] = own.operator
        starting.push(take({ ...order, name }))
      }
    }
    nginx = await runNginx({
      program: nginxProgram,
      folder: join(usual.root, 'nginx'),
      port: front.portal,
      servers: nginxBalancer({
        portals: addressesOf(known, 'portal'), deliveries: addressesOf(known, 'delivery'), cms: addressesOf(known, 'cms'),
        listen: `127.0.0.1:${front.portal}`, deliveryListen: `127.0.0.1:${front.delivery}`, cmsListen: `127.0.0.1:${front.cms}`,
        hostPattern: '{slug}.localhost',
      }),
    })
    keepRunning({ folders: usual, services, env: null })
    tell('… 启动各进程')
    await Promise.all(starting.map((service) => service.start()))
    keepRunning({ folders: usual, services, env: null })
    const trial: Trial = {
      folders, front, ports: known, services, lines: named, disks, database, engine, env: plain, adminUrl: postgres.adminUrl,
      service: (name) => {
        const found = services.find((service) => service.name === name)
        if (!found) throw new RangeError(`no service ${name}`)
        return found
      },
      of: (kind) => services.filter(({ name }) => name === kind || name.startsWith(`${kind}-`)),
      accounts: accountsSchema.parse(JSON.parse(readFileSync(folders.demoAccounts, 'utf8'))),
      close,
    }
    return trial
  } catch (error) {
    await close()
    throw error
  }
}

/** One set of ports a machine: what runs beside it on the next one has the next set. */
async function portsFor(counts: Counts): Promise<Ports[]> {
  const machines = Math.max(...Object.values(counts))
  return Promise.all(Array.from({ length: machines }, async () => ({
    portal: await freePort(), cms: await freePort(), delivery: await freePort(), worker: await freePort(), operator: await freePort(),
    cmsOperator: await freePort(), deliveryOperator: await freePort(),
  })))
}

const addressesOf = (known: Record<string, number>, kind: string) =>
  Object.entries(known).filter(([name]) => new RegExp(`^${kind}-\\d+$`).test(name)).map(([, port]) => `127.0.0.1:${port}`)

/** Only a folder that a trial has made is emptied, and what an earlier one has left running ends first. */
async function emptyFolder(folders: DataFolders, disks: readonly string[]): Promise<void> {
  if (!existsSync(folders.root)) return
  const isOurs = existsSync(join(folders.root, MARKER))
  if (!isOurs && existsSync(folders.postgres)) {
    throw new Refusal(`${folders.root} 里有数据库，但不是演练留下的，不会清空它。请用 DATA_DIR 指定另一个目录。`)
  }
  if (!isOurs) return
  const holder = holderOf(folders.lock)
  if (holder) throw new Refusal(`另一次演练正在使用 ${folders.root}（进程号 ${holder.pid}），请等它结束。`)
  const database = readRunning(folders)?.services.postgres
  await endLeftovers(folders)
  if (database && isStillRunning(database)) await endProcess({ identity: database, signal: 'SIGINT', patienceMs: 10_000, isGroup: false })
  for (const disk of disks) unmountLeftover(disk)
  const pointer = `${folders.postgres}.location`
  if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
  rmSync(folders.root, { recursive: true, force: true })
}
