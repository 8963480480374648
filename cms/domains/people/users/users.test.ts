import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices, write } from '../../../testing/offices.ts'
import { type PersonKey, TEST_PASSWORD } from '../../../testing/people.ts'
import { openSession, restClient, signInOverRest } from '../../../testing/rest.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const KUNSHAN = 'suzhou-kunshan'
const account = (person: PersonKey) => `/api/users/${offices.people[person].id}`
const grantsOf = (person: PersonKey) => offices.rows('select duty, site_id, include_subtree from users_grants where _parent_id = $1 order by _order', [offices.people[person].id])
const grant = (duty: string, site: keyof TestOffices['sites'] = KUNSHAN, more: Record<string, unknown> = {}) => ({ duty, site: offices.sites[site], ...more })
const newcomer = (email: string, grants: unknown[] = [], site: keyof TestOffices['sites'] = KUNSHAN) => (
  { email, password: TEST_PASSWORD, name: '新同事', unit: '综合科', site: offices.sites[site], grants })

describe('an account', () => {
  it('is seen by its owner and by those who administer its site, and lists leak nobody', async () => {
    const visible: Array<[PersonKey, readonly PersonKey[]]> = [['editor', ['editor']], ['sibling', ['sibling']], ['inspector', ['inspector']]]
    for (const [person, seen] of visible) {
      const { docs, totalDocs } = (await (await offices.as(person)).get('/api/users?limit=100')).body
      expect(docs?.map(({ id }) => id)).toEqual(seen.map((key) => offices.people[key].id))
      expect(totalDocs).toBe(1)
      expect((await (await offices.as(person)).get(account('siteAdmin'))).status).toBe(404)
    }
    for (const person of ['siteAdmin', 'provinceAdmin', 'securityAdmin', 'citySecurityAdmin', 'auditAdmin'] as const) {
      expect((await (await offices.as(person)).get(account('editor'))).status, person).toBe(200)
    }
    for (const person of ['siteAdmin', 'citySecurityAdmin'] as const) expect((await (await offices.as(person)).get(account('elsewhere'))).status, person).toBe(404)
    expect([401, 403]).toContain((await offices.anonymous.get('/api/users')).status)
  })

  it('shows neither hash nor salt, and cannot be searched by them', async () => {
    const [{ hash, salt } = { hash: '', salt: '' }] = await offices.rows<{ hash: string; salt: string }>('select hash, salt from users where id = $1', [offices.people.editor.id])
    for (const person of ['editor', 'siteAdmin', 'securityAdmin', 'provinceAdmin'] as const) {
      const client = await offices.as(person)
      for (const address of [account('editor'), '/api/users?limit=100', '/api/users/me', '/api/articles?depth=3']) {
        const { text } = await client.get(address)
        expect(text).not.toContain(hash)
        expect(text).not.toContain(salt)
      }
      for (const field of ['hash', 'salt', 'resetPasswordToken', 'loginAttempts']) {
        expect((await client.get(`/api/users?where[${field}][exists]=true`)).status, field).toBe(400)
        expect((await client.get(`/api/articles?where[author.${field}][exists]=true`)).status, field).toBe(400)
      }
    }
  })

  it('of a colleague is not found out through the texts that bear its id', async () => {
    const document = await write(offices, {}, { by: 'secondEditor' })
    const editor = await offices.as('editor')
    expect((await editor.get(`/api/articles/${document.id}?depth=2`)).body.author).toBe(offices.people.secondEditor.id)
    expect((await editor.get(`/api/articles?where[author.email][equals]=${offices.people.secondEditor.email}`)).body.totalDocs).toBe(0)
    expect((await editor.get(`/api/articles?where[author][equals]=${offices.people.secondEditor.id}`)).body.totalDocs).toBe(1)
  })
})

describe('nobody raises their own duties', () => {
  it.each(['editor', 'siteAdmin', 'provinceAdmin', 'securityAdmin', 'newcomer'] as const)('as %s, by one’s own account or in a crowd', async (person) => {
    const client = await offices.as(person)
    const before = await grantsOf(person)
    const data = { grants: [grant('final-reviewer', 'jiangsu', { includeSubtree: true })], mustChangePassword: false }
    await client.patch(account(person), data)
    await client.patch(`/api/users?where[id][equals]=${offices.people[person].id}`, data)
    // The security administrator may well change everybody else.
    if (person !== 'securityAdmin') await client.patch('/api/users?where[id][exists]=true', data)
    expect(await grantsOf(person)).toEqual(before)
  })

  it('and nobody changes the name or unit that stand in public', async () => {
    for (const person of ['editor', 'securityAdmin'] as const) {
      await (await offices.as(person)).patch(account(person), { name: '张冠李戴', unit: '省委' })
      expect(await offices.rows('select name, unit from users where id = $1', [offices.people[person].id])).toEqual([{ name: offices.people[person].name, unit: offices.people[person].unit }])
    }
    expect((await (await offices.as('editor')).patch(account('editor'), { site: offices.sites.suzhou })).status).toBe(403)
  })

  it('and nobody but the security administrator changes another’s account', async () => {
    for (const person of ['editor', 'siteAdmin', 'provinceAdmin', 'auditAdmin', 'sibling', 'inspector'] as const) {
      expect((await (await offices.as(person)).patch(account('firstReviewer'), { name: '改名', password: 'Taken-Over-1' })).status, person).toBe(403)
      expect((await (await offices.as(person)).post('/api/users', newcomer(`by-${person.toLowerCase()}@test.example`))).status, person).toBe(403)
      expect((await (await offices.as(person)).post('/api/users/unlock', { email: offices.people.firstReviewer.email })).status, person).toBe(403)
      expect((await (await offices.as(person)).delete(account('firstReviewer'))).status, person).toBe(403)
    }
    expect([401, 403]).toContain((await offices.anonymous.post('/api/users', newcomer('anonymous@test.example'))).status)
  })
})

