import type { Answer } from '../rest.ts'
import type { DoorRow, OpenDoor } from './door-table.ts'
import { HOME } from './who.ts'

/** Let in, and then perhaps told what is wrong with an empty request. */
const notTurnedAway = ({ status }: Answer) => status !== 401 && status !== 403
const NOBODYS_ID = '2000000000'

type Method = 'get' | 'post'
const at = (who: OpenDoor['who'], method: Method, path: string, more: Partial<OpenDoor> = {}): Record<string, DoorRow> => ({
  [`${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`]: {
    who, tells: 'nobody', isIn: notTurnedAway, ask: ({ client }) => client[method](`/api${path.replace(/\{\w+\}/g, NOBODYS_ID)}`), ...more },
})

/** The own account: nobody else's is reached from here, whoever asks. */
const ACCOUNT = {
  ...at('account', 'get', '/account'),
  ...at('account', 'post', '/account/password'),
  ...at('signed-in', 'get', '/account/sessions'),
  ...at('signed-in', 'post', '/account/sessions/{id}/end'),
  ...at('signed-in', 'get', '/account/sign-ins'),
  ...at('signed-in', 'post', '/account/second-factor'),
  ...at('signed-in', 'post', '/account/second-factor/confirm'),
  ...at('signed-in', 'post', '/account/second-factor/recovery-codes'),
  ...at('signed-in', 'post', '/account/second-factor/remove'),
  ...at('signed-in', 'get', '/account/api-keys'),
  ...at('signed-in', 'post', '/account/api-keys'),
  ...at('signed-in', 'post', '/account/api-keys/{id}/revoke'),
}

const security = (method: Method, path: string, more: Partial<OpenDoor> = {}) => at(['security-admin'], method, `/security${path}`, { reach: 'anywhere', ...more })

/** Accounts of others, as far as the security administrator's duty reaches; `2000000000` is nobody's, so that whoever comes in finds nothing. */
const SECURITY = {
  ...security('get', '/settings'),
  ...security('post', '/settings', { reach: 'whole' }),
  ...security('get', '/sign-ins'),
  ...security('get', '/accounts/{id}', {
    reach: undefined, isIn: ({ status }) => status === 200,
    ask: async ({ home, client }) => client.get(`/api/security/accounts/${(await home.target('users')).id}`) }),
  ...security('post', '/accounts/{id}/end-sessions', {
    reach: undefined, isIn: ({ status }) => status === 200,
    ask: async ({ home, client }) => client.post(`/api/security/accounts/${(await home.target('users')).id}/end-sessions`) }),
  ...security('post', '/accounts/{id}/reset-second-factor', {
    reach: undefined, isIn: ({ status }) => status === 400,
    ask: async ({ home, client }) => client.post(`/api/security/accounts/${(await home.target('users')).id}/reset-second-factor`) }),
  ...security('get', '/api-keys'),
  ...security('post', '/api-keys/{id}/revoke'),
}

const audit = (method: Method, path: string, more: Partial<OpenDoor> = {}) => at(['audit-admin'], method, `/audit${path}`, { reach: 'anywhere', ...more })

/** The audit log, of the sites in reach; its chain is looked at by whoever reaches all of them. */
const AUDIT = {
  ...audit('get', ''),
  ...audit('get', '/export'),
  ...audit('get', '/anchor', { reach: 'whole' }),
  ...audit('post', '/check', { reach: 'whole' }),
}

const operator = (method: Method, path: string) => at(['province-admin'], method, `/operator${path}`, { reach: 'whole' })

/** How the cluster stands: the system's administrator's, for the whole of it. */
const OPERATOR = {
  ...operator('get', ''),
  ...operator('post', '/jobs/{id}/retry'),
  ...operator('post', '/jobs/{id}/discard'),
  ...operator('post', '/rebuild-search'),
}

const steward = (method: Method, path: string) => at(['template-steward'], method, `/rollouts${path}`, { reach: 'whole' })

