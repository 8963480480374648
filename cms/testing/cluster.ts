import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFolders, ROOT } from '../cli/folders.ts'
import { readRunning, type Running } from '../cli/services/running.ts'
import { freePort } from '../cli/services/ports.ts'
import { neutralEnvironment } from './neutral-environment.ts'
import { temporaryFolder } from './temporary-folder.ts'

const accountsSchema = z.array(z.object({
  email: z.string(), password: z.string(), name: z.string(), duty: z.string(), site: z.string(),
  totpSecret: z.string().optional(),
}))

export type TestCluster = {
  dataDir: string
  portalPort: number
  cmsPort: number
  env: Record<string, string>
  /** Demo accounts, as the seed wrote them. */
  accounts: () => z.output<typeof accountsSchema>
  /** The processes as they are now, for tests that kill one. */
  services: () => Running['services']
  /** Stops everything in order; the folder stays when it was given, and goes when it was not. */
  stop: () => Promise<void>
}

/**
 * The whole cluster as `npm start` brings it up, on free ports, for journeys and crash tests. It must have been built.
 * `dataDir`: an existing folder, kept (a first start in it seeds the demo); without one, a temporary one.
 */
export async function startTestCluster(
  { dataDir, env = {} }: { dataDir?: string, env?: Record<string, string> } = {},
): Promise<TestCluster> {
  const folder = dataDir ?? temporaryFolder('cluster-journey')
  const [portalPort, cmsPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, [join(ROOT, 'cms', 'cli', 'main.ts'), 'start'], {
    cwd: ROOT,
    env: {
      ...neutralEnvironment(), ...env, NODE_ENV: 'production', DATA_DIR: folder,
      PORTAL_PORT: String(portalPort), CMS_PORT: String(cmsPort),
    },
    // The channel's closing stops the cluster: when the test process dies, nothing is left behind.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('已就绪')) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`The cluster did not come up:\n${output}`)))
  })
  await ready
  const folders = dataFolders(folder)
  const running = readRunning(folders)
  if (!running?.env) throw new Error('The cluster says that it is up and has not written down its environment')
  return {
    dataDir: folder,
    portalPort,
    cmsPort,
    env: running.env,
    accounts: () => accountsSchema.parse(JSON.parse(readFileSync(folders.demoAccounts, 'utf8'))),
    services: () => readRunning(folders)?.services ?? {},
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      if (!dataDir) rmSync(folder, { recursive: true, force: true })
    },
  }
}
