import { isAbsolute, join } from 'node:path'
import { NoAddress, parseTrustedProxies } from '@cluster/shared/http/client-address'
import { rateSchema } from '@cluster/shared/http/rate'
import { z } from 'zod'

/** Thrown at boot when the environment is incomplete or unsafe; the message is for the operator. */
export class UnsafeEnvironment extends Error {
  override name = 'UnsafeEnvironment'
}

const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback)
const address = z.url({ protocol: /^https?$/ })
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ })

/** Shorter keys can be guessed; 32 characters of hex are 128 bits. */
const MIN_SECRET_LENGTH = 32
const secret = z.string().min(MIN_SECRET_LENGTH).refine((value) => new Set(value).size > 8, 'monotonous')

/** By default a proxy on this machine is believed: whoever else connects from here could do worse things. */
const trustedProxies = z.string().default('loopback').transform((list, context) => {
  try {
    return parseTrustedProxies(list)
  } catch (error) {
    if (!(error instanceof NoAddress)) throw error
    context.addIssue({ code: 'custom', message: error.message })
    return z.NEVER
  }
})

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  CLUSTER_MODE: z.enum(['demo', 'production']).default('production'),
  DATA_DIR: z.string().refine(isAbsolute, 'relative'),
  HOST: z.string().min(1).default('127.0.0.1'),
  CMS_PORT: port(3000),
  DELIVERY_PORT: port(3001),
  WORKER_PORT: port(3002),
  PORTAL_PORT: port(4321),
  CMS_OPERATOR_PORT: port(3003),
  DELIVERY_OPERATOR_PORT: port(3004),
  SLOW_QUERY_MS: z.coerce.number().int().min(1).max(600_000).default(200),
  DATABASE_URL: databaseUrl,
  /** How long a statement may take, in milliseconds; 0 for as long as it likes: what is not asked for by people (migrations, imports). */
  DATABASE_PATIENCE_MS: z.coerce.number().int().min(0).max(3_600_000).default(0),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  DELIVERY_DATABASE_URL: databaseUrl.optional(),
  MEILISEARCH_URL: address.optional(),
  MEILISEARCH_API_KEY: z.string().min(1).optional(),
  MEILISEARCH_SEARCH_KEY: z.string().min(1).optional(),
  PAYLOAD_SECRET: secret,
  INTAKE_KEY: secret,
  PREVIEW_SECRET: secret,
  ACCOUNT_KEY: secret,
  CMS_URL: address.optional(),
  CMS_ORIGIN: address.optional(),
  DELIVERY_URL: address.optional(),
  /** A portal itself, not what stands before it: stored pages that a proxy answers with are not what is asked for. */
  PORTAL_URL: address.optional(),
  PORTAL_ORIGIN: z.string().regex(/^https?:\/\/\{slug\}\./).optional(),
  MEDIA_DIR: z.string().refine(isAbsolute, 'relative').optional(),
  PAGE_STORE_DIR: z.string().refine(isAbsolute, 'relative').optional(),
  TRUSTED_PROXIES: trustedProxies,
  // Only attempts that fail are counted; a county's offices may share one address.
  SIGN_IN_RATE: rateSchema.default({ points: 100, seconds: 900 }),
  SIGN_IN_ACCOUNT_RATE: rateSchema.default({ points: 20, seconds: 900 }),
  // Portals ask it, hundreds of times a second at their busiest; more is a loop or an attack.
  DELIVERY_RATE: rateSchema.default({ points: 20_000, seconds: 10 }),
  CLAMD_SOCKET: z.string().refine(isAbsolute, 'relative').optional(),
  CLAMD_HOST: z.string().min(1).optional(),
  CLAMD_PORT: port(3310),
  /** A browser, for pictures of pilots; without one there are none. */
  CHROMIUM_PATH: z.string().refine(isAbsolute, 'relative').optional(),
}).transform((env) => ({
  ...env,
  scanner: env.CLAMD_SOCKET ? { socket: env.CLAMD_SOCKET } : env.CLAMD_HOST ? { host: env.CLAMD_HOST, port: env.CLAMD_PORT } : null,
  DATABASE_OWNER_URL: env.DATABASE_OWNER_URL ?? env.DATABASE_URL,
  DELIVERY_DATABASE_URL: env.DELIVERY_DATABASE_URL ?? env.DATABASE_URL,
  MEILISEARCH_SEARCH_KEY: env.MEILISEARCH_SEARCH_KEY ?? env.MEILISEARCH_API_KEY,
  CMS_URL: env.CMS_URL ?? `http://127.0.0.1:${env.CMS_PORT}`,
  DELIVERY_URL: env.DELIVERY_URL ?? `http://127.0.0.1:${env.DELIVERY_PORT}`,
  PORTAL_URL: env.PORTAL_URL ?? `http://127.0.0.1:${env.PORTAL_PORT}`,
  PORTAL_ORIGIN: env.PORTAL_ORIGIN ?? `http://{slug}.localhost:${env.PORTAL_PORT}`,
  MEDIA_DIR: env.MEDIA_DIR ?? join(env.DATA_DIR, 'media'),
  PAGE_STORE_DIR: env.PAGE_STORE_DIR ?? join(env.DATA_DIR, 'pages'),
}))

