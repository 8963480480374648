import { Agent, request, type IncomingHttpHeaders } from 'node:http'

export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** From the call to the last byte, in milliseconds. */
  ms: number
}

export type Question = {
  port: number
  path: string
  /** The Host header, without port. The connection goes to 127.0.0.1: names below `.localhost` do not resolve here. */
  host?: string
  method?: string
  headers?: Record<string, string>
  body?: string
  agent?: Agent
  /** Without an answer for this long the request counts as failed; a minute where nothing is said. */
  timeoutMs?: number
}

/** Nothing here takes that long unless it hangs. */
const TIMEOUT_MS = 60_000

/** Connections that stay open, as a browser's do. */
export const keepAlive = (sockets = 1) => new Agent({ keepAlive: true, maxSockets: sockets })

/** One request. Rejects when there is no answer in time. */
export function ask({
  port,
  path,
  host = 'localhost',
  method = 'GET',
  headers = {},
  body,
  agent,
  timeoutMs = TIMEOUT_MS,
}: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        timeout: timeoutMs,
        headers: { host: `${host}:${port}`, ...headers },
        ...(agent ? { agent } : {}),
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks),
            ms: performance.now() - start,
          }),
        )
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${path} within ${timeoutMs} ms`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** The answer's JSON. Throws, with the beginning of what came instead, when the status is not the one expected. */
export async function askJson(question: Question, expected = 200): Promise<unknown> {
  const answer = await ask(question)
  if (answer.status !== expected) {
    throw new Error(
      `${question.method ?? 'GET'} ${question.path}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`,
    )
  }
  return JSON.parse(answer.body.toString('utf8'))
}
