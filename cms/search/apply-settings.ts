import { ask, indexOf, type SearchEngine, settle } from './engine.ts'
import { INDEX, PRIMARY_KEY } from './index-names.ts'
import { SETTINGS } from './settings.ts'

/** Makes the index where it is missing, and gives it our settings. Throws `SearchEngineUnreachable` or `SearchEngineRefused`. */
export async function applySettings(engine: SearchEngine, uid: string = INDEX): Promise<void> {
  const { results } = await ask(engine.getRawIndexes({ limit: 1000 }))
  if (!results.some((index) => index.uid === uid)) await settle(engine, [await ask(engine.createIndex(uid, { primaryKey: PRIMARY_KEY }))])
  await settle(engine, [await ask(indexOf(engine, uid).updateSettings(SETTINGS))])
}