/** What every process of the CMS may rely on: parsed, complete, paths absolute. */
export type CmsEnv = z.output<typeof schema>

const RATE_HINT = '若干秒内的次数，形如 100/900（15 分钟内 100 次）'

/** What a variable is for, and what it must look like, in the operator's words. */
const HINTS: Record<string, string> = {
  DATA_DIR: '数据目录的绝对路径',
  DATABASE_URL: 'PostgreSQL 连接地址，形如 postgres://用户:密码@主机:5432/库名',
  DATABASE_OWNER_URL: '用于迁移的 PostgreSQL 连接地址，形如 postgres://用户:密码@主机:5432/库名',
  DELIVERY_DATABASE_URL: '只读的 PostgreSQL 连接地址，形如 postgres://用户:密码@主机:5432/库名',
  DATABASE_PATIENCE_MS: '一条数据库语句最多等多少毫秒，0 为不限',
  MEILISEARCH_URL: '搜索引擎地址，形如 http://主机:7700',
  PAYLOAD_SECRET: `至少 ${MIN_SECRET_LENGTH} 个随机字符`,
  INTAKE_KEY: `至少 ${MIN_SECRET_LENGTH} 个随机字符`,
  PREVIEW_SECRET: `至少 ${MIN_SECRET_LENGTH} 个随机字符`,
  ACCOUNT_KEY: `至少 ${MIN_SECRET_LENGTH} 个随机字符；用它加密各账号的动态验证码密钥，换了它，所有人都要重新绑定`,
  CMS_ORIGIN: '管理后台对外的地址，形如 https://admin.example.gov.cn',
  PORTAL_URL: '一个门户程序自己的地址，形如 http://127.0.0.1:4321',
  PORTAL_ORIGIN: '门户地址的样式，形如 https://{slug}.example.gov.cn',
  MEDIA_DIR: '附件目录的绝对路径',
  SLOW_QUERY_MS: '1 到 600000 之间的毫秒数，超过它的查询记入日志',
  PAGE_STORE_DIR: '页面存储目录的绝对路径',
  TRUSTED_PROXIES: '前置代理的地址或网段，逗号分隔，形如 loopback,10.0.0.0/8；没有就写 none',
  SIGN_IN_RATE: RATE_HINT,
  SIGN_IN_ACCOUNT_RATE: RATE_HINT,
  DELIVERY_RATE: RATE_HINT,
  CLAMD_SOCKET: '杀毒服务（clamd）套接字的绝对路径',
  CLAMD_HOST: '杀毒服务（clamd）的主机名或地址',
  CHROMIUM_PATH: 'Chromium 程序的绝对路径，用来给试点站点拍前后对比图',
  NODE_ENV: 'development、test 或 production',
  CLUSTER_MODE: 'demo 或 production',
}

/**
 * Parses an environment. Empty strings count as unset: compose files and CI write `NAME=` for "nothing".
 * Throws `UnsafeEnvironment` naming every variable that is missing or unsafe, without repeating its value.
 */
export function parseEnv(source: Record<string, string | undefined>): CmsEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const sentences = names.map((name) => {
    const fault = given[name] === undefined ? '没有设置' : '的值不可用'
    return `环境变量 ${name} ${fault}，应为${HINTS[name] ?? '1 到 65535 之间的端口号'}`
  })
  throw new UnsafeEnvironment(`${sentences.join('；')}。用 npm start 启动时这些值会自动给出。`)
}

let parsedOnce: CmsEnv | undefined

/**
 * The environment of this process, parsed at the first call and the same ever after.
 * Throws `UnsafeEnvironment`: let it end the process.
 */
export function env(): CmsEnv {
  parsedOnce ??= parseEnv(process.env)
  return parsedOnce
}

/**
 * Makes `values` the environment of this process, for what runs services in its own process (import, tests).
 * `env()` parses anew afterwards; what has kept an earlier answer keeps it.
 */
export function enterEnvironment(values: Record<string, string>): void {
  Object.assign(process.env, values)
  parsedOnce = undefined
}

/** The complete environment of a process that is about to be started. */
export type ProcessEnvironment = Record<string, string> & Pick<NodeJS.ProcessEnv, 'NODE_ENV'>

/** The environment as the operator gave it, unparsed: what the start script builds its children's environment from. */
export function givenEnvironment(): Record<string, string | undefined> {
  return { ...process.env }
}