/** How a release reaches the sites: the province's template steward's alone. */
const ROLLOUTS = {
  ...steward('get', ''),
  ...steward('post', ''),
  ...steward('get', '/{id}'),
  ...steward('post', '/{id}/move'),
  ...steward('post', '/{id}/soak'),
  ...steward('get', '/{id}/dry-run'),
  ...steward('post', '/{id}/dry-run'),
  ...steward('post', '/{id}/dry-run/cancel'),
  ...steward('post', '/{id}/actions'),
  ...steward('get', '/{id}/evidence'),
  ...steward('post', '/{id}/lessons'),
  ...steward('get', '/{id}/pictures'),
  'get /rollouts/:id/pictures/:picture/:side': {
    who: ['template-steward'] as const, reach: 'whole' as const, tells: 'nobody' as const, isIn: notTurnedAway,
    ask: ({ client }: Parameters<OpenDoor['ask']>[0]) => client.get(`/api/rollouts/${NOBODYS_ID}/pictures/${NOBODYS_ID}/before`) },
}

const province = (method: Method, path: string) => at(['province-admin'], method, `/site-changes${path}`, { reach: 'whole' })

/** Opening, merging and closing sites: the province's administrator's alone. */
const SITE_CHANGES = {
  ...province('get', ''),
  ...province('post', ''),
  ...province('get', '/{id}'),
  ...province('post', '/{id}/actions'),
}

/** How sites stand: of the own grants only; no words of theirs. */
const DASHBOARD = at(['province-admin', 'template-steward', 'site-admin', 'inspector'], 'get', '/dashboard', { reach: 'anywhere' })

const pool = (who: OpenDoor['who'], method: Method, path: string, more: Partial<OpenDoor> = {}) => at(who, method, `/content-pool${path}`, { reach: 'anywhere', ...more })
const TEXT_READERS: OpenDoor['who'] = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer', 'site-admin', 'province-admin', 'inspector']
/** Asked on behalf of `HOME`, about a document that there is not: whoever may act for it is told just that. */
const forHome = (method: Method, path: string, body: Record<string, unknown> = {}): Partial<OpenDoor> => ({
  reach: undefined, ask: ({ client }) => (method === 'get' ? client.get(`/api/content-pool${path}?site=${HOME}`)
    : client.post(`/api/content-pool${path.replace('{id}', NOBODYS_ID)}`, { site: HOME, collection: 'articles', id: Number(NOBODYS_ID), ...body })) })

/** The content pool: lists keep to the asker's sites, each deed needs its duty on the site that it is done for. */
const CONTENT_POOL = {
  ...at(TEXT_READERS, 'get', '/content-pool/documents/{collection}/{id}', {
    isIn: ({ status }) => status === 200,
    ask: async ({ home, client }) => client.get(`/api/content-pool/documents/articles/${(await home.target('articles')).id}`) }),
  ...pool(['editor'], 'get', '/received'),
  ...pool(['editor'], 'get', '/adoptable', forHome('get', '/adoptable')),
  ...pool(TEXT_READERS, 'get', '/placed'),
  ...pool(TEXT_READERS, 'get', '/pushed'),
  ...pool(TEXT_READERS, 'get', '/submissions'),
  ...pool(TEXT_READERS, 'get', '/years/{year}'),
  ...pool(TEXT_READERS, 'get', '/years/{year}/csv'),
  ...pool(['final-reviewer'], 'post', '/pushes', forHome('post', '/pushes', { mode: 'mandatory', targets: ['suzhou-kunshan'] })),
  ...pool(['final-reviewer'], 'post', '/pushes/{id}/take-back'),
  ...pool(['editor'], 'post', '/pushes/{id}/answer', forHome('post', '/pushes/{id}/answer', { action: 'adopt' })),
  ...pool(['editor'], 'post', '/adoptions', forHome('post', '/adoptions')),
  ...pool(['editor'], 'post', '/adoptions/drop', forHome('post', '/adoptions/drop')),
  ...pool(['editor'], 'post', '/submissions', forHome('post', '/submissions')),
  ...pool(['final-reviewer'], 'post', '/submissions/{id}/decide'),
  ...pool(['editor'], 'post', '/notices/{id}/seen'),
}

/** Endpoints of the whole cluster beside its documents. */
export const CLUSTER_DOORS: Record<string, DoorRow> = { ...ACCOUNT, ...SECURITY, ...AUDIT, ...OPERATOR, ...ROLLOUTS, ...DASHBOARD, ...CONTENT_POOL, ...SITE_CHANGES }
