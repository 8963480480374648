import { documentPath } from '@cluster/shared/delivery/addresses'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { documentTag } from '@cluster/shared/delivery/tags'
import { Pool } from 'pg'
import { keepAlive } from './ask.ts'
import { readLoadedDocuments, type LoadedDocument } from './loaded-documents.ts'
import { pickEvenly } from './pick-evenly.ts'
import { askPortal, search, untilPortalRests } from './portal.ts'
import { makeQueries } from './queries.ts'

/** What readers do, in hundredths: read what is stored, read what has just been purged, search for something that nobody has asked before. */
const MIX = { stored: 70, purged: 15, search: 15 } as const
export type ReaderKind = keyof typeof MIX

/** Pages that stay stored, and pages that are purged again and again. */
const STORED_PAGES = 200
const PURGED_PAGES = 1_000
const SOCKETS = 256
/** Searches before the stream begins: like the pages, the search is one that has been asked before, by other queries. */
const EARLIER_SEARCHES = 100

export type MixedReaders = {
  kindOf: (number: number) => ReaderKind
  /** Request `number` of the stream. Rejects unless it is answered as it should be. */
  request: (number: number) => Promise<void>
  /** How many different queries there are. */
  queries: number
  close: () => Promise<void>
}

/** Readers of all three kinds, evenly mixed; all pages that they will ask for are in the store. */
export async function openMixedReaders(env: Record<string, string>, { requests }: { requests: number }): Promise<MixedReaders> {
  const documents = await readLoadedDocuments(env)
  const chosen = pickEvenly(documents, STORED_PAGES + PURGED_PAGES)
  const purged = chosen.filter((_, number) => number % 6 !== 0)
  const stored = chosen.filter((_, number) => number % 6 === 0)
  const wanted = Math.ceil(requests * MIX.search / 100)
  const all = pairUp(makeQueries(documents, wanted + EARLIER_SEARCHES), wanted + EARLIER_SEARCHES)
  const [earlier, queries] = [all.slice(wanted), all.slice(0, wanted)]
  const agent = keepAlive(SOCKETS)
  const pool = new Pool({ connectionString: env.DATABASE_URL, max: 4 })
  const read = async ({ site, collection, id }: LoadedDocument) => {
    const path = documentPath({ collection: collection as DocumentCollection, id })
    const { status } = await askPortal(env, { site, path, agent })
    if (status !== 200) throw new Error(`${site}${path}: ${status}`)
  }
  for (const document of chosen) await read(document)
  for (const q of earlier) await search(env, { site: 'jiangsu', q, agent })
  await untilPortalRests(env)
  const of = <T>(list: readonly T[], number: number): T => list[number % list.length]!
  const kindOf = (number: number): ReaderKind => {
    // Thirteen is prime to a hundred: the kinds are spread, not bunched.
    const place = number * 13 % 100
    return place < MIX.stored ? 'stored' : place < MIX.stored + MIX.purged ? 'purged' : 'search'
  }
  return {
    kindOf,
    queries: queries.length,
    request: async (number) => {
      const kind = kindOf(number)
      // Number of the request within its kind: each hundred has as many of it as the mix says.
      const own = Math.floor(number / 100) * MIX[kind] + number % 100 % MIX[kind]
      if (kind === 'stored') return read(of(stored, own))
      if (kind === 'search') {
        await search(env, { site: 'jiangsu', q: of(queries, own), agent })
        return
      }
      const document = of(purged, own)
      const tag = documentTag({ collection: document.collection as DocumentCollection, id: document.id })
      await pool.query('select delivery.announce($1::text[])', [[tag]])
      await read(document)
    },
    close: async () => {
      agent.destroy()
      await pool.end()
    },
  }
}

/** As many different queries as are wanted: where the documents give fewer, two of them together are another one. */
export function pairUp(queries: readonly string[], wanted: number): string[] {
  const all = new Set(queries)
  for (let apart = 1; all.size < wanted && apart < queries.length; apart += 1) {
    for (let first = 0; all.size < wanted && first < queries.length; first += 1) {
      all.add(`${queries[first]} ${queries[(first + apart) % queries.length]}`)
    }
  }
  return [...all].slice(0, wanted)
}
