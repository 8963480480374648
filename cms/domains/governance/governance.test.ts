import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices, type TestSite, write } from '../../testing/offices.ts'

const KUNSHAN = 'suzhou-kunshan'
let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

describe('sites', () => {
  const path = (site: TestSite) => `/api/sites/${offices.sites[site]}`

  it('are opened and closed by no request', async () => {
    for (const person of ['siteAdmin', 'provinceAdmin', 'editor'] as const) {
      expect((await (await offices.as(person)).post('/api/sites', { name: 'x', slug: 'x' })).status).toBe(403)
      expect((await (await offices.as(person)).delete(path(KUNSHAN))).status).toBe(403)
    }
    expect([401, 403]).toContain((await offices.anonymous.get('/api/sites')).status)
  })

  it('take their contact from their own administrator, the rest from the province; what else is locked stands in locks.test.ts', async () => {
    const contact = { footer: { phone: '0512-00000000' } }
    const local = await (await offices.as('siteAdmin')).patch(`${path(KUNSHAN)}?depth=0`, contact)
    expect(local.body.doc).toMatchObject({ name: '昆山机构编制', footer: { phone: '0512-00000000' } })
    const provincial = await (await offices.as('provinceAdmin')).patch(`${path(KUNSHAN)}?depth=0`, { name: '改名', domain: 'ks.example.gov.cn' })
    expect(provincial.body.doc).toMatchObject({ name: '改名', domain: 'ks.example.gov.cn', path: '/jiangsu/suzhou/suzhou-kunshan/', slug: KUNSHAN, level: 'county', parent: offices.sites.suzhou })
    for (const person of ['editor', 'everything', 'sibling', 'elsewhere', 'inspector', 'securityAdmin'] as const) expect((await (await offices.as(person)).patch(path(KUNSHAN), contact)).status, person).toBe(403)
    expect((await (await offices.as('siteAdmin')).patch(path('suzhou'), contact)).status).toBe(403)
  })
})

describe('columns', () => {
  const column = (key: string) => `/api/columns/${offices.columns.get(`${KUNSHAN}/${key}`)}`
  const local = (site: TestSite) => ({ site: offices.sites[site], key: 'research', name: '调查研究', kind: 'update', description: '调查研究报告', isMandated: true })

  it('of the provincial template stay as they are and where they are', async () => {
    for (const person of ['siteAdmin', 'provinceAdmin'] as const) {
      const client = await offices.as(person)
      for (const data of [{ name: '改名' }, { key: 'other' }, { kind: 'notice' }, { isMandated: false }]) expect((await client.patch(column('updates'), data)).status, JSON.stringify(data)).toBe(403)
      expect((await client.delete(column('updates'))).status).toBe(403)
      expect((await client.patch(column('updates'), { description: '本单位的工作进展' })).status).toBe(200)
    }
  })

  it('of one’s own are the site administrator’s, on the own site', async () => {
    const admin = await offices.as('siteAdmin')
    const made = await admin.post('/api/columns?depth=0', local(KUNSHAN))
    expect([made.status, made.body.doc?.isMandated]).toEqual([201, false])
    expect((await admin.post('/api/columns', local('suzhou'))).status).toBe(403)
    expect((await admin.post('/api/columns', { ...local(KUNSHAN), key: 'notices' })).status).toBe(422)
    expect((await admin.patch(`/api/columns/${made.body.doc!.id}`, { key: 'policies' })).status).toBe(422)
    expect((await admin.patch(`/api/columns/${made.body.doc!.id}`, { site: offices.sites.suzhou })).status).toBe(403)
    for (const person of ['editor', 'sibling', 'elsewhere', 'inspector'] as const) {
      const client = await offices.as(person)
      expect((await client.post('/api/columns', { ...local(KUNSHAN), key: 'more' })).status).toBe(403)
      expect((await client.patch(`/api/columns/${made.body.doc!.id}`, { name: '改' })).status).toBe(403)
      expect((await client.delete(`/api/columns/${made.body.doc!.id}`)).status).toBe(403)
    }
    await write(offices, { column: made.body.doc!.id })
    expect((await admin.delete(`/api/columns/${made.body.doc!.id}`)).status).toBe(409)
    const empty = await admin.post('/api/columns', { ...local(KUNSHAN), key: 'empty' })
    expect((await admin.delete(`/api/columns/${empty.body.doc!.id}`)).status).toBe(200)
  })

  it('of other sites are not listed', async () => {
    const { docs } = (await (await offices.as('editor')).get('/api/columns?limit=100&depth=0')).body
    expect(new Set((docs ?? []).map(({ site }) => site))).toEqual(new Set([offices.sites[KUNSHAN]]))
  })
})
