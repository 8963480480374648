import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { givenEnvironment } from '../env.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** What to do where no browser is found: said once, beside the number of skipped journeys. */
export const CHROMIUM_HINT = '没有找到 Chromium，浏览器走查已跳过。安装：sudo apt-get install -y chromium fonts-noto-cjk，'
  + '或用 CHROMIUM_PATH 指出已有的浏览器。'

/** Switches that keep a browser under test quiet: no sandbox in containers, no traffic of its own. */
export const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--no-first-run',
]

/** The browser that journeys run in: the one named by CHROMIUM_PATH, or one on the PATH; null where there is none. */
export function findChromium(given = givenEnvironment()): string | null {
  if (given.CHROMIUM_PATH) return isProgram(given.CHROMIUM_PATH) ? given.CHROMIUM_PATH : null
  const folders = (given.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
