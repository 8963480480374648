import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../folders.ts'
import { step } from '../progress.ts'
import { Refusal } from '../refusal.ts'

/** `npm run check`: types of all workspaces, and of the portal's pages. Answers the exit code. */
export async function run(): Promise<number> {
  await step('检查类型（tsc）', () => runTool('typescript/bin/tsc', ['--noEmit', '-p', '.']))
  await step('检查门户页面（astro check）', () => runTool('astro/bin/astro.mjs', ['check']))
  return 0
}

async function runTool(program: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: ROOT, stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Refusal('检查没有通过，问题见上面的输出。')
}
