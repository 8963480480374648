import type { Answer, RestClient } from '../rest.ts'
import { CLUSTER_DOORS } from './cluster-doors.ts'
import type { Operation } from './collection-table.ts'
import { type Home, MARK } from './home.ts'
import type { Who } from './who.ts'

type Ask = (given: { home: Home; client: RestClient; number: number }) => Promise<Answer>

/**
 * A door that is more than an operation on a document: whom it lets in, and how it is tried.
 * `anyone`: also without signing in; what it tells is the asker's own. `account`: whoever has signed in, the first change of password made or not.
 * `portal`: only whoever holds the intake key, so nobody here.
 */
export type OpenDoor = {
  who: Who | 'anyone' | 'account' | 'portal'
  /** `anywhere`: a duty on any site is enough, the answer keeps to its sites. `whole`: the duty must reach the whole cluster. By default the document's site. */
  reach?: 'anywhere' | 'whole' | undefined
  ask: Ask
  /** Whether the answer says that the asker came in; by default any 2xx. */
  isIn?: (answer: Answer) => boolean
  /** Who may find the words of `HOME`'s documents behind it; by default whoever it lets in. */
  tells?: Who
}
/** `covered by`: asked as that operation, for every collection that has it. */
export type DoorRow = OpenDoor | Operation

const TEXTS = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer'] as const
const READERS = [...TEXTS, 'site-admin', 'province-admin', 'inspector'] as const
/** Let in, and then told what is wrong with an empty request. */
const notTurnedAway = ({ status }: Answer) => status !== 401 && status !== 403

const atDocument = (collection: string, rest: string): Ask => async ({ home, client }) => client.get(`/api/${collection}/${(await home.target(collection)).id}/${rest}`)
const reviewed = (collection: string): Record<string, DoorRow> => ({
  [`get /${collection}/:id/chain`]: { who: READERS, ask: atDocument(collection, 'chain') },
  [`get /${collection}/:id/versions`]: 'readVersion',
  [`get /${collection}/:id/versions/:versionId`]: 'readVersion',
  [`post /${collection}/:id/transitions`]: 'publish',
  ...(['import-batches', 'layouts'].includes(collection) ? {} : { [`get /${collection}/:id/preview-link`]: { who: READERS, ask: atDocument(collection, 'preview-link') } }),
})

/**
 * Every door of the REST interface, by the key that `rest/find-door.ts` gives it; `*` stands for any collection. What is closed to everybody
 * stands in `rest/closed-doors.ts`. An endpoint in neither fails the tests.
 */
export const DOORS: Record<string, DoorRow> = {
  'get /*': 'list', 'get /*/count': 'count', 'get /*/:id': 'read', 'post /*': 'create', 'patch /*/:id': 'update', 'patch /*': 'bulkUpdate',
  'delete /*/:id': 'delete', 'delete /*': 'bulkDelete', 'get /media/file/:filename': 'download',
  'post /*/access/:id?': {
    who: 'anyone', tells: 'nobody',
    ask: async ({ home, client }) => client.post(`/api/articles/access/${(await home.target('articles')).id}`),
  },
  ...reviewed('articles'), ...reviewed('policies'), ...reviewed('letters'), ...reviewed('import-batches'), ...reviewed('layouts'),
  'get /layouts/:id/frame': { who: READERS, ask: atDocument('layouts', 'frame') },
  'post /layouts/:id/live-preview': { who: READERS, ask: async ({ home, client }) => client.post(`/api/layouts/${(await home.target('layouts')).id}/live-preview`, {}) },

  'get /inbox': { who: 'signed-in', tells: TEXTS, ask: ({ client }) => client.get('/api/inbox') },
  'get /access': { who: 'anyone', tells: 'nobody', ask: ({ client }) => client.get('/api/access') },
  'post /intake/letters': { who: 'portal', ask: ({ client }) => client.post('/api/intake/letters', { site: 'suzhou' }) },
  'post /intake/portals': { who: 'portal', ask: ({ client }) => client.post('/api/intake/portals', { id: 'portal-1' }) },
  'post /intake/preview': { who: 'portal', ask: ({ client }) => client.post('/api/intake/preview', { token: 'x.y' }) },

  'post /users/login': { who: 'anyone', tells: 'nobody', isIn: notTurnedAway, ask: ({ client }) => client.post('/api/users/login', {}) },
  // Asked without a session only: signing everybody off would end the test's own sessions.
  'post /users/logout': { who: 'anyone', tells: 'nobody', isIn: () => true, ask: ({ home }) => home.offices.anonymous.post('/api/users/logout') },
  'post /users/refresh-token': { who: 'anyone', tells: 'nobody', isIn: () => true, ask: ({ home }) => home.offices.anonymous.post('/api/users/refresh-token') },
  'get /users/me': { who: 'anyone', tells: 'nobody', ask: ({ client }) => client.get('/api/users/me?depth=0') },
  'post /users/unlock': {
    who: ['security-admin'],
    ask: async ({ home, client }) => {
      const { id } = await home.target('users')
      const [row] = await home.offices.rows<{ email: string }>('select email from users where id = $1', [id])
      return client.post('/api/users/unlock', { email: row!.email })
    },
  },

  // One's own settings by key: somebody else's under the same key are not found.
  'get /payload-preferences/:key': {
    who: 'anyone', tells: 'nobody',
    ask: async ({ home, client }) => {
      await (await home.as({ key: 'editor-own', duty: 'editor', place: 'own' })).post('/api/payload-preferences/isolation', { value: { columns: MARK } })
      const isOwn = client === await home.as({ key: 'editor-own', duty: 'editor', place: 'own' })
      return client.get(`/api/payload-preferences/${isOwn ? 'other' : 'isolation'}`)
    },
  },
  'post /payload-preferences/:key': { who: 'signed-in', ask: ({ client, number }) => client.post(`/api/payload-preferences/isolation-${number}`, { value: 1 }) },
  ...CLUSTER_DOORS,
}

/** Pages and routes that Next answers by their file: all others are the REST interface's. */
export const NEXT_FILES: Record<string, string> = {
  'page.tsx': 'leads to the admin',
  'healthz/route.ts': 'one word for whoever asks',
  '(payload)/api/[...slug]/route.ts': 'the REST interface: its doors are above',
  '(payload)/admin/[[...segments]]/page.tsx': 'the admin: shows what the access rules let the person read',
  '(payload)/layout.tsx': 'the server functions of the admin: see admin/server-functions.ts',
}

/** The public read side: everything in it may be read by everybody, and it can read nothing else. */
export const PUBLIC_DOORS: readonly string[] = [
  '/healthz', '/v1/directory', '/v1/sites/:site', '/v1/sites/:site/home', '/v1/sites/:site/columns/:key', '/v1/sites/:site/documents/:collection/:id',
  '/v1/sites/:site/latest', '/v1/sites/:site/addresses', '/v1/search', '/v1/letters/:codeHash', '/v1/files/:hash/:name', '/v1/feed/since', '/v1/feed',
]