describe('the security administrator', () => {
  it('grants duties to others', async () => {
    const client = await offices.as('securityAdmin')
    const made = await client.post('/api/users?depth=0', newcomer('granted@test.example', [grant('editor')]))
    expect(made.status).toBe(201)
    expect(made.body.doc).toMatchObject({ mustChangePassword: true, grants: [{ duty: 'editor' }] })
    expect((await client.patch(`/api/users/${made.body.doc!.id}`, { name: '更正姓名' })).body.doc).toMatchObject({ name: '更正姓名' })
  })

  it('of a city reaches its own sites and no further', async () => {
    const client = await offices.as('citySecurityAdmin')
    expect((await client.post('/api/users', newcomer('city@test.example', [grant('editor')]))).status).toBe(201)
    expect((await client.post('/api/users', newcomer('beyond1@test.example', [grant('editor', 'nanjing')]))).status).toBe(403)
    expect((await client.post('/api/users', newcomer('beyond2@test.example', [grant('province-admin', 'jiangsu')]))).status).toBe(403)
    expect((await client.post('/api/users', newcomer('beyond3@test.example', [], 'nanjing'))).status).toBe(403)
    expect((await client.patch(account('elsewhere'), { name: '改名' })).status).toBe(403)
    expect((await client.patch(account('editor'), { grants: [grant('editor'), grant('editor', 'nanjing')] })).status).toBe(403)
    expect(await grantsOf('editor')).toHaveLength(1)
    // Reaching the city alone, one gives nothing on its counties.
    const alone = (await (await offices.as('securityAdmin')).post('/api/users?depth=0', newcomer('alone@test.example', [grant('security-admin', 'suzhou')], 'suzhou'))).body.doc!
    await offices.rows('update users set must_change_password = false where id = $1', [alone.id])
    const narrow = await signInOverRest(offices.config, { email: 'alone@test.example', password: TEST_PASSWORD })
    expect((await narrow.post('/api/users', newcomer('narrow1@test.example', [grant('editor', 'suzhou', { includeSubtree: true })], 'suzhou'))).status).toBe(403)
    expect((await narrow.post('/api/users', newcomer('narrow2@test.example', [grant('editor', 'suzhou')], 'suzhou'))).status).toBe(201)
    // What others granted elsewhere stays, and does not stand in the way.
    const both = (await (await offices.as('securityAdmin')).post('/api/users?depth=0', newcomer('both@test.example', [grant('editor'), grant('editor', 'nanjing')]))).body.doc!
    expect((await client.patch(`/api/users/${both.id}`, { grants: [grant('editor')] })).status).toBe(403)
    expect((await client.patch(`/api/users/${both.id}`, { grants: [grant('editor', 'nanjing')] })).status).toBe(200)
    expect((await client.patch(`/api/users/${both.id}`, { name: '只改姓名' })).status).toBe(200)
  })

  it('does not put two administrations into one hand', async () => {
    const client = await offices.as('securityAdmin')
    for (const [one, other] of [['province-admin', 'security-admin'], ['province-admin', 'audit-admin'], ['security-admin', 'audit-admin']]) {
      const dates = { until: '2020-12-31' }
      for (const grants of [[grant(one!), grant(other!)], [grant(one!, KUNSHAN, dates), grant(other!, 'suzhou')]]) {
        const answer = await client.post('/api/users', newcomer(`both-${one}-${other}@test.example`, grants))
        expect([answer.status, answer.body.errors?.[0]?.data?.code]).toEqual([422, 'exclusive-duties'])
      }
    }
    expect((await client.patch(account('provinceAdmin'), { grants: [grant('province-admin', 'jiangsu'), grant('audit-admin', 'jiangsu')] })).status).toBe(422)
    expect((await client.post('/api/users', newcomer('one@test.example', [grant('province-admin'), grant('inspector')]))).status).toBe(201)
  })
})

