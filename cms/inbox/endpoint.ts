import type { Endpoint } from 'payload'
import { personOf } from '../access/granted-sites.ts'
import { loadInbox } from './load-inbox.ts'

/** `GET /api/inbox` → `{ items, counts, isCut }`: what waits for the person who asks. */
export const inboxEndpoint: Endpoint = {
  path: '/inbox', method: 'get',
  handler: async (req) => personOf(req)
    ? Response.json(await loadInbox(req))
    : Response.json({ errors: [{ message: '请先登录。', code: 'sign-in-required' }] }, { status: 401 }),
}
