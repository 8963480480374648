import { rmSync } from 'node:fs'
import { makeDataFolders } from '../cli/folders.ts'
import { openSecrets } from '../cli/secrets.ts'
import { openHouse } from '../cli/services/house.ts'
import { hasSearchEngine, orderSearchEngine, settleSearchKeys } from '../cli/services/search-engine.ts'
import { testSettings } from './services.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type TestSearchEngine = {
  url: string
  adminKey: string
  searchKey: string
  /** Ends it in order; `start` brings it back with what it had, on the same port. */
  stop: () => Promise<void>
  start: () => Promise<void>
  /** Ends it for good and removes its folder. */
  close: () => Promise<void>
}

/** False where the packages bring no engine for this platform: tests that need one are skipped there. */
export const hasTestSearchEngine = hasSearchEngine()

/** A real Meilisearch of one's own, empty, so that test files running side by side do not see one another's index. */
export async function startTestSearchEngine(): Promise<TestSearchEngine> {
  const folder = temporaryFolder('cluster-test-search')
  const settings = testSettings(folder)
  makeDataFolders(settings.folders)
  const secrets = openSecrets(settings.folders)
  let house = openHouse({ folders: settings.folders, isEchoed: false })
  const launch = async () => {
    house = openHouse({ folders: settings.folders, isEchoed: false })
    const { order, url } = await orderSearchEngine({ settings, secrets })
    await house.start([order])
    return url
  }
  process.once('exit', () => house.kill())
  const url = await launch()
  const { searchAdminKey, searchOnlyKey } = await settleSearchKeys({ settings, secrets, url })
  return {
    url,
    adminKey: searchAdminKey,
    searchKey: searchOnlyKey,
    stop: () => house.stop(),
    start: async () => { await launch() },
    close: async () => {
      await house.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
