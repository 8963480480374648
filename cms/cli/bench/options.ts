import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../folders.ts'
import { Refusal } from '../refusal.ts'

export type BenchOptions = {
  isJson: boolean
  /** Start from an empty folder instead of the one kept from the last run. */
  isFresh: boolean
  /** Names of the figures wanted; null for all. */
  only: string[] | null
  /** The file of real documents; null where there is none. */
  policiesFile: string | null
}

/** Where the real documents lie beside a checkout; they are no part of the project. */
const USUAL_POLICIES = join(ROOT, '..', 'shared', 'data', 'policies.jsonl.gz')

/** Reads `--json --fresh --only NAME,NAME --policies FILE`. Throws `Refusal` on an unknown figure or a missing file. */
export function readBenchOptions(
  argv: string[],
  { figures, startedIn }: { figures: readonly string[]; startedIn: string },
): BenchOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      json: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      only: { type: 'string' },
      policies: { type: 'string' },
    },
  })
  const only =
    values.only
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? null
  const unknown = only?.find((name) => !figures.includes(name))
  if (unknown !== undefined) throw new Refusal(`没有“${unknown}”这一项。可以测量的有：${figures.join('、')}。`)
  const given = values.policies === undefined ? null : resolve(startedIn, values.policies)
  if (given !== null && !existsSync(given)) throw new Refusal(`找不到文件 ${given}。请核对 --policies 给出的路径。`)
  const policiesFile = given ?? (existsSync(USUAL_POLICIES) ? USUAL_POLICIES : null)
  return { isJson: values.json, isFresh: values.fresh, only, policiesFile }
}
