import { givenEnvironment, type ProcessEnvironment } from '../env.ts'
import type { ClusterMode } from './cluster-mode.ts'
import type { Secrets } from './secrets.ts'
import type { DatabaseAddresses } from './services/database-addresses.ts'
import type { Ports } from './services/ports.ts'
import type { Settings } from './settings.ts'

/** Where a search engine answers, and with which keys; null: search runs on PostgreSQL. */
export type SearchAddress = { url: string, adminKey: string, searchKey: string } | null

/**
 * The complete environment of the cluster's processes: what the operator gave, and everything derived.
 * Inner processes listen on 127.0.0.1 whatever HOST says; only CMS and portal face people.
 */
export function clusterEnvironment(
  { settings, secrets, database, search, ports, mode }: {
    settings: Settings
    secrets: Secrets
    database: DatabaseAddresses
    search: SearchAddress
    ports: Ports
    mode: ClusterMode
  },
): ProcessEnvironment {
  const given = Object.fromEntries(
    Object.entries(givenEnvironment()).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  // What npm sets for its own children would only confuse theirs; colours are for terminals; a passphrase is for one command.
  for (const name of Object.keys(given)) if (/^npm_|^FORCE_COLOR$|^BACKUP_PASSPHRASE$/i.test(name)) delete given[name]
  const engine: Record<string, string> = search
    ? { MEILISEARCH_URL: search.url, MEILISEARCH_API_KEY: search.adminKey, MEILISEARCH_SEARCH_KEY: search.searchKey }
    : { MEILISEARCH_URL: '', MEILISEARCH_API_KEY: '', MEILISEARCH_SEARCH_KEY: '' }
  return {
    ...given,
    ...engine,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // What the processes say goes into files.
    NO_COLOR: '1',
    CLUSTER_MODE: mode,
    DATA_DIR: settings.folders.root,
    MEDIA_DIR: settings.folders.media,
    PAGE_STORE_DIR: settings.folders.pages,
    HOST: settings.HOST,
    PORTAL_PORT: String(ports.portal),
    CMS_PORT: String(ports.cms),
    DELIVERY_PORT: String(ports.delivery),
    WORKER_PORT: String(ports.worker),
    OPERATOR_PORT: String(ports.operator),
    CMS_OPERATOR_PORT: String(ports.cmsOperator),
    DELIVERY_OPERATOR_PORT: String(ports.deliveryOperator),
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DELIVERY_DATABASE_URL: database.deliveryUrl,
    CMS_URL: `http://127.0.0.1:${ports.cms}`,
    DELIVERY_URL: `http://127.0.0.1:${ports.delivery}`,
    PORTAL_ORIGIN: settings.PORTAL_ORIGIN ?? `http://{slug}.localhost:${ports.portal}`,
    PAYLOAD_SECRET: settings.PAYLOAD_SECRET ?? secrets.payloadSecret,
    INTAKE_KEY: settings.INTAKE_KEY ?? secrets.intakeKey,
    PREVIEW_SECRET: settings.PREVIEW_SECRET ?? secrets.previewSecret,
    ACCOUNT_KEY: settings.ACCOUNT_KEY ?? secrets.accountKey,
  }
}
