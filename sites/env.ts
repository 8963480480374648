import { NoAddress, parseTrustedProxies } from '@cluster/shared/http/client-address'
import { rateSchema } from '@cluster/shared/http/rate'
import { z } from 'zod'

/** Thrown at boot when the environment is incomplete or wrong; the message is for the operator. */
export class UnusableEnvironment extends Error {
  override name = 'UnusableEnvironment'
}

const MEGABYTE = 1024 * 1024
const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback)
const address = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))

/** By default a proxy on this machine is believed: whoever else connects from here could do worse things. */
const trustedProxies = z
  .string()
  .default('loopback')
  .transform((list, context) => {
    try {
      return parseTrustedProxies(list)
    } catch (error) {
      if (!(error instanceof NoAddress)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })

const schema = z
  .object({
    PORTAL_PORT: port(4321),
    OPERATOR_PORT: port(4322),
    HOST: z.string().min(1).default('127.0.0.1'),
    DELIVERY_URL: address.default('http://127.0.0.1:3001'),
    CMS_URL: address.default('http://127.0.0.1:3000'),
    INTAKE_KEY: z.string().min(16),
    PORTAL_ORIGIN: z
      .string()
      .regex(/^https?:\/\/\{slug\}\.[a-z0-9.-]+(:\d+)?$/)
      .optional(),
    PAGE_STORE_DIR: z.string().min(1),
    PAGE_STORE_BYTES: z.coerce
      .number()
      .int()
      .min(MEGABYTE)
      .default(96 * MEGABYTE),
    MAX_STALE_HOURS: z.coerce
      .number()
      .min(0)
      .max(24 * 30)
      .default(24),
    TRUSTED_PROXIES: trustedProxies,
    // Offices of a whole city may share one address.
    SEARCH_RATE: rateSchema.default({ points: 200, seconds: 10 }),
    LETTER_RATE: rateSchema.default({ points: 20, seconds: 3600 }),
    // Codes have 60 bits: this is to keep guessers away, not what keeps codes safe.
    STATUS_RATE: rateSchema.default({ points: 60, seconds: 600 }),
  })
  .transform((env) => ({ ...env, PORTAL_ORIGIN: env.PORTAL_ORIGIN ?? `http://{slug}.localhost:${env.PORTAL_PORT}` }))

export type PortalEnv = z.output<typeof schema>

const RATE_HINT = '每个地址在若干秒内的次数，形如 200/10（10 秒内 200 次）'
const HINTS: Record<string, string> = {
  INTAKE_KEY: '与后台相同的密钥，至少 16 个字符',
  PORTAL_ORIGIN: '门户地址的样式，形如 https://{slug}.example.gov.cn',
  PAGE_STORE_DIR: '页面存储目录',
  PAGE_STORE_BYTES: '页面在内存中最多占用的字节数，不少于 1048576',
  MAX_STALE_HOURS: '与发布端失去联系后，已存页面还能使用的小时数，0 到 720',
  DELIVERY_URL: '发布端地址，形如 http://127.0.0.1:3001',
  CMS_URL: '后台地址，形如 http://127.0.0.1:3000',
  HOST: '监听地址，形如 127.0.0.1',
  TRUSTED_PROXIES: '前置代理的地址或网段，逗号分隔，形如 loopback,10.0.0.0/8；没有就写 none',
  SEARCH_RATE: RATE_HINT,
  LETTER_RATE: RATE_HINT,
  STATUS_RATE: RATE_HINT,
}

/**
 * Parses the environment of a portal. Empty strings count as unset.
 * Throws `UnusableEnvironment` naming every variable at fault, without repeating its value.
 */
export function parseEnv(source: Record<string, string | undefined>): PortalEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const sentences = names.map(
    (name) =>
      `环境变量 ${name} ${given[name] === undefined ? '没有设置' : '的值不可用'}，应为${HINTS[name] ?? '1 到 65535 之间的端口号'}`,
  )
  throw new UnusableEnvironment(`${sentences.join('；')}。用 npm start 启动时这些值会自动给出。`)
}

/** The environment of this process. Throws `UnusableEnvironment`: let it end the process. */
export function readEnv(): PortalEnv {
  return parseEnv(process.env)
}
