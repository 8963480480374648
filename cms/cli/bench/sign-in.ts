import { z } from 'zod'
import { ask, keepAlive, type Answer } from './ask.ts'
import type { BenchCluster } from './run-cluster.ts'

export type SignedIn = { call: (method: string, path: string, body?: unknown) => Promise<Answer & { json: unknown }> }

/** Signs the demo account with this duty on the site in. Throws when there is none, or it is refused. */
export async function signIn(
  cluster: BenchCluster,
  { duty, site }: { duty: string; site: string },
): Promise<SignedIn> {
  const account = cluster.accounts().find((candidate) => candidate.duty === duty && candidate.site === site)
  if (!account) throw new Error(`no demo account has the duty ${duty} on ${site}`)
  const port = Number(cluster.env.CMS_PORT)
  const agent = keepAlive()
  const send = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const answer = await ask({
      port,
      path,
      method,
      agent,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = answer.body.toString('utf8')
    return { ...answer, json: text.startsWith('{') ? (JSON.parse(text) as unknown) : null }
  }
  const { email, password } = account
  const answer = await send('POST', '/api/users/login', {}, { email, password })
  const parsed = z.object({ token: z.string() }).safeParse(answer.json)
  if (!parsed.success)
    throw new Error(`sign-in of ${email} refused: ${answer.status} ${answer.body.toString('utf8').slice(0, 200)}`)
  const authorization = `JWT ${parsed.data.token}`
  return { call: (method, path, body) => send(method, path, { authorization }, body) }
}