describe('a grant', () => {
  it('ends at once when it is taken away, whatever the person’s session says', async () => {
    const security = await offices.as('securityAdmin')
    const made = (await security.post('/api/users', newcomer('leaving@test.example', [grant('editor')]))).body.doc!
    await offices.rows('update users set must_change_password = false where id = $1', [made.id])
    const person = await signInOverRest(offices.config, { email: 'leaving@test.example', password: TEST_PASSWORD })
    const document = await write(offices)
    expect((await person.get(`/api/articles/${document.id}`)).status).toBe(200)
    expect((await security.patch(`/api/users/${made.id}`, { grants: [] })).status).toBe(200)
    // The session ended with the grant; a new one opens nothing either.
    expect((await person.get(`/api/articles/${document.id}`)).status).toBe(401)
    const again = await signInOverRest(offices.config, { email: 'leaving@test.example', password: TEST_PASSWORD })
    expect((await again.get(`/api/articles/${document.id}`)).status).toBe(404)
  })

  it('begins and ends with the day of Jiangsu, however the day was written', async () => {
    const { today } = await import('../../../access/granted-sites.ts')
    const security = await offices.as('securityAdmin')
    const made = (await security.post('/api/users', newcomer('today@test.example', []))).body.doc!
    await offices.rows('update users set must_change_password = false where id = $1', [made.id])
    const person = async () => restClient(offices.config, await openSession(offices.payload, made.id))
    const document = await write(offices)
    const day = today()
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
    for (const clock of ['', 'T12:00:00.000Z', 'T00:00:00.000+08:00']) {
      await security.patch(`/api/users/${made.id}`, { grants: [grant('editor', KUNSHAN, { from: day + clock, until: day + clock })] })
      expect((await (await person()).get(`/api/articles/${document.id}`)).status, day + clock).toBe(200)
      await security.patch(`/api/users/${made.id}`, { grants: [grant('editor', KUNSHAN, { from: next + clock })] })
      expect((await (await person()).get(`/api/articles/${document.id}`)).status, next + clock).toBe(404)
    }
  })
})

describe('a password', () => {
  it('that an administrator sets anew must be changed once more', async () => {
    const security = await offices.as('securityAdmin')
    expect((await security.patch(account('deputy'), { password: 'Given-9-Wallpaper-By' })).body.doc).toMatchObject({ mustChangePassword: true })
    const person = await signInOverRest(offices.config, { email: offices.people.deputy.email, password: 'Given-9-Wallpaper-By' })
    expect((await person.get('/api/articles/count')).body.errors?.[0]?.code).toBe('change-password')
    // Not even the administrator who gave it says that it need not be changed.
    expect((await security.patch(account('deputy'), { mustChangePassword: false })).body.doc).toMatchObject({ mustChangePassword: true })
    expect((await security.post('/api/users?depth=0', { ...newcomer('ticked@test.example'), mustChangePassword: false })).body.doc).toMatchObject({ mustChangePassword: true })
  })

  it('of an account with duties beyond one’s reach is not one’s to set', async () => {
    const far = (await (await offices.as('securityAdmin')).post('/api/users?depth=0', newcomer('far@test.example', [grant('editor'), grant('province-admin', 'jiangsu', { includeSubtree: true })]))).body.doc!
    const city = await offices.as('citySecurityAdmin')
    const answer = await city.patch(`/api/users/${far.id}`, { password: 'Given-9-Wallpaper-By' })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([403, 'outside-reach'])
    expect((await (await offices.as('securityAdmin')).patch(`/api/users/${far.id}`, { password: 'Given-9-Wallpaper-By' })).status).toBe(200)
  })

  it('is set for nobody by hand, not even for oneself without the present one', async () => {
    for (const person of ['editor', 'siteAdmin', 'securityAdmin'] as const) {
      expect((await (await offices.as(person)).patch(account(person), { password: 'Taken-9-Wallpaper-By' })).status, person).toBe(403)
      expect((await (await offices.as(person)).patch(account(person), { email: 'other@test.example', mustChangePassword: false })).status === 200 && person !== 'securityAdmin').toBe(false)
    }
  })

  it('is judged whoever sets it', async () => {
    const security = await offices.as('securityAdmin')
    const weak = await security.post('/api/users', { ...newcomer('weak@test.example'), password: 'Woaini1314520!' })
    expect(weak.status).toBe(400)
    expect(weak.text).toContain('容易被猜到')
    expect((await security.post('/api/users', { ...newcomer('weak@test.example'), name: '许文远', password: 'xuWenYuan-7tqm2-Rz9' })).text).toContain('xuwenyuan')
    expect((await security.patch(account('coming'), { password: 'Aa1!' })).text).toContain('密码太短')
    expect(await offices.rows("select 1 from users where email = 'weak@test.example'")).toEqual([])
  })

  it('that is wrong five times locks the account, and only the security administrator opens it', async () => {
    const { email } = offices.people.coming
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(signInOverRest(offices.config, { email, password: 'falsch' })).rejects.toThrow()
    await expect(signInOverRest(offices.config, { email, password: TEST_PASSWORD })).rejects.toThrow()
    expect((await (await offices.as('securityAdmin')).post('/api/users/unlock', { email })).status).toBe(200)
    await expect(signInOverRest(offices.config, { email, password: TEST_PASSWORD })).resolves.toBeDefined()
    expect(await offices.rows("select person_id, document_id from cluster.audit where deed = 'unlock' and not is_refused")).toEqual([{ person_id: offices.people.securityAdmin.id, document_id: offices.people.coming.id }])
  })
})
