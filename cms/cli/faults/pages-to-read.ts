import { columnPath, homePath } from '@cluster/shared/delivery/addresses'
import { readLoadedDocuments } from '../bench/loaded-documents.ts'
import { READ_SITE, type Trial } from './open-trial.ts'
import type { Page } from './readers.ts'

/** Pages of a site that nobody works on meanwhile: they are stored, and stay so. */
export async function pagesToRead(trial: Trial): Promise<Page[]> {
  const host = `${READ_SITE}.localhost`
  const documents = (await readLoadedDocuments({ DATABASE_URL: trial.database.appUrl })).filter(({ site }) => site === READ_SITE).slice(0, 12)
  const paths = [homePath(), columnPath('updates'), columnPath('notices'), ...documents.map(({ collection, id }) => `/${collection}/${id}/`)]
  return paths.map((path) => ({ host, path }))
}
