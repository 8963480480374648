import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { z } from 'zod'

let counter = 0

/**
 * Writes a file so that a reader, or the start after a crash, sees the old content or the new one and never a part.
 * `draftFolder` is on the same file system, and outside of what a static server shows.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  draftFolder = dirname(path),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  counter += 1
  const draft = join(draftFolder, `${process.pid}-${counter}.part`)
  try {
    await writeFile(draft, content)
    await rename(draft, path)
  } catch (error) {
    // On a full disk what was begun would take the room that is needed.
    await unlink(draft).catch(() => undefined)
    throw error
  }
}

/** Reads what `replaceFile` wrote as JSON; `null` when it is absent or does not fit (any more). */
export async function readJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
): Promise<z.output<Schema> | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
