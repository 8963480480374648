// The start script proper, on the pinned Node: `main.ts <command> [arguments]`.
import { UnsafeEnvironment } from '../env.ts'
import { Refusal } from './refusal.ts'

type Command = { run: (argv: string[]) => Promise<number | void> }

const COMMANDS: Record<string, () => Promise<Command>> = {
  start: () => import('./commands/start.ts'),
  setup: () => import('./commands/setup.ts'),
  test: () => import('./commands/test.ts'),
  check: () => import('./commands/check.ts'),
  payload: () => import('./commands/payload.ts'),
  migration: () => import('./commands/migration.ts'),
  bench: () => import('./bench/bench.ts'),
  faults: () => import('./faults/faults.ts'),
  import: () => import('./import.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  export: () => import('./commands/export.ts'),
  'nginx-config': () => import('./nginx-config.ts'),
  'verify-audit': () => import('./commands/verify-audit.ts'),
  'audit-retire': () => import('./commands/audit-retire.ts'),
}

const [name = 'start', ...argv] = process.argv.slice(2)
const isFlag = name.startsWith('-')
try {
  const load = COMMANDS[isFlag ? 'start' : name]
  if (!load) throw new Refusal(`没有“${name}”这个命令。可用的命令：${Object.keys(COMMANDS).join('、')}。`)
  const command = await load()
  process.exit(await command.run(isFlag ? [name, ...argv] : argv) ?? 0)
} catch (error) {
  const isPlain = error instanceof Refusal || error instanceof UnsafeEnvironment
  console.error(isPlain ? error.message : error)
  process.exit(1)
}
