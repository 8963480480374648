import { randomUUID } from 'node:crypto'
import { sql, type postgresAdapter } from '@payloadcms/db-postgres'

type Opener = ReturnType<typeof postgresAdapter>
type Adapter = ReturnType<Opener['init']>
type Begin = NonNullable<Adapter['beginTransaction']>
type Transaction = Parameters<Parameters<Adapter['drizzle']['transaction']>[0]>[0]

/** Ends a transaction by rolling it back; nobody is told of it as a fault. */
class RolledBack extends Error {
  override name = 'RolledBack'
}

/**
 * An adapter whose commits tell the truth. The original hears nothing of a COMMIT that fails (the server is killed at that moment, the line is
 * cut) and of one that PostgreSQL turns into a ROLLBACK (a statement had failed before, and somebody had swallowed it): the person would be told
 * that the work is done, and it would be gone.
 */
export function honestCommits(opener: Opener): Opener {
  return {
    ...opener,
    init: (options) => {
      const adapter = opener.init(options)
      adapter.beginTransaction = ((transactionOptions) => begin(adapter, transactionOptions)) as Begin
      adapter.commitTransaction = async (incoming) => {
        const id = await incoming
        const session = id === undefined || id === null ? undefined : adapter.sessions[id]
        // Ended already, by whoever shares it.
        if (!session) return
        delete adapter.sessions[id!]
        await session.resolve()
      }
      return adapter
    },
  }
}

async function begin(adapter: Adapter, options: Parameters<Begin>[0]): Promise<string> {
  await (adapter as Adapter & { initializing?: Promise<void> }).initializing
  let commit = () => {}
  let rollBack = () => {}
  const opened = Promise.withResolvers<Transaction>()
  const done = adapter.drizzle.transaction(async (transaction) => {
    await new Promise<void>((resolve, reject) => {
      commit = resolve
      rollBack = () => reject(new RolledBack())
      opened.resolve(transaction)
    })
    // A COMMIT of what has failed answers without an error; any other statement says so.
    await transaction.execute(sql`select`)
  }, (options ?? adapter.transactionOptions) as Parameters<Adapter['drizzle']['transaction']>[1])
  // Told to whoever begins; afterwards to whoever ends it.
  done.catch(opened.reject)
  const db = await opened.promise
  const id = randomUUID()
  adapter.sessions[id] = {
    db: db as unknown as Adapter['sessions'][string]['db'],
    resolve: async () => {
      commit()
      await done
    },
    reject: async () => {
      rollBack()
      await done.catch(() => {})
    },
  }
  return id
}
