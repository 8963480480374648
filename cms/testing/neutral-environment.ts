import { SETTING_NAMES } from '../cli/settings.ts'
import { givenEnvironment } from '../env.ts'

/** The environment without the operator's decisions about a cluster: what a command under test starts from. */
export function neutralEnvironment(): Record<string, string | undefined> {
  const entries = Object.entries(givenEnvironment())
  return Object.fromEntries(entries.filter(([name]) => !SETTING_NAMES.includes(name)))
}
