import { Agent, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { z } from 'zod'
import { collectionSchema } from '@cluster/shared/delivery/records'
import { SearchEngineRefused, SearchEngineUnreachable, UNREACHABLE } from './engine-faults.ts'
import { INDEX } from './index-names.ts'

const answerSchema = z.object({
  hits: z.array(z.object({ collection: collectionSchema, documentId: z.number().int() })),
  facetDistribution: z.record(z.string(), z.record(z.string(), z.number().int())).optional(),
})
export type EngineAnswer = z.infer<typeof answerSchema>

/** What the public read side asks of the engine, with a key that can do nothing else. */
export type EngineReader = {
  /** One search in the engine's own terms. Throws `SearchEngineUnreachable` or `SearchEngineRefused`. */
  search: (question: Record<string, unknown>) => Promise<EngineAnswer>
  isHealthy: () => Promise<boolean>
  close: () => void
}

/**
 * Not by `fetch`: it sends head and body of a request apart, whereupon the engine holds back the second part of its answer until the
 * first is acknowledged, 40 milliseconds later.
 */
export function openEngineReader({ url, key, timeoutMs }: { url: string; key: string; timeoutMs: number }): EngineReader {
  const base = new URL(url.endsWith('/') ? url : `${url}/`)
  const isSecure = base.protocol === 'https:'
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const send = (path: string, body?: string) => new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = (isSecure ? secureRequest : request)(new URL(path, base), {
      agent, method: body === undefined ? 'GET' : 'POST', signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) },
    }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }))
      answer.on('error', reject)
    })
    call.on('error', reject)
    call.end(body)
  })

  return {
    search: async (question) => {
      const { status, text } = await send(`indexes/${INDEX}/search`, JSON.stringify(question)).catch((cause: unknown) => {
        throw new SearchEngineUnreachable(UNREACHABLE, { cause })
      })
      if (status >= 500) throw new SearchEngineUnreachable(`${UNREACHABLE}: ${status}`)
      if (status !== 200) throw new SearchEngineRefused(`the search engine refused: ${status} ${text.slice(0, 300)}`)
      return answerSchema.parse(JSON.parse(text))
    },
    isHealthy: () => send('health').then(({ status }) => status === 200, () => false),
    close: () => agent.destroy(),
  }
}
