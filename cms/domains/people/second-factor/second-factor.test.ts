import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices } from '../../../testing/offices.ts'
import { type PersonKey, TEST_PASSWORD } from '../../../testing/people.ts'
import { openSession, restClient, type RestClient } from '../../../testing/rest.ts'
import { codeAt } from './totp.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const code = (answer: Awaited<ReturnType<RestClient['get']>>) => [answer.status, answer.body.errors?.[0]?.code]
const session = async (person: PersonKey): Promise<RestClient> => restClient(offices.config, await openSession(offices.payload, offices.people[person].id))
const signIn = (person: PersonKey, typed?: string) => offices.anonymous.post('/api/users/login', { email: offices.people[person].email, password: TEST_PASSWORD, ...(typed === undefined ? {} : { code: typed }) })
/** The code after the present one: taken too, and newer than any that was used before. */
const nextCode = (secret: string) => codeAt(secret, new Date(Date.now() + 30_000))
const forgetUse = (person: PersonKey) => offices.rows('update cluster.second_factors set last_step = 0 where person_id = $1', [offices.people[person].id])
const forgetAttempts = () => offices.rows('update users set login_attempts = 0, lock_until = null')
const require = async (secondFactorDuties: string[]) => expect((await (await offices.as('securityAdmin')).post('/api/security/settings', { idleMinutes: 30, secondFactorDuties })).status).toBe(200)

async function enrol(person: PersonKey): Promise<{ secret: string; recoveryCodes: string[]; client: RestClient }> {
  const client = await session(person)
  const { secret } = (await client.post('/api/account/second-factor', { password: TEST_PASSWORD })).body as { secret: string }
  const answer = await client.post('/api/account/second-factor/confirm', { code: codeAt(secret, new Date()) })
  expect(answer.status).toBe(200)
  return { secret, recoveryCodes: answer.body.recoveryCodes as string[], client }
}

describe('enrolling', () => {
  it('asks for the password, shows a code to photograph, and counts only when a code was typed', async () => {
    const client = await session('editor')
    expect(code(await client.post('/api/account/second-factor', { password: 'falsch' }))).toEqual([422, 'wrong-password'])
    const begun = (await client.post('/api/account/second-factor', { password: TEST_PASSWORD })).body as { secret: string; qr: { size: number; path: string } }
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(begun.qr.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/)
    expect((await signIn('editor')).status).toBe(200)
    expect(code(await client.post('/api/account/second-factor/confirm', { code: '000000' }))).toEqual([422, 'wrong-code'])
    expect((await client.get('/api/account')).body).toMatchObject({ secondFactor: { isEnrolled: false } })
    const [row] = await offices.rows<{ sealed_secret: string }>('select sealed_secret from cluster.second_factors where person_id = $1', [offices.people.editor.id])
    expect(row!.sealed_secret).not.toContain(begun.secret)
  })

  it('ends the other sessions, and is asked for at the next sign-in', async () => {
    const other = await session('sibling')
    const { secret, client } = await enrol('sibling')
    expect((await client.get('/api/articles')).status).toBe(200)
    expect((await other.get('/api/articles')).status).toBe(401)
    expect(code(await signIn('sibling'))).toEqual([401, 'second-factor-required'])
    const answer = await signIn('sibling', nextCode(secret))
    expect(answer.status).toBe(200)
    expect((await restClient(offices.config, String(answer.body.token)).get('/api/articles')).status).toBe(200)
    expect(code(await client.post('/api/account/second-factor', { password: TEST_PASSWORD }))).toEqual([409, 'has-second-factor'])
  })
})

