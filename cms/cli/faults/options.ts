import { parseArgs } from 'node:util'
import { Refusal } from '../refusal.ts'

export type FaultOptions = {
  isJson: boolean
  /** Names of the cases wanted; null for all. */
  only: string[] | null
  /** How long one fault lasts. */
  holdMs: number
  kills: number
  /** Texts that are written and published while processes are killed. */
  publications: number
  seed: number
}

const HOLD_SECONDS = 6
const KILLS = 50
const PUBLICATIONS = 200

/** Reads `--json --only NAME,NAME --seconds N --kills N --publications N --seed N`. Throws `Refusal` on what it cannot use. */
export function readFaultOptions(argv: string[], { cases, anySeed }: { cases: readonly string[]; anySeed: number }): FaultOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      seconds: { type: 'string' },
      kills: { type: 'string' },
      publications: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const number = (name: 'seconds' | 'kills' | 'publications' | 'seed', usual: number) => {
    const given = values[name]
    if (given === undefined) return usual
    const value = Number(given)
    if (!Number.isInteger(value) || value < 1) throw new Refusal(`--${name} 应为不小于 1 的整数，给出的是“${given}”。`)
    return value
  }
  const only = values.only?.split(',').map((name) => name.trim()).filter(Boolean) ?? null
  const unknown = only?.find((name) => !cases.includes(name))
  if (unknown !== undefined) throw new Refusal(`没有“${unknown}”这一项。可以演练的有：${cases.join('、')}。`)
  return {
    isJson: values.json,
    only,
    holdMs: number('seconds', HOLD_SECONDS) * 1000,
    kills: number('kills', KILLS),
    publications: number('publications', PUBLICATIONS),
    seed: number('seed', anySeed),
  }
}
