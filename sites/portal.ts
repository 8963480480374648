import { hostname } from 'node:os'
import { join } from 'node:path'
import { homePath } from '@cluster/shared/delivery/addresses'
import { clusterTag, directoryTag } from '@cluster/shared/delivery/tags'
import type { PortalEnv } from './env.ts'
import { createDeliveryClient } from './data/delivery.ts'
import { createIntakeClient } from './data/intake.ts'
import { createSiteRecords } from './data/site-records.ts'
import { createAcknowledger } from './feed/acknowledge.ts'
import { createFeedFollower } from './feed/follow.ts'
import { createFiles } from './files/files.ts'
import { createDirectory } from './hosts/directory.ts'
import type { Assets } from './http/assets.ts'
import { createHandler } from './http/handle.ts'
import { createLimit } from './http/limit.ts'
import { createRateLimits } from './http/rate-limits.ts'
import { atMostEvery, logFailure, logNews } from './http/log.ts'
import { createCounters } from './operator/counters.ts'
import { createContact } from './operator/contact.ts'
import { portalHealth } from './operator/health.ts'
import { createPortalMetrics } from './operator/metrics.ts'
import { createPageDisk, RECORDS_FOLDER } from './page-store/disk.ts'
import { createPages } from './page-store/pages.ts'
import { createStateKeeper, readState } from './page-store/state.ts'
import { createPageStore } from './page-store/store.ts'
import { createWarmer, WARM_AFTER_REQUEST_MS } from './page-store/warm.ts'
import { createRenderer, type AstroRender, type Target } from './render.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Pages with an end of their own, and the limit of staleness, are looked at that often. */
const TICK_MS = 30_000
const NO_QUERY = new URLSearchParams()

/**
 * Everything of a portal but its listeners: takes up what an earlier process has left on disk, catches up with the
 * change feed where it can, and gives back the handler of requests, what operators may know, and the way to stop.
 */