describe('a code', () => {
  it('opens once, even for two at the same time', async () => {
    const { secret } = await enrol('parent')
    const typed = nextCode(secret)
    const answers = await Promise.all([signIn('parent', typed), signIn('parent', typed), signIn('parent', typed)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
    expect(code(await signIn('parent', typed))).toEqual([401, 'wrong-code'])
    await forgetAttempts()
  })

  it('that is wrong five times closes the account, right password or not', async () => {
    const { secret } = await enrol('subtree')
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(code(await signIn('subtree', '000000')), String(attempt)).toEqual([401, 'wrong-code'])
      // Asking for the second step in between gives no attempts back that were used.
      if (attempt === 2) expect(code(await signIn('subtree'))).toEqual([401, 'second-factor-required'])
    }
    expect(code(await signIn('subtree', nextCode(secret)))).toEqual([401, 'sign-in-refused'])
    await forgetAttempts()
    expect((await signIn('subtree', nextCode(secret))).status).toBe(200)
  })

  it('of another account opens nothing', async () => {
    const { secret } = await enrol('elsewhere')
    await enrol('inspector')
    expect((await signIn('inspector', nextCode(secret))).status).toBe(401)
    const [row] = await offices.rows<{ sealed_secret: string }>('select sealed_secret from cluster.second_factors where person_id = $1', [offices.people.elsewhere.id])
    await offices.rows('update cluster.second_factors set sealed_secret = $2 where person_id = $1', [offices.people.inspector.id, row!.sealed_secret])
    expect((await signIn('inspector', nextCode(secret))).status).toBe(401)
    await forgetAttempts()
  })
})

describe('recovery codes', () => {
  it('open once each, are kept as digests, and new ones make the old ones void', async () => {
    const { secret, recoveryCodes, client } = await enrol('finalReviewer')
    expect(new Set(recoveryCodes).size).toBe(10)
    const kept = await offices.rows<{ hash: string }>('select hash from cluster.recovery_codes where person_id = $1', [offices.people.finalReviewer.id])
    expect(kept.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true)
    expect((await signIn('finalReviewer', recoveryCodes[0]!.toLowerCase().replace('-', ' '))).status).toBe(200)
    expect(code(await signIn('finalReviewer', recoveryCodes[0]!))).toEqual([401, 'wrong-code'])
    await forgetUse('finalReviewer')
    const renewed = await client.post('/api/account/second-factor/recovery-codes', { code: nextCode(secret) })
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    expect((await signIn('finalReviewer', recoveryCodes[1]!)).status).toBe(401)
    expect((await signIn('finalReviewer', (renewed.body.recoveryCodes as string[])[3]!)).status).toBe(200)
    expect((await client.get('/api/account')).body).toMatchObject({ secondFactor: { recoveryCodesLeft: 9 } })
  })
})

describe('a duty that needs a second factor', () => {
  it('opens nothing but the enrolment until there is one', async () => {
    const before = await session('deputy')
    await require(['final-reviewer'])
    expect((await before.get('/api/account')).body).toMatchObject({ step: 'enrol-second-factor' })
    for (const [method, path] of [
      ['GET', '/api/articles'], ['GET', '/api/inbox'], ['GET', '/api/sites'], ['GET', '/api/account/sessions'], ['POST', '/api/account/password'], ['POST', '/api/articles/1/transitions'],
      ['POST', '/api/account/second-factor/remove'], ['GET', '/api/letters'],
    ] as const) expect([401, 403], `${method} ${path}`).toContain((await before.call(method, path, method === 'GET' ? undefined : {})).status)
    expect(code(await before.get('/api/articles'))).toEqual([403, 'enrol-second-factor'])
    const { secret } = (await before.post('/api/account/second-factor')).body as { secret: string }
    expect((await before.post('/api/account/second-factor/confirm', { code: codeAt(secret, new Date()) })).status).toBe(200)
    expect((await before.get('/api/articles')).status).toBe(200)
    expect((await (await offices.as('firstReviewer')).get('/api/articles')).status).toBe(200)
    // Taken away by oneself, it is asked for again at once.
    expect((await before.post('/api/account/second-factor/remove', { password: TEST_PASSWORD, code: nextCode(secret) })).body).toEqual({ isRequired: true })
    expect(code(await before.get('/api/articles'))).toEqual([403, 'enrol-second-factor'])
    await require([])
  })
})

describe('a lost telephone', () => {
  it('is helped by the security administrator within reach, with a reason, and ends what was open', async () => {
    const { client } = await enrol('secondReviewer')
    const address = `/api/security/accounts/${offices.people.secondReviewer.id}/reset-second-factor`
    for (const person of ['secondEditor', 'siteAdmin', 'provinceAdmin', 'auditAdmin'] as const) expect((await (await offices.as(person)).post(address, { reason: '手机丢失' })).status, person).toBe(403)
    const security = await offices.as('citySecurityAdmin')
    expect((await security.post(`/api/security/accounts/${offices.people.elsewhere.id}/reset-second-factor`, { reason: '手机丢失' })).status).toBe(404)
    expect((await security.post(address, {})).status).toBe(400)
    expect((await security.post(address, { reason: '手机丢失，本人到场核实' })).status).toBe(200)
    expect((await client.get('/api/articles')).status).toBe(401)
    expect((await signIn('secondReviewer')).status).toBe(200)
    expect(await offices.rows('select 1 from cluster.recovery_codes where person_id = $1', [offices.people.secondReviewer.id])).toEqual([])
    expect(code(await security.post(address, { reason: '手机丢失' }))).toEqual([409, 'no-second-factor'])
    expect(await offices.rows("select person_id, document_id from cluster.audit where deed = 'reset-second-factor' and not is_refused")).toEqual([
      { person_id: offices.people.citySecurityAdmin.id, document_id: offices.people.secondReviewer.id }])
  })

  it('of the security administrator is not their own affair', async () => {
    const security = await offices.as('securityAdmin')
    expect(code(await security.post(`/api/security/accounts/${offices.people.securityAdmin.id}/reset-second-factor`, { reason: '手机丢失' }))).toEqual([403, 'own-account'])
  })
})
