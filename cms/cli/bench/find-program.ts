import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { givenEnvironment } from '../../env.ts'

/** Where servers are installed, which ordinary users' paths leave out. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/** The full path of an installed program; null where there is none. */
export function findProgram(name: string): string | null {
  const folders = [...(givenEnvironment().PATH ?? '').split(delimiter).filter(Boolean), ...SERVER_FOLDERS]
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
