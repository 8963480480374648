import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices } from '../../../testing/offices.ts'
import { type PersonKey, TEST_PASSWORD } from '../../../testing/people.ts'
import { openSession, restClient, type RestClient, signInOverRest } from '../../../testing/rest.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const FRESH = 'Quiet-9-Kettle-On-Moss'
const signIn = (person: PersonKey, password = TEST_PASSWORD) => offices.anonymous.post('/api/users/login', { email: offices.people[person].email, password })
const session = async (person: PersonKey): Promise<RestClient> => restClient(offices.config, await openSession(offices.payload, offices.people[person].id))
const code = (answer: Awaited<ReturnType<RestClient['get']>>) => [answer.status, answer.body.errors?.[0]?.code]
const forgetAttempts = () => offices.rows('update users set login_attempts = 0, lock_until = null')

describe('a sign-in', () => {
  it('tells nobody whether the account exists, is closed, or the password was right', async () => {
    const wrong = await signIn('editor', 'falsch')
    const unknown = await offices.anonymous.post('/api/users/login', { email: 'nobody-here@test.example', password: 'falsch' })
    await offices.rows("update users set login_attempts = 5, lock_until = now() + interval '1 minute' where id = $1", [offices.people.editor.id])
    const closed = await signIn('editor')
    expect(code(wrong)).toEqual([401, 'sign-in-refused'])
    expect([unknown.text, closed.text]).toEqual([wrong.text, wrong.text])
    await forgetAttempts()
  })

  it('gives many requests at once no more attempts than one after the other', async () => {
    const [{ id }] = [offices.people.secondReviewer]
    await Promise.all(Array.from({ length: 8 }, () => signIn('secondReviewer', 'falsch')))
    const tried = await offices.rows<{ reason: string; count: string }>('select reason, count(*) from cluster.sign_ins where person_id = $1 group by reason order by reason', [id])
    expect(tried).toEqual([{ reason: 'locked', count: '3' }, { reason: 'wrong-password', count: '5' }])
    expect((await signIn('secondReviewer')).status).toBe(401)
    await offices.rows("update users set lock_until = now() - interval '1 second' where id = $1", [id])
    expect((await signIn('secondReviewer')).status).toBe(200)
    expect(await offices.rows('select login_attempts::int as attempts, lock_until from users where id = $1', [id])).toEqual([{ attempts: 0, lock_until: null }])
  })

  it('leaves grants that are taken away meanwhile taken away', async () => {
    const security = await offices.as('securityAdmin')
    const { id } = offices.people.deputy
    const during = Array.from({ length: 3 }, () => signIn('deputy'))
    await security.patch(`/api/users/${id}`, { grants: [] })
    await Promise.all(during)
    expect(await offices.rows('select 1 from users_grants where _parent_id = $1', [id])).toEqual([])
  })

  it('is in the history of its owner and of the security administrator, and of nobody else', async () => {
    const { id } = offices.people.firstReviewer
    await signIn('firstReviewer', 'falsch')
    const answer = await offices.anonymous.call('POST', '/api/users/login', { email: offices.people.firstReviewer.email, password: TEST_PASSWORD }, {
      'x-forwarded-for': '10.0.0.9', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0.0.0 Safari/537.36' })
    const own = restClient(offices.config, String(answer.body.token))
    const { signIns } = (await own.get('/api/account/sign-ins')).body as { signIns: Array<Record<string, unknown>> }
    expect(signIns.map(({ isRefused, reason, address, device }) => ({ isRefused, reason, address, device }))).toEqual([
      { isRefused: false, reason: null, address: '10.0.0.9', device: '谷歌内核浏览器 · Windows' }, { isRefused: true, reason: 'wrong-password', address: null, device: '未知设备' }])
    const seen = (await (await offices.as('securityAdmin')).get(`/api/security/sign-ins?person=${id}&result=refused`)).body as { signIns: Array<Record<string, unknown>> }
    expect(seen.signIns).toHaveLength(1)
    expect(((await (await offices.as('citySecurityAdmin')).get('/api/security/sign-ins')).body.signIns as Array<{ personId: number | null }>).every(({ personId }) => personId !== null)).toBe(true)
    for (const person of ['editor', 'siteAdmin', 'provinceAdmin', 'auditAdmin'] as const) {
      expect(code(await (await offices.as(person)).get('/api/security/sign-ins')), person).toEqual([403, 'duty-missing'])
    }
  })

  it('is kept by nobody’s leave to change it', async () => {
    await signIn('inspector', 'falsch')
    for (const statement of ['update cluster.sign_ins set is_refused = false', 'delete from cluster.sign_ins', 'truncate cluster.sign_ins']) {
      await expect(offices.rows(statement), statement).rejects.toThrow(/append-only/)
    }
  })

  it('answers malformed requests as such', async () => {
    for (const body of [{}, { email: 'a@b.c' }, { email: ['a@b.c'], password: { $ne: '' } }, { email: 'a@b.c', password: 'x'.repeat(5000) }]) {
      expect((await offices.anonymous.post('/api/users/login', body)).status).toBe(400)
    }
  })
})

describe('a session', () => {
  it('that was ended, is idle or too old gets 401 at its next request', async () => {
    for (const change of ["ended_at = now()", "last_seen_at = now() - interval '31 minutes'", "opened_at = now() - interval '13 hours'"]) {
      const client = await session('inspector')
      expect((await client.get('/api/articles')).status, change).toBe(200)
      await offices.rows(`update cluster.sessions set ${change} where person_id = $1`, [offices.people.inspector.id])
      expect(code(await client.get('/api/articles')), change).toEqual([401, 'session-ended'])
      expect((await client.get('/api/inbox')).status, change).toBe(401)
      expect((await client.get('/api/users/me')).body.user, change).toBeNull()
    }
  })

  it('that the cluster does not know is none, even where the framework’s own list names it', async () => {
    const client = await session('inspector')
    await offices.rows('delete from cluster.sessions where person_id = $1', [offices.people.inspector.id])
    expect(await offices.rows('select 1 from users_sessions where _parent_id = $1', [offices.people.inspector.id])).not.toEqual([])
    expect((await client.get('/api/articles')).status).toBe(401)
  })

  it('stays while it is used, and tells until when', async () => {
    const client = await session('inspector')
    const { id } = offices.people.inspector
    await offices.rows("update cluster.sessions set last_seen_at = now() - interval '20 minutes' where person_id = $1 and ended_at is null", [id])
    const before = Number((await client.get('/api/users/me')).body.exp)
    const after = Number((await client.post('/api/users/refresh-token')).body.exp)
    expect(after - before).toBeGreaterThan(19 * 60)
    expect(Number((await client.get('/api/users/me')).body.exp)).toBeGreaterThanOrEqual(after - 1)
  })

  it('is listed to its owner, who ends one or all others', async () => {
    const [one, two, three] = [await session('parent'), await session('parent'), await session('parent')]
    const stranger = await session('sibling')
    const { sessions } = (await one.get('/api/account/sessions')).body as { sessions: Array<{ id: string; isThis: boolean }> }
    expect(sessions.map(({ isThis }) => isThis).filter(Boolean)).toHaveLength(1)
    expect(sessions).toHaveLength(3)
    const others = sessions.filter(({ isThis }) => !isThis)
    expect((await stranger.post(`/api/account/sessions/${others[0]!.id}/end`)).status).toBe(404)
    expect((await one.post(`/api/account/sessions/${others[0]!.id}/end`)).status).toBe(200)
    expect((await Promise.all([one, two, three].map((client) => client.get('/api/articles')))).filter(({ status }) => status === 200)).toHaveLength(2)
    expect((await one.post('/api/account/sessions/others/end')).body).toEqual({ ended: 1 })
    expect([(await one.get('/api/articles')).status, (await two.get('/api/articles')).status, (await three.get('/api/articles')).status]).toEqual([200, 401, 401])
    expect((await stranger.get('/api/articles')).status).toBe(200)
  })

  it('ends with the sign-out', async () => {
    const client = await session('parent')
    expect((await client.post('/api/users/logout')).status).toBe(200)
    expect((await client.get('/api/articles')).status).toBe(401)
  })

  it('of others is ended by the security administrator, within reach', async () => {
    const client = await session('elsewhere')
    const address = `/api/security/accounts/${offices.people.elsewhere.id}`
    for (const person of ['provinceAdmin', 'auditAdmin', 'siteAdmin'] as const) expect((await (await offices.as(person)).post(`${address}/end-sessions`)).status).toBe(403)
    expect((await (await offices.as('citySecurityAdmin')).post(`${address}/end-sessions`)).status).toBe(404)
    expect((await client.get('/api/articles')).status).toBe(200)
    expect((await (await offices.as('securityAdmin')).post(`${address}/end-sessions`)).body.ended).toBe(1)
    expect((await client.get('/api/articles')).status).toBe(401)
  })

  it('lives as long without a deed as the security administrator says, within bounds', async () => {
    const security = await offices.as('securityAdmin')
    for (const idleMinutes of [4, 121, 30.5, '30']) expect((await security.post('/api/security/settings', { idleMinutes, secondFactorDuties: [] })).status).toBe(400)
    expect((await security.post('/api/security/settings', { idleMinutes: 10, secondFactorDuties: ['king'] })).status).toBe(400)
    expect(code(await (await offices.as('citySecurityAdmin')).post('/api/security/settings', { idleMinutes: 10, secondFactorDuties: [] }))).toEqual([403, 'outside-reach'])
    expect((await (await offices.as('provinceAdmin')).post('/api/security/settings', { idleMinutes: 10, secondFactorDuties: [] })).status).toBe(403)
    expect((await security.post('/api/security/settings', { idleMinutes: 10, secondFactorDuties: [] })).status).toBe(200)
    const client = await session('inspector')
    await offices.rows("update cluster.sessions set last_seen_at = now() - interval '11 minutes' where person_id = $1", [offices.people.inspector.id])
    expect((await client.get('/api/articles')).status).toBe(401)
    expect((await security.post('/api/security/settings', { idleMinutes: 30, secondFactorDuties: [] })).status).toBe(200)
  })
})

describe('the first sign-in', () => {
  it('opens nothing but the change of the password', async () => {
    const person = await session('newcomer')
    for (const [method, path] of [
      ['GET', '/api/articles'], ['GET', '/api/sites'], ['GET', '/api/columns'], ['GET', '/api/users'], ['GET', `/api/users/${offices.people.newcomer.id}`], ['GET', '/api/media'],
      ['GET', '/api/inbox'], ['GET', '/api/account/sessions'], ['GET', '/api/account/api-keys'], ['POST', '/api/account/second-factor'], ['POST', '/api/articles'],
      ['PATCH', `/api/users/${offices.people.newcomer.id}`], ['POST', '/api/payload-preferences/x'], ['GET', '/api/articles/1/versions'],
    ] as const) expect([401, 403], `${method} ${path}`).toContain((await person.call(method, path, method === 'GET' ? undefined : { password: FRESH })).status)
    expect((await person.get('/api/users/me')).body.user).toMatchObject({ email: offices.people.newcomer.email })
    expect((await person.get('/api/account')).body).toMatchObject({ step: 'change-password' })
  })

  it('is over with a good password, which ends the other sessions', async () => {
    const [person, other] = [await session('newcomer'), await session('newcomer')]
    const change = (current: string, password: string) => person.post('/api/account/password', { current, password })
    expect(code(await change('falsch', FRESH))).toEqual([422, 'wrong-password'])
    expect(code(await change(TEST_PASSWORD, 'Woaini1314520!'))).toEqual([422, 'password-guessable'])
    expect(code(await change(TEST_PASSWORD, TEST_PASSWORD))).toEqual([422, 'password-used-before'])
    expect((await change(TEST_PASSWORD, FRESH)).status).toBe(200)
    expect((await person.get('/api/articles')).status).toBe(200)
    expect((await other.get('/api/users/me')).body.user).toBeNull()
    expect((await signIn('newcomer')).status).toBe(401)
    expect((await signIn('newcomer', FRESH)).status).toBe(200)
  })
})

describe('a change of password', () => {
  it('takes none of the last five, and the sixth again', async () => {
    const person = await session('secondEditor')
    const change = (current: string, password: string) => person.post('/api/account/password', { current, password })
    const { id } = offices.people.secondEditor
    expect((await change(TEST_PASSWORD, FRESH)).status).toBe(200)
    // As if three more had been set since.
    const setInBetween = (count: number) => offices.rows("insert into cluster.replaced_passwords (person_id, salt, hash) select $1, salt, 'pbkdf2-sha256-v1:00' from users, generate_series(1, $2) where id = $1", [id, count])
    await setInBetween(3)
    expect(code(await change(FRESH, TEST_PASSWORD))).toEqual([422, 'password-used-before'])
    await setInBetween(1)
    expect((await change(FRESH, TEST_PASSWORD)).status).toBe(200)
    for (const statement of ['update cluster.replaced_passwords set hash = salt', 'delete from cluster.replaced_passwords']) await expect(offices.rows(statement)).rejects.toThrow(/append-only/)
  })

  it('asks for the present one five times and no more', async () => {
    const person = await session('sibling')
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await person.post('/api/account/password', { current: 'falsch', password: FRESH })).status).toBe(422)
    expect(code(await person.post('/api/account/password', { current: TEST_PASSWORD, password: FRESH }))).toEqual([429, 'locked'])
    await forgetAttempts()
  })
})

it('what people do with accounts is in the audit log', async () => {
  const deeds = (await offices.rows<{ deed: string }>('select distinct deed from cluster.audit')).map(({ deed }) => deed)
  expect(deeds).toEqual(expect.arrayContaining(['sign-in', 'sign-out', 'change-password', 'end-sessions', 'change-settings']))
  const [{ text } = { text: '' }] = await offices.rows<{ text: string }>("select string_agg(detail::text, '') as text from cluster.audit")
  for (const secret of [TEST_PASSWORD, FRESH, 'falsch']) expect(text).not.toContain(secret)
})

it('a token with a forged session opens nothing', async () => {
  const answer = await signInOverRest(offices.config, { email: offices.people.siteAdmin.email, password: TEST_PASSWORD })
  expect((await answer.get('/api/articles')).status).toBe(200)
  const other = await openSession(offices.payload, offices.people.inspector.id)
  await offices.rows('update cluster.sessions set person_id = $1 where person_id = $2', [offices.people.nobody.id, offices.people.inspector.id])
  expect((await restClient(offices.config, other).get('/api/articles')).status).toBe(401)
})
