import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { ExportManifest } from './formats.ts'

export type Sink = {
  add: (path: string, content: string) => Promise<void>
  /** Copies a file; false when it is not there. */
  copy: (path: string, from: string) => Promise<boolean>
  /** What has been put in so far. */
  files: () => ExportManifest['files']
  /** Puts everything in its place, as a folder or, for a name that ends in `.zip`, as one file. */
  finish: () => Promise<void>
  abandon: () => Promise<void>
}

/** Gathers an export beside its place; what is cut off leaves nothing under the name that was asked for. */
export async function openSink(target: string): Promise<Sink> {
  const draft = `${target}.part`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  const files: ExportManifest['files'] = []
  const placeOf = async (path: string) => {
    await mkdir(dirname(join(draft, path)), { recursive: true })
    return join(draft, path)
  }
  return {
    add: async (path, content) => {
      const bytes = Buffer.from(content)
      await writeFile(await placeOf(path), bytes)
      files.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    },
    copy: async (path, from) => {
      const hash = createHash('sha256')
      let bytes = 0
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          bytes += chunk.length
          done(null, chunk)
        },
      })
      const place = await placeOf(path)
      try {
        await pipeline(createReadStream(from), measure, createWriteStream(place))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
        await rm(place, { force: true })
        return false
      }
      files.push({ path, bytes, sha256: hash.digest('hex') })
      return true
    },
    files: () => [...files],
    finish: async () => {
      if (!target.endsWith('.zip')) return rename(draft, target)
      await zip({ draft, target, paths: files.map(({ path }) => path) })
      await rm(draft, { recursive: true, force: true })
    },
    abandon: async () => {
      await rm(draft, { recursive: true, force: true })
      await rm(`${target}.zip.part`, { force: true })
    },
  }
}

async function zip({ draft, target, paths }: { draft: string, target: string, paths: string[] }): Promise<void> {
  const archive = new ZipFile()
  // Names are in UTF-8, marked as such: Windows and WPS show Chinese ones as they are.
  for (const path of paths) archive.addFile(join(draft, path), path)
  archive.end()
  const part = `${target}.zip.part`
  await pipeline(archive.outputStream, createWriteStream(part, { mode: 0o600 }))
  await rename(part, target)
}
