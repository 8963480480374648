import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { neutralEnvironment } from '../../testing/neutral-environment.ts'
import { TEST_DATABASE_PREFIX } from '../../testing/services.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { ROOT } from '../folders.ts'
import { Refusal } from '../refusal.ts'
import { embeddedAddresses, type DatabaseAddresses } from '../services/database-addresses.ts'
import { dropDatabase, makeDatabase } from '../services/make-database.ts'
import { run as backUp } from './backup.ts'
import { run as exportSite } from './export.ts'
import { run as restore } from './restore.ts'

const MINUTES = 60_000
const PASSPHRASE = '三个互不相关的词语连起来'
const folder = temporaryFolder('cluster-backup-command')
const file = join(folder, 'whole.backup')
const places: string[] = []
let source: TestDatabase

function environment(addresses: DatabaseAddresses, dataDir: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...neutralEnvironment(), NODE_ENV: 'production', DATA_DIR: dataDir, BACKUP_PASSPHRASE: PASSPHRASE, INIT_CWD: folder,
    DATABASE_URL: addresses.appUrl, DATABASE_OWNER_URL: addresses.ownerUrl, DELIVERY_DATABASE_URL: addresses.deliveryUrl, ...more,
  }
}
const MAIN = join(ROOT, 'cms', 'cli', 'main.ts')
function command(args: string[], env: NodeJS.ProcessEnv) {
  const run = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8', stdio: 'pipe' })
  return { code: run.status, output: run.stdout, refusal: run.stderr.trim() }
}

/** The command within this process, which is faster, for what it refuses before it opens anything. */
async function refusalOf(run: (argv: string[]) => Promise<number>, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  for (const [name, value] of Object.entries(env)) if (value !== undefined) vi.stubEnv(name, value)
  return run(args).then(() => '', (error: unknown) => {
    expect(error).toBeInstanceOf(Refusal)
    return (error as Refusal).message
  })
}
afterEach(() => { vi.unstubAllEnvs() })

/** An empty database without any structure, and an empty data folder. */
async function emptyPlace(): Promise<{ addresses: DatabaseAddresses, dataDir: string }> {
  const { adminUrl, port, secrets } = inject('services')
  const name = `${TEST_DATABASE_PREFIX}${randomBytes(6).toString('hex')}`
  await makeDatabase({ adminUrl, name })
  places.push(name)
  const dataDir = join(folder, name)
  mkdirSync(dataDir)
  return { addresses: embeddedAddresses({ port, secrets, database: name }), dataDir }
}

async function rows<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows as Row[]
  } finally {
    await client.end()
  }
}
const tablesIn = async (url: string) => (await rows<{ count: number }>(url, "select count(*)::integer as count from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))[0]!.count

beforeAll(async () => {
  source = await createTestDatabase()
  await rows(source.ownerUrl, `
    insert into sites (slug, name, office, division, division_code, level, path, release) values ('jiangsu', '江苏机构编制网', '江苏省委编办', '江苏省', '320000', 'province', 'jiangsu', 'standard-1');
    insert into media (filename, mime_type, filesize, site_id, hashes) select '登记.pdf', 'application/pdf', 3, id, '{}' from sites;
    insert into cluster.audit (deed) select 'sign-in' from generate_series(1, 50)`)
  writeFileSync(join(source.env.MEDIA_DIR!, '登记.pdf'), 'pdf')
  // The container lies in the product's place, as an operator's would.
  writeFileSync(join(source.dataDir, 'cluster.json'), '{"mode":"production"}')
})
afterAll(async () => {
  await source?.drop()
  for (const name of places) await dropDatabase({ adminUrl: inject('services').adminUrl, name })
  rmSync(folder, { recursive: true, force: true })
})

describe('npm run backup refuses, in a sentence,', () => {
  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['no file', [], {}, /请给出一个备份文件的名字/],
    ['a passphrase among the arguments', ['x.backup', '--passphrase', 'abc'], {}, /口令不能写在命令里/],
    ['no passphrase', ['x.backup'], { BACKUP_PASSPHRASE: '' }, /没有口令/],
    ['a short passphrase', ['x.backup'], { BACKUP_PASSPHRASE: '编办编办编办' }, /至少要 12 个字符/],
    ['a missing passphrase file', ['x.backup', '--passphrase-file', 'absent'], {}, /读不到口令文件/],
    ['a folder that is not there', ['absent/x.backup'], {}, /目录 .*absent 不存在/],
    ['a file that is there', ['taken.backup'], {}, /taken\.backup 已经存在，不会覆盖它/],
  ])('%s', async (_, args, more, sentence) => {
    writeFileSync(join(folder, 'taken.backup'), 'mine')
    expect(await refusalOf(backUp, args, environment(source, source.dataDir, more))).toMatch(sentence)
    expect(readFileSync(join(folder, 'taken.backup'), 'utf8')).toBe('mine')
    expect(existsSync(join(folder, 'x.backup'))).toBe(false)
  })

  it('a place without a cluster', async () => {
    const env = { ...neutralEnvironment(), NODE_ENV: 'production', BACKUP_PASSPHRASE: PASSPHRASE, DATA_DIR: join(folder, 'nothing') } as const
    expect(await refusalOf(backUp, ['x.backup'], env)).toContain('还没有集群')
  })
})

