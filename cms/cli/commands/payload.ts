import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../folders.ts'
import { readSettings } from '../settings.ts'
import { toolEnvironment } from '../tool-environment.ts'

/**
 * `npm run payload -- <command>`: Payload's own tool (types, import map, new migrations), which needs the configuration
 * and no database. Answers the exit code.
 */
export async function run(argv: string[]): Promise<number> {
  // The tool's own transpiler is switched off: Node runs our TypeScript as it is.
  const args = [join(ROOT, 'node_modules', 'payload', 'bin.js'), '--disable-transpile', ...argv]
  const child = spawn(process.execPath, args, {
    cwd: join(ROOT, 'cms'),
    env: { ...toolEnvironment(readSettings().folders), PAYLOAD_CONFIG_PATH: 'payload.config.ts' },
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}