export async function openPortal({
  env,
  astro,
  assets,
  buildId,
}: {
  env: PortalEnv
  astro: AstroRender
  assets: Assets
  buildId: string
}) {
  const onError = (what: string) => (error: unknown) => logFailure({ reference: '-', what, error })
  const folder = env.PAGE_STORE_DIR
  const records = join(folder, RECORDS_FOLDER)
  const generation = `${buildId} ${env.PORTAL_ORIGIN}`
  const now = () => Date.now()

  const delivery = createDeliveryClient({ baseUrl: env.DELIVERY_URL })
  const directory = createDirectory({ delivery, origin: env.PORTAL_ORIGIN, folder: records })
  const siteRecords = createSiteRecords({ delivery, folder: records })
  const services = {
    delivery,
    directory,
    originPattern: env.PORTAL_ORIGIN,
    now: () => new Date(),
    intake: createIntakeClient({ baseUrl: env.CMS_URL, key: env.INTAKE_KEY }),
  }
  const counters = createCounters()
  const rates = createRateLimits({ search: env.SEARCH_RATE, letter: env.LETTER_RATE, status: env.STATUS_RATE })
  const disk = createPageDisk({ folder })
  // A full disk fails at every page: one line a minute says so.
  const onDiskError = atMostEvery(MINUTE_MS, onError('page store on disk, pages are kept in memory'))
  const store = createPageStore({ disk, maxBytes: env.PAGE_STORE_BYTES, now, onError: onDiskError })
  const files = createFiles({ delivery, folder, onError: onError('files on disk') })
  const render = createRenderer({
    astro,
    services,
    siteRecords,
    counters,
    limit: createLimit({ parallel: 8, waiting: 400 }),
  })

  await disk.open()
  const left = await readState(folder)
  const contact = createContact({ contactAt: left?.contactAt ?? 0, wall: now, steady: () => performance.now() })
  if (left?.generation === generation) (await disk.scan()).forEach(store.adopt)
  else await disk.clear()
  await directory.restore()

  const pages = createPages<Target>({ store, render, lastSeq: () => follower.seq(), now })
  const warmer = createWarmer<{ target: Target; requestedAt: number }>({
    keyOf: ({ target }) => `${target.host}${target.path}`,
    deed: ({ target, requestedAt }) => pages.renew(target, requestedAt),
  })

  function warm(page: { host: string; path: string; requestedAt: number }): void {
    const known = directory.host(page.host)
    if (!known) return
    warmer.add({
      target: { host: page.host, path: page.path, known, query: NO_QUERY, form: null },
      requestedAt: page.requestedAt,
    })
  }

  function purge(tags: readonly string[]): void {
    const purged = store.purge(tags)
    void files.purge(tags)
    counters.counts.purgedPages += purged.length
    // Home pages always: a static server in front may have answered for them without our hearing of it.
    purged
      .filter((page) => page.path === homePath() || now() - page.requestedAt <= WARM_AFTER_REQUEST_MS)
      .sort((one, other) => other.requestedAt - one.requestedAt)
      .forEach(warm)
  }

  /** A page made between a change of the directory and our hearing of it shows the old one: it goes once more. */
  async function refreshDirectory(): Promise<void> {
    if (await directory.refresh()) purge([directoryTag()])
  }

  const keeper = createStateKeeper({
    folder,
    read: () => ({ generation, seq: follower.seq(), contactAt: contact.at() }),
    settled: store.settled,
    onError: onError('note of the feed'),
  })
  const follower = createFeedFollower({
    delivery,
    startAt: left?.generation === generation ? left.seq : 0,
    apply: ({ tags }) => {
      counters.counts.feedEvents += 1
      purge(tags)
      if (tags.includes(directoryTag()) || tags.includes(clusterTag()))
        void refreshDirectory().catch(onError('directory'))
      keeper.note()
      acknowledger.note()
    },
    reset: async () => {
      await store.clear()
      await refreshDirectory()
      keeper.note()
    },
    onContact: contact.heard,
    onBreak: (error) => logFailure({ reference: '-', what: 'delivery server lost, serving what is stored', error }),
    onMend: (silentMs) => logNews(`delivery server is back after ${Math.round(silentMs / 1000)} s`),
    onError: onError('change feed'),
  })

  const startedAt = new Date().toISOString()
  const acknowledger = createAcknowledger({
    say: async () => {
      const seq = follower.seq()
      // Purged pages may still be on disk, where a static server in front would find them.
      await store.settled()
      const { entries, bytes } = store.size()
      await services.intake.acknowledge({
        id: `portal-${hostname()}-${env.PORTAL_PORT}`,
        host: hostname(),
        startedAt,
        seq,
        status: health().word,
        pages: entries,
        bytes,
      })
    },
  })

  /**
   * A portal that has not heard of the feed for too long serves nothing older than that: it may have been withdrawn.
   */
  function dropStale(): void {
    const mostMs = env.MAX_STALE_HOURS * HOUR_MS
    if (contact.silenceMs() <= mostMs) return
    store
      .pages()
      .filter((page) => page.storedAt < now() - mostMs)
      .forEach(store.drop)
  }

  await directory.refresh().catch(onError('directory at the start'))
  await follower.catchUp().catch(onError('change feed at the start'))
  dropStale()
  follower.start()
  keeper.note()
  acknowledger.start()

  let ticks = 0
  const tick = setInterval(() => {
    ticks += 1
    dropStale()
    store.pages().filter(store.isExpired).forEach(warm)
    if (!directory.isKnown() || ticks % 10 === 0) void refreshDirectory().catch(() => undefined)
    keeper.note()
  }, TICK_MS)
  const waitForDirectory = setInterval(() => {
    if (directory.isKnown()) clearInterval(waitForDirectory)
    else void directory.refresh().catch(() => undefined)
  }, 500)

  const metrics = createPortalMetrics({
    figures: () => ({
      ...counters.counts,
      seq: follower.seq(),
      silenceMs: contact.silenceMs(),
      store: { ...store.size(), maxBytes: env.PAGE_STORE_BYTES, warming: warmer.waiting() },
    }),
  })
  const health = () =>
    portalHealth({ silenceMs: contact.silenceMs(), isDirectoryKnown: directory.isKnown(), entries: store.size().entries })
  return {
    handle: createHandler({
      directory,
      assets,
      store,
      pages,
      render,
      files,
      counters,
      health,
      rates,
      trusted: env.TRUSTED_PROXIES,
      trialKey: env.INTAKE_KEY,
      answered: metrics.answered,
    }),
    metrics,
    report: () => ({
      status: health().word,
      build: buildId,
      seq: follower.seq(),
      sites: directory.sites().length,
      store: { ...store.size(), maxBytes: env.PAGE_STORE_BYTES, warming: warmer.waiting() },
      feed: {
        isConnected: follower.isConnected(),
        contactAt: contact.at() === 0 ? null : new Date(contact.at()).toISOString(),
      },
      ...counters.report(),
    }),
    health,
    close: async (): Promise<void> => {
      clearInterval(tick)
      clearInterval(waitForDirectory)
      follower.stop()
      acknowledger.stop()
      await keeper.flush()
    },
  }
}