describe('a cluster', () => {
  it('is backed up to one file that tells nothing from outside, on the record', async () => {
    const run = command(['backup', 'whole.backup'], environment(source, source.dataDir))
    expect([run.code, run.refusal]).toEqual([0, ''])
    expect(run.output).toMatch(/✓ 备份完成：.*whole\.backup[\s\S]*附件和图片 1 个[\s\S]*SHA-256 [0-9a-f]{64}/)
    expect(statSync(file).mode & 0o077).toBe(0)
    const record = await rows(source.ownerUrl, 'select kind, file_name, bytes::integer, documents, digest, result from cluster.backups')
    expect(record).toEqual([{ kind: 'backup', file_name: 'whole.backup', bytes: statSync(file).size, documents: 0, digest: /SHA-256 (\w+)/.exec(run.output)![1], result: 'complete' }])
    expect(await rows(source.ownerUrl, "select duty, detail ->> 'file' as file from cluster.audit where deed = 'backup'")).toEqual([{ duty: 'operator', file: 'whole.backup' }])
    await expect(rows(source.ownerUrl, 'delete from cluster.backups')).rejects.toThrow('append-only')
  }, MINUTES)

  it('is restored from it into an empty place, also after a restore that was killed', async () => {
    const { addresses, dataDir } = await emptyPlace()
    const env = environment(addresses, dataDir)
    // Killed while it builds: what it has begun goes on for a moment without it.
    const child = spawn(process.execPath, [MAIN, 'restore', file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const gone = new Promise((resolve) => child.once('exit', resolve))
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      if (output.includes('建立数据库结构')) child.kill('SIGKILL')
    })
    await gone
    expect(output).not.toContain('恢复完成')
    for (const refused of [['start'], ['backup', 'again.backup']]) {
      const run = command(refused, env)
      expect([run.code, run.refusal], refused[0]).toEqual([1, expect.stringMatching(/的恢复没有做完，里面的内容不完整，不能使用。请重新运行 npm run restore/)])
    }
    const run = command(['restore', file], env)
    expect([run.code, run.refusal]).toEqual([0, ''])
    expect(run.output).toMatch(/✓ 恢复完成.*正式集群，站点 1 个.*附件和图片 1 个，逐项核对无误/)
    expect(await rows(addresses.appUrl, 'select slug, name from sites')).toEqual([{ slug: 'jiangsu', name: '江苏机构编制网' }])
    expect(readFileSync(join(dataDir, 'media', '登记.pdf'), 'utf8')).toBe('pdf')
    expect(await rows(addresses.ownerUrl, "select kind, result from cluster.backups order by id")).toEqual([{ kind: 'restore', result: 'complete' }])
    expect(JSON.parse(readFileSync(join(dataDir, 'cluster.json'), 'utf8'))).toEqual({ mode: 'production' })
    expect(existsSync(join(dataDir, 'restoring'))).toBe(false)
    const keys = (place: string) => JSON.parse(readFileSync(join(place, 'secrets.json'), 'utf8'))
    for (const key of ['payloadSecret', 'intakeKey', 'previewSecret', 'accountKey']) expect(keys(dataDir)[key], key).toBe(keys(source.dataDir)[key])
    expect(keys(dataDir).ownerPassword).not.toBe(keys(source.dataDir).ownerPassword)
    // The roles may do there what they may do here, and no more.
    await expect(rows(addresses.appUrl, 'delete from cluster.audit')).rejects.toThrow('permission denied')
    await expect(rows(addresses.deliveryUrl, 'select * from users')).rejects.toThrow('permission denied')
    expect(await rows(addresses.deliveryUrl, 'select 1 as one from delivery.feed limit 1')).toEqual([{ one: 1 }])
  }, 3 * MINUTES)
})

