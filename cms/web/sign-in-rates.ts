import { createHash } from 'node:crypto'
import type { Payload, PayloadRequest } from 'payload'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { countedAs } from '@cluster/shared/http/client-address'
import { tooOften } from '@cluster/shared/http/rate'
import { addressOf } from '../audit/address-of.ts'
import { env } from '../env.ts'

/** What somebody tries is counted twice: by where they are, and by whom they say to be, whether there is such an account or not. */
type Counters = Record<'address' | 'account', RateLimiterPostgres>

const known = new WeakMap<Payload, Counters>()

/** In PostgreSQL, so that several CMS processes count together. Not within a transaction of the request: a refused attempt counts too. */
function countersOf(payload: Payload): Counters {
  const counters = known.get(payload) ?? {
    address: counter(payload, 'sign-in-address', env().SIGN_IN_RATE), account: counter(payload, 'sign-in-account', env().SIGN_IN_ACCOUNT_RATE),
  }
  known.set(payload, counters)
  return counters
}

function counter(payload: Payload, keyPrefix: string, { points, seconds }: { points: number; seconds: number }): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: payload.db.pool, storeType: 'pool', schemaName: 'cluster', tableName: 'rates', tableCreated: true, keyPrefix, points, duration: seconds,
    // Far beyond the limit the answer is known without asking.
    inMemoryBlockOnConsumed: points * 2,
  })
}

/**
 * Counts one attempt to sign in. @returns null while it may go on; otherwise the answer: 429, until when, and a sentence that does not tell
 * whether the account exists
 */
export async function countSignIn(req: PayloadRequest, email: string): Promise<Response | null> {
  const { address, account } = countersOf(req.payload)
  const seconds = Math.max(...await Promise.all(keysOf(req, email).map(([by, key]) => exceeded(by === 'address' ? address : account, key))))
  if (seconds === 0) return null
  return Response.json(
    { errors: [{ code: 'too-many', message: tooOften('登录', seconds) }] },
    { status: 429, headers: { 'retry-after': String(seconds), 'cache-control': 'no-store' } })
}

/** Gives the attempt back of whoever got in: an office of many people has one address. */
export async function forgiveSignIn(req: PayloadRequest, email: string): Promise<void> {
  const { address, account } = countersOf(req.payload)
  await Promise.all(keysOf(req, email).map(([by, key]) => (by === 'address' ? address.reward(key) : account.delete(key))))
}

function keysOf(req: PayloadRequest, email: string): ReadonlyArray<readonly ['address' | 'account', string]> {
  const from = addressOf(req)
  return [['account', digest(email)], ...(from ? [['address', digest(countedAs(from))] as const] : [])]
}

/** Nobody's address or name stands in the table. */
const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

/** @returns the seconds until the next attempt; 0 while this one is allowed */
async function exceeded(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
  }
}
