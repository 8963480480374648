import { randomUUID } from 'node:crypto'
import { createLocalReq, type Payload, type SanitizedConfig } from 'payload'
import { openSession as openSessionOf } from '../domains/people/sessions/open-session.ts'
import { answerRequest } from '../rest/answer-request.ts'

/** A document as REST answers it: the fields that tests look at, whatever the collection. */
export type RestDocument = { id: number; version: number; state: string; isLive: boolean; publishedAt: string | null; title: string } & Record<string, unknown>
export type RestBody = {
  doc?: RestDocument
  docs?: RestDocument[]
  totalDocs?: number
  errors?: Array<{ message: string; code?: string; path?: string; data?: Record<string, unknown> }>
} & Record<string, unknown>
export type Answer = { status: number; body: RestBody; text: string }

export type Upload = { name: string; mediaType: string; bytes: Uint8Array }

export type RestClient = {
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  get: (path: string) => Promise<Answer>
  post: (path: string, body?: unknown) => Promise<Answer>
  patch: (path: string, body: unknown) => Promise<Answer>
  delete: (path: string) => Promise<Answer>
  /** A multipart request with a file and the other fields beside it. */
  upload: (method: string, path: string, fields: Record<string, unknown>, file?: Upload) => Promise<Answer>
}

const ORIGIN = 'http://127.0.0.1:3000'

/** The REST interface in this process, without Next and without a port: the same parsing, requests, hooks and access rules. */
export function restClient(config: Promise<SanitizedConfig>, token?: string): RestClient {
  const authorization: Record<string, string> = token ? { authorization: `JWT ${token}` } : {}
  const send = async (method: string, path: string, body: BodyInit | undefined, headers: Record<string, string>): Promise<Answer> => {
    const request = new Request(ORIGIN + path, { method, headers: { ...authorization, ...headers }, ...(body === undefined ? {} : { body, duplex: 'half' }) } as RequestInit)
    const response = await answerRequest(config, request)
    const text = await response.text()
    return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) as RestBody : {} }
  }
  const call: RestClient['call'] = (method, path, body, headers = {}) => send(
    method, path, body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body), { 'content-type': 'application/json', ...headers })
  return {
    call,
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
    upload: (method, path, fields, file) => {
      const { body, contentType } = multipart(fields, file)
      return send(method, path, body, { 'content-type': contentType, 'content-length': String(body.byteLength) })
    },
  }
}

/** Signs in over REST. @throws when the account is refused */
export async function signInOverRest(config: Promise<SanitizedConfig>, { email, password }: { email: string; password: string }): Promise<RestClient> {
  const answer = await restClient(config).post('/api/users/login', { email, password })
  if (typeof answer.body.token !== 'string') throw new Error(`sign-in of ${email} refused: ${answer.status} ${answer.text.slice(0, 300)}`)
  return restClient(config, answer.body.token)
}

/** A session as a sign-in would open it, without the hashing: for tests that are about something else. @returns its token */
export async function openSession(payload: Payload, userId: number): Promise<string> {
  const { email } = await payload.findByID({ collection: 'users', id: userId, depth: 0, overrideAccess: true })
  const { token } = await openSessionOf(await createLocalReq({}, payload), { id: userId, email }, { address: null, device: null })
  return token
}

/** As the admin sends it: the fields as JSON in `_payload`, the file beside them, its name in UTF-8. */
function multipart(fields: Record<string, unknown>, file?: Upload): { body: Uint8Array<ArrayBuffer>; contentType: string } {
  const boundary = `----test-${randomUUID()}`
  const parts = [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n${JSON.stringify(fields)}\r\n`)]
  if (file) {
    parts.push(
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.mediaType}\r\n\r\n`),
      Buffer.from(file.bytes), Buffer.from('\r\n'))
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { body: new Uint8Array(Buffer.concat(parts)), contentType: `multipart/form-data; boundary=${boundary}` }
}