describe('npm run export', () => {
  it('hands out one office’s content, on the record, and never over an existing file', async () => {
    const env = environment(source, source.dataDir)
    const run = command(['export', '--site', 'jiangsu', '--out', 'province.zip'], env)
    expect([run.code, run.refusal]).toEqual([0, ''])
    expect(readFileSync(join(folder, 'province.zip')).subarray(0, 2).toString()).toBe('PK')
    expect(await rows(source.ownerUrl, "select duty, detail ->> 'site' as site, detail ->> 'files' as files from cluster.audit where deed = 'export'"))
      .toEqual([{ duty: 'operator', site: 'jiangsu', files: '1' }])
    expect(await refusalOf(exportSite, ['--site', 'jiangsu', '--out', 'province.zip'], env)).toMatch(/province\.zip 已经存在/)
    expect(await refusalOf(exportSite, [], env)).toMatch(/请用 --site 指出站点/)
  }, MINUTES)
})

describe('npm run restore refuses, in a sentence, and changes nothing:', () => {
  const changed = (change: (bytes: Buffer) => Buffer | void) => {
    const bytes = readFileSync(file)
    const path = join(folder, 'changed.backup')
    writeFileSync(path, change(bytes) ?? bytes)
    return path
  }
  it.each<[string, () => string, Record<string, string>, RegExp]>([
    ['another passphrase', () => file, { BACKUP_PASSPHRASE: '别的口令别的口令别的口令' }, /打不开：口令不对/],
    ['a file cut short', () => changed((bytes) => bytes.subarray(0, bytes.length - 100)), {}, /已损坏或不完整/],
    ['a file with one changed bit', () => changed((bytes) => { bytes[bytes.length - 2000]! ^= 1 }), {}, /已损坏或不完整/],
    ['a file of another kind', () => changed(() => Buffer.from('PK\u0003\u0004')), {}, /不是本系统的备份文件/],
    ['a file that is not there', () => 'absent.backup', {}, /读不到备份文件/],
  ])('%s', async (_, path, more, sentence) => {
    const refusal = await refusalOf(restore, [path(), '--check'], environment(source, join(folder, 'checked'), more))
    expect(refusal).toMatch(sentence)
    expect(refusal.split('\n')).toHaveLength(1)
  }, MINUTES)

  it.each<[string, () => string, Record<string, string>, RegExp]>([
    ['a damaged file where there is a place for it', () => changed((bytes) => { bytes[bytes.length - 2000]! ^= 1 }), {}, /已损坏或不完整/],
    ['keys that do not fit', () => file, { PAYLOAD_SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789' }, /环境变量 PAYLOAD_SECRET 与备份里的不同/],
  ])('%s', async (_, path, more, sentence) => {
    const { addresses, dataDir } = await emptyPlace()
    const run = command(['restore', path()], environment(addresses, dataDir, more))
    expect([run.code, run.refusal]).toEqual([1, expect.stringMatching(sentence)])
    expect(await tablesIn(addresses.ownerUrl)).toBe(0)
    expect(existsSync(join(dataDir, 'restoring'))).toBe(false)
  }, MINUTES)

  it('a place that is not empty', async () => {
    const before = await rows(source.ownerUrl, 'select * from sites')
    const full = command(['restore', file], environment(source, join(folder, 'full')))
    expect([full.code, full.refusal]).toEqual([1, expect.stringMatching(/DATABASE_URL 指定的库里已经有内容/)])
    expect(await rows(source.ownerUrl, 'select * from sites')).toEqual(before)
    const { addresses, dataDir } = await emptyPlace()
    mkdirSync(join(dataDir, 'media'))
    writeFileSync(join(dataDir, 'media', 'mine.pdf'), 'mine')
    const files = command(['restore', file], environment(addresses, dataDir))
    expect([files.code, files.refusal]).toEqual([1, expect.stringMatching(/附件目录 .* 里已经有文件/)])
    expect(readdirSync(join(dataDir, 'media'))).toEqual(['mine.pdf'])
    expect(await tablesIn(addresses.ownerUrl)).toBe(0)
  }, MINUTES)

  it('nothing at all when it only checks', async () => {
    const { addresses, dataDir } = await emptyPlace()
    const run = command(['restore', file, '--check'], environment(addresses, dataDir))
    expect([run.code, run.output]).toEqual([0, expect.stringContaining('✓ 备份完整，口令正确')])
    expect([await tablesIn(addresses.ownerUrl), readdirSync(dataDir)]).toEqual([0, []])
  }, MINUTES)
})
