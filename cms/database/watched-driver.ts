import type { postgresAdapter } from '@payloadcms/db-postgres'
import pg from 'pg'
import { openWatchedPool, type PoolWatch } from './watched-pool.ts'

/** The driver as the adapter's own types know it. */
type Driver = NonNullable<Parameters<typeof postgresAdapter>[0]['pg']>

/** The driver with pools that are watched, for Payload's adapter, which opens its own. */
export function watchedDriver(watch: PoolWatch): Driver {
  function WatchedPool(options: pg.PoolConfig) {
    return openWatchedPool(options, watch)
  }
  return { ...pg, Pool: WatchedPool } as unknown as Driver
}
