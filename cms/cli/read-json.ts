import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { z } from 'zod'
import { Refusal } from './refusal.ts'

/**
 * Reads a small state file of the data folder; null when there is none.
 * Throws `Refusal` when it is there and cannot be understood: guessing would lose data.
 */
export function readJson<T>(path: string, schema: z.ZodType<T>): T | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return null
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new Refusal(`文件 ${path} 已损坏，无法读取。请从备份恢复它，或改名移开后重试。`)
  }
}

/** Writes a state file in one piece (a crash leaves the old one), readable by its owner alone. */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.new`
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}
