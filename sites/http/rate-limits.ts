import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { countedAs } from '@cluster/shared/http/client-address'
import type { Rate } from '@cluster/shared/http/rate'

/** What is counted by address: each costs a question to a server behind the portal. */
export type LimitedDeed = 'search' | 'letter' | 'status'

export type RateLimits = {
  /** Counts one more; null while it is allowed, otherwise the seconds until it will be again. */
  exceeded: (deed: LimitedDeed, address: string) => Promise<number | null>
}

/** Counts in this process's memory: a reader stays with one portal for as long as the counting takes, and a restart forgives. */
export function createRateLimits(rates: Record<LimitedDeed, Rate>): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(rates).map(([deed, { points, seconds }]) => [
      deed,
      new RateLimiterMemory({ keyPrefix: deed, points, duration: seconds }),
    ]),
  ) as Record<LimitedDeed, RateLimiterMemory>
  return {
    exceeded: async (deed, address) => {
      try {
        await limiters[deed].consume(countedAs(address))
        return null
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
      }
    },
  }
}
