import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { BackupFault, type FaultKind } from './backup-fault.ts'
import { readArchive } from './read-archive.ts'
import { writeArchive } from './write-archive.ts'

/** A test need not keep anybody from guessing. */
const CHEAP = 8
const PASSPHRASE = '昆山 备份 2026 口令'
const folder = temporaryFolder('cluster-archive')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CONTENTS: Record<string, Buffer> = {
  'backup.json': Buffer.from('{"format":1}'),
  'tables/public.articles/000001.copy': randomBytes(300_000),
  'media/附件 一（终稿）.pdf': Buffer.from('%PDF-1.7'),
  'media/empty.txt': Buffer.alloc(0),
  'manifest.json': Buffer.from('{}'),
}

async function write(path: string): Promise<{ bytes: number, sha256: string }> {
  const archive = await writeArchive({ path, passphrase: PASSPHRASE, workFactor: CHEAP })
  for (const [name, content] of Object.entries(CONTENTS)) await archive.add(name, content)
  return archive.finish()
}

async function read(path: string, passphrase = PASSPHRASE): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {}
  await readArchive({ path, passphrase, visit: async ({ name, body }) => {
    const pieces: Uint8Array[] = []
    for await (const piece of body) pieces.push(piece)
    found[name] = Buffer.concat(pieces)
  } })
  return found
}

async function faultOf(path: string, passphrase?: string): Promise<FaultKind | null> {
  return read(path, passphrase).then(() => null, (error: unknown) => {
    if (error instanceof BackupFault) return error.kind
    throw error
  })
}

const whole = join(folder, 'whole.backup')
let bytes: Buffer
beforeAll(async () => {
  const told = await write(whole)
  bytes = readFileSync(whole)
  expect(told).toEqual({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
})

function changed(change: (copy: Buffer) => Buffer | void): string {
  const path = join(folder, 'changed.backup')
  const copy = Buffer.from(bytes)
  writeFileSync(path, change(copy) ?? copy)
  return path
}

describe('an archive', () => {
  it('goes on to the next entry from one that nobody reads, whatever their sizes', async () => {
    for (const small of [0, 1, 58, 512, 9_000]) {
      const path = join(folder, `unread-${small}.backup`)
      const archive = await writeArchive({ path, passphrase: PASSPHRASE, workFactor: CHEAP })
      for (const [name, size] of [['unread', small], ['unread-too', small], ['read', 1_500_008]] as const) await archive.add(name, Buffer.alloc(size, 'a'))
      await archive.finish()
      let bytesRead = 0
      await readArchive({ path, passphrase: PASSPHRASE, visit: async ({ name, body }) => {
        if (name === 'read') for await (const piece of body) bytesRead += piece.length
      } })
      expect(bytesRead, `after ${small} bytes that were left`).toBe(1_500_008)
    }
  })

  it('gives back what was put in, for its owner alone', async () => {
    expect(await read(whole)).toEqual(CONTENTS)
    expect(statSync(whole).mode & 0o077).toBe(0)
    expect(existsSync(`${whole}.part`)).toBe(false)
  })

  it('shows nothing of its contents from outside', () => {
    for (const words of ['articles', '附件', 'PDF-1.7', 'format']) expect(bytes.includes(words), words).toBe(false)
  })

  it('may be read in part', async () => {
    const names: string[] = []
    await readArchive({ path: whole, passphrase: PASSPHRASE, visit: async ({ name }) => { names.push(name) } })
    expect(names).toEqual(Object.keys(CONTENTS))
  })

  it('hands on what its reader throws', async () => {
    const own = new Error('no room')
    await expect(readArchive({ path: whole, passphrase: PASSPHRASE, visit: () => Promise.reject(own) })).rejects.toBe(own)
  })

  it('that is given up leaves nothing behind', async () => {
    const path = join(folder, 'given-up.backup')
    const archive = await writeArchive({ path, passphrase: PASSPHRASE, workFactor: CHEAP })
    await archive.add('media/a.bin', randomBytes(100_000))
    await archive.abandon(new Error('the database went away'))
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false])
  })
})

describe('an archive is refused', () => {
  it('with another passphrase', async () => {
    expect(await faultOf(whole, `${PASSPHRASE} `)).toBe('passphrase')
    expect(await faultOf(whole, '')).toBe('passphrase')
  })

  it('when it is none', async () => {
    for (const content of ['', 'PK\u0003\u0004', 'age-encryption.org/v']) expect(await faultOf(changed(() => Buffer.from(content)))).toBe('foreign')
  })

  it('wherever a byte of it is changed', async () => {
    const header = bytes.indexOf('\n---') + 50
    const places = [
      ...Array.from({ length: header }, (_, index) => index),
      ...Array.from({ length: 40 }, (_, index) => header + Math.floor((index * (bytes.length - header)) / 40)), bytes.length - 1,
    ]
    for (const place of places) {
      const fault = await faultOf(changed((copy) => { copy[place]! ^= 0x10 }))
      expect(fault, `byte ${place} of ${bytes.length}`).not.toBe(null)
    }
  })

  it('wherever it is cut, and when something follows it', async () => {
    const chunk = 64 * 1024 + 16
    const start = bytes.length % chunk
    for (const length of [30, 100, start, start + chunk, start + 2 * chunk, bytes.length - chunk, bytes.length - 17, bytes.length - 1].filter((each) => each > 22 && each < bytes.length)) {
      expect(await faultOf(changed((copy) => copy.subarray(0, length))), `cut at ${length}`).toBe('damaged')
    }
    expect(await faultOf(changed((copy) => Buffer.concat([copy, copy.subarray(-1)])))).toBe('damaged')
  })

  it('when two parts of it have changed places', async () => {
    const chunk = 64 * 1024 + 16
    const first = bytes.indexOf('\n---') + 48 + 16
    const path = changed((copy) => Buffer.concat([copy.subarray(0, first), copy.subarray(first + chunk, first + 2 * chunk), copy.subarray(first, first + chunk), copy.subarray(first + 2 * chunk)]))
    expect(await faultOf(path)).toBe('damaged')
  })
})
