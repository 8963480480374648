import type { DemoAccount } from '../seed/accounts.ts'
import { type Answer, ask, type RunningCluster } from './running-cluster.ts'

/** Signed-in calls to a running CMS, as its admin makes them. */
export type SignedIn = {
  call: (method: string, path: string, body?: unknown) => Promise<Answer & { json: Record<string, unknown> }>
  /** Creates a document and answers it. */
  create: (collection: string, data: Record<string, unknown>) => Promise<{ id: number; version: number }>
  /** Takes a transition; the answer is the endpoint's own. */
  transition: (collection: string, document: { id: number; version: number }, action: string, more?: Record<string, unknown>) => Promise<Answer & { json: Record<string, unknown> }>
}

/** Signs in over HTTP. @throws when the account is refused */
export async function signIn(cluster: RunningCluster, account: DemoAccount): Promise<SignedIn> {
  const port = cluster.database.ports.cms
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(port, '/api/users/login', { method: 'POST', headers, body: JSON.stringify({ email: account.email, password: account.password }) })
  const { token } = JSON.parse(answer.text) as { token?: string }
  if (!token) throw new Error(`sign-in of ${account.email} refused: ${answer.status} ${answer.text.slice(0, 300)}`)
  const call: SignedIn['call'] = async (method, path, body) => {
    const called = await ask(port, path, {
      method, headers: { ...headers, authorization: `JWT ${token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { ...called, json: called.text.startsWith('{') ? JSON.parse(called.text) : {} }
  }
  return {
    call,
    create: async (collection, data) => {
      const created = await call('POST', `/api/${collection}?depth=0`, data)
      if (created.status !== 201) throw new Error(`creating in ${collection}: ${created.status} ${created.text.slice(0, 500)}`)
      return created.json.doc as { id: number; version: number }
    },
    transition: (collection, { id, version }, action, more = {}) => call('POST', `/api/${collection}/${id}/transitions`, { action, version, ...more }),
  }
}

/** Rich text of plain paragraphs, as the editor would send it. */
export function richText(...paragraphs: string[]) {
  const block = { direction: 'ltr', format: '', indent: 0, version: 1 }
  return { root: { type: 'root', ...block, children: paragraphs.map((text) => ({
    type: 'paragraph', ...block, textFormat: 0, textStyle: '', children: [{ type: 'text', text, format: 0, detail: 0, mode: 'normal', style: '', version: 1 }] })) } }
}
