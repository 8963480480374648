import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, type DataFolders } from './folders.ts'
import { lockBuild } from './lock-build.ts'
import { say, step } from './progress.ts'
import { Refusal } from './refusal.ts'
import { runScript } from './run-script.ts'
import { toolEnvironment } from './tool-environment.ts'

type Build = {
  name: string
  label: string
  /** What is built, from the checkout's root: folders and files. */
  inputs: string[]
  output: string
  cwd: string
  /** Program file below node_modules, and its arguments. */
  program: string
  args: string[]
}

const BUILDS: Build[] = [
  {
    name: 'build-cms',
    label: '构建管理后台',
    inputs: ['cms', 'shared', 'package-lock.json', 'tsconfig.json'],
    output: join(ROOT, 'cms', '.next'),
    cwd: join(ROOT, 'cms'),
    program: 'next/dist/bin/next',
    args: ['build'],
  },
  {
    name: 'build-portal',
    label: '构建门户',
    inputs: ['sites', 'themes', 'shared', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'],
    output: join(ROOT, 'sites', 'dist'),
    cwd: ROOT,
    program: 'astro/bin/astro.mjs',
    args: ['build'],
  },
]

/** What lies in the input folders and takes no part in a build. */
const BYSTANDERS = /(^|\/)(node_modules|\.next|dist|\.astro)(\/|$)|\.(test|fixture)\.tsx?$|\.md$|^cms\/(cli|seed|testing)\/|^cms\/next-env\.d\.ts$/

/** Builds what has changed since its last good build. Throws `Refusal` with the compiler's last words. */
export async function buildStale(folders: DataFolders): Promise<void> {
  for (const build of BUILDS) {
    if (isFresh(build)) continue
    const unlock = await lockBuild(build.output, () => say(`… 另一个进程正在${build.label}，等它完成`))
    try {
      if (isFresh(build)) continue
      const hash = hashInputs(build.inputs)
      await step(`${build.label}（首次约需一两分钟）`, () => runBuild(build, folders))
      writeFileSync(stampOf(build), hash)
    } finally {
      unlock()
    }
  }
}

function isFresh(build: Build): boolean {
  const stamp = stampOf(build)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashInputs(build.inputs)
}

/** Inside the output: who removes the output removes the claim that it is fresh. */
function stampOf(build: Build): string {
  return join(build.output, 'built-from.sha256')
}

function hashInputs(inputs: string[]): string {
  const files = inputs
    .flatMap((input) => input.includes('.') ? [input] : globSync(`${input}/**/*`, {
      cwd: ROOT, withFileTypes: true, exclude: (entry) => /^(node_modules|\.next|dist|\.astro)$/.test(entry.name),
    }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)))
    .filter((file) => !BYSTANDERS.test(file) && existsSync(join(ROOT, file)))
    .toSorted()
  const hash = createHash('sha256')
  for (const file of files) {
    const content = createHash('sha256').update(readFileSync(join(ROOT, file))).digest('hex')
    hash.update(`${file} ${content}\n`)
  }
  return hash.digest('hex')
}

async function runBuild(build: Build, folders: DataFolders): Promise<void> {
  rmSync(stampOf(build), { force: true })
  const run = await runScript({
    script: join('node_modules', build.program), args: build.args, name: build.name, cwd: build.cwd,
    env: toolEnvironment(folders), logFolder: folders.logs,
  })
  if (run.code !== 0) {
    throw new Refusal(`${build.label}没有成功。日志在 ${run.logPath}，最后几行：\n${run.output}`)
  }
}
