import { z } from 'zod'
import { ask, askJson, type Answer, type Question } from './ask.ts'

type Env = Record<string, string>
type Asked = Omit<Question, 'port' | 'host'> & { site: string }

/** The name under which a site's portal answers. */
export const hostOf = (site: string) => `${site}.localhost`

/** Asks a site's portal. */
export function askPortal(env: Env, { site, ...question }: Asked): Promise<Answer> {
  return ask({ ...question, port: Number(env.PORTAL_PORT), host: hostOf(site) })
}

let readers = 0

/** Another reader's address each time, out of those that belong to nobody (RFC 1918). */
export function readerAddress(): string {
  readers += 1
  return `10.${(readers >> 16) & 255}.${(readers >> 8) & 255}.${readers & 255}`
}

const foundSchema = z.object({
  hits: z.array(z.object({ title: z.string() })),
  total: z.number(),
  degraded: z.boolean(),
})

/** Asks `/api/search`. Throws when the answer is no result. */
export async function search(
  env: Env,
  { q, ...question }: Omit<Asked, 'path'> & { q: string },
): Promise<z.output<typeof foundSchema> & { ms: number }> {
  // Each query is another reader's, as a trusted proxy would say: how often one reader may search is not what is measured.
  const headers = { 'x-forwarded-for': readerAddress(), ...question.headers }
  const answer = await askPortal(env, { ...question, headers, path: `/api/search?q=${encodeURIComponent(q)}` })
  if (answer.status !== 200)
    throw new Error(`search for ${q}: ${answer.status} ${answer.body.toString('utf8').slice(0, 200)}`)
  return { ...foundSchema.parse(JSON.parse(answer.body.toString('utf8'))), ms: answer.ms }
}

const reportSchema = z.object({
  renders: z.number(),
  errors: z.number(),
  store: z.object({ entries: z.number(), bytes: z.number(), warming: z.number() }),
  latestRenders: z.array(z.object({ page: z.string(), ms: z.number() })),
})

/** What the portal's operator port tells of it. */
export async function readPortal(env: Env): Promise<z.output<typeof reportSchema>> {
  return reportSchema.parse(await askJson({ port: Number(env.OPERATOR_PORT), path: '/healthz' }))
}

/** Waits until the portal renders nothing in the background, so that what is counted next was asked for. */
export async function untilPortalRests(env: Env): Promise<void> {
  while ((await readPortal(env)).store.warming > 0) await new Promise((resolve) => setTimeout(resolve, 50))
}
