import { Agent } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { ask } from '../bench/ask.ts'
import type { Trial } from './open-trial.ts'

/** What came back; `null` for the status where nothing did: the deed may have been done or not. */
export type Told = { status: number | null; json: Record<string, unknown>; text: string }
export type Person = {
  /** What signs its requests, for those that are not JSON. */
  authorization: string
  call: (method: string, path: string, body?: unknown) => Promise<Told>
}

/** A clerk's browser gives up later; a clerk does not. */
const PATIENCE_MS = 12_000
const SIGN_IN_ATTEMPTS = 20
const AGAIN_MS = 500

/** Signs a demo account in, through nginx (or at `port`), as often as it takes. Throws when the account is refused. */
export async function signIn(trial: Trial, { duty, site, port = trial.front.cms }: { duty: string; site: string; port?: number }): Promise<Person> {
  const account = trial.accounts.find((candidate) => candidate.duty === duty && candidate.site === site)
  if (!account) throw new Error(`no demo account has the duty ${duty} on ${site}`)
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const send = async (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Told> => {
    try {
      const answer = await ask({
        port, path, method, agent, timeoutMs: PATIENCE_MS, headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = answer.body.toString('utf8')
      return { status: answer.status, text, json: parse(text) }
    } catch (error) {
      return { status: null, text: error instanceof Error ? error.message : String(error), json: {} }
    }
  }
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send('POST', '/api/users/login', {}, { email: account.email, password: account.password })
    const parsed = z.object({ token: z.string() }).safeParse(answer.json)
    if (parsed.success) {
      const authorization = `JWT ${parsed.data.token}`
      return { authorization, call: (method, path, body) => send(method, path, { authorization }, body) }
    }
    if (attempt >= SIGN_IN_ATTEMPTS) throw new Error(`sign-in of ${account.email} refused: ${answer.status} ${answer.text.slice(0, 300)}`)
    await wait(AGAIN_MS)
  }
}

function parse(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) return {}
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    // An answer that was cut off in the middle.
    return {}
  }
}
