import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { clientAddress, countedAs, type TrustedProxies } from '@cluster/shared/http/client-address'
import { type Rate, tooOften } from '@cluster/shared/http/rate'

export type RequestLimits = { rate: Rate; trusted: TrustedProxies }

/**
 * Lets in what only reads, so often for each address. Answers hold data and nothing that a browser should act on. Whoever watches whether
 * the server is well is not counted.
 */
export function limitRequests({ rate, trusted }: RequestLimits): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points: rate.points, duration: rate.seconds })
  return async (context, next) => {
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
    const { method } = context.req
    if (method !== 'GET' && method !== 'HEAD') return refused(context, 405, 'read-only', '这里只能读取。', { Allow: 'GET, HEAD' })
    if (Number(context.req.header('content-length') ?? 0) > 0 || context.req.header('transfer-encoding')) {
      return refused(context, 413, 'no-body', '读取不需要附带内容。', { Connection: 'close' })
    }
    const seconds = context.req.path === '/healthz' ? null : await exceeded(limiter, countedAs(addressOf(context, trusted)))
    if (seconds !== null) return refused(context, 429, 'too-many', tooOften('读取', seconds), { 'Retry-After': String(seconds) })
    return next()
  }
}

async function exceeded(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (result) {
    if (!(result instanceof RateLimiterRes)) throw result
    return Math.max(1, Math.ceil(result.msBeforeNext / 1000))
  }
}

function addressOf(context: Context, trusted: TrustedProxies): string {
  // Asked without a connection (in this process), there is no other end.
  const peer = context.env?.incoming ? getConnInfo(context).remote.address : undefined
  return clientAddress({ peer, forwardedFor: context.req.header('x-forwarded-for'), trusted })
}

function refused(context: Context, status: 405 | 413 | 429, code: string, message: string, headers: Record<string, string>): Response {
  return context.json({ error: { code, message } }, status, headers)
}
